"""`bening nightly`: at gate and box nothing is left of the order in which things came in.

PostgreSQL remembers more than its tables: every row carries the transaction that wrote it and a place on the
disk. So once a day each table of a counter is written anew in the order of its keys and the old one dropped;
the day's ballots enter the public log before; the signer's book is sorted. Run again it changes nothing.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.models import Model

from bening.web.config import leash, roles
from bening.web.config.prepare import prepare
from bening.web.config.settings import house


def main(words: Sequence[str]) -> int:
    """Everything on this machine, or one counter (`--counter`)."""
    parser = argparse.ArgumentParser(prog="bening nightly", description=__doc__)
    parser.add_argument("--counter", choices=("gate", "box"), help="only this one, in this process")
    parser.add_argument("--leash", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    leash.wear(options.leash)
    return counter(options.counter) if options.counter else everything()


def everything() -> int:
    """Gate, box and signer, each in a process with its own rights; the worst of their answers."""
    prepare()
    book = house.SIGNER_DIR / "quota"
    parts = [["nightly", "--counter", "gate"], ["nightly", "--counter", "box"]]
    parts += [["signer", "nightly", "--quota", str(book)]] if book.exists() else []
    ended = [subprocess.run([sys.executable, "-m", "bening.cli", *part], check=False) for part in parts]  # noqa: S603  our own program
    return max(done.returncode for done in ended)


def counter(name: str) -> int:
    """One counter: the log first, if it keeps one, then every table."""
    prepare()
    os.environ["DJANGO_SETTINGS_MODULE"] = f"bening.web.config.settings.{name}"
    django.setup()
    if name == "box":
        call_command("box", "log")
    if name == "gate":
        call_command("keep_hours")
    for model in apps.get_app_config(name).get_models():
        rewrite(model, alias=name)
    forget(name)
    return 0


def forget(alias: str) -> None:
    """Let go of what still tells the day's order: quoted values in statistics, and the log of changes.

    Without the switch the last segment stays, and in it every change of the day with its time.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")


def rewrite(model: type[Model], *, alias: str) -> None:
    """The table in the order of its key, every row written by one transaction, at a new place."""
    table, key = model._meta.db_table, model._meta.pk.column
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        cursor.execute(f'CREATE TABLE "{table}_new" (LIKE "{table}" INCLUDING ALL)')
        cursor.execute(f'INSERT INTO "{table}_new" SELECT * FROM "{table}" ORDER BY "{key}"')  # noqa: S608  our own names
        cursor.execute(f'DROP TABLE "{table}"')
        cursor.execute(f'ALTER TABLE "{table}_new" RENAME TO "{table}"')
        roles.again(cursor, alias, table)  # a new table has its maker's rights and nobody else's
