"""`bening database_roles`: what each process may do in the counters' databases, said to PostgreSQL itself.

The gate reads rights and invites and changes one column; the worker lets people in; the box reads and
inserts. Only the roles of the night own tables: they migrate, write tables anew, and purge. Run again it
changes nothing. Roles have no password: who may be which is said where the server lets people in (deploy/).
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import errors, sql

from bening.web.config import postgres
from bening.web.config.postgres import URLS
from bening.web.config.prepare import prepare

GRANTS = {  # database -> role -> table -> what it may do there
    "gate": {
        "bening_gate": {"gate_invite": "SELECT", "gate_right": "SELECT, UPDATE (issued)"},
        "bening_sender": {
            "gate_invite": "SELECT, INSERT, DELETE",
            "gate_right": "SELECT, INSERT, UPDATE (issued, reissued, void)",
            "gate_hour": "SELECT",
        },
    },
    "box": {"bening_box": {"box_spent": "SELECT, INSERT", "box_ballot": "SELECT, INSERT"}},
}
NIGHTLY = {"gate": "bening_gate_nightly", "box": "bening_box_nightly"}
DOORS = {"gate": ("gate", "bening_gate"), "worker": ("gate", "bening_sender"), "box": ("box", "bening_box")}
TRIES = 10  # roles belong to a whole cluster, where somebody else may be making the same ones


def main(words: Sequence[str]) -> int:
    """Make them in the databases that the URLs name; the URLs must be of somebody who may make roles."""
    parser = argparse.ArgumentParser(prog="bening database_roles", description=__doc__)
    parser.add_argument("--counter", choices=sorted(GRANTS), help="only this one's database")
    options = parser.parse_args(words)
    prepare()
    for name in [options.counter] if options.counter else GRANTS:
        apply(os.environ[URLS[name]], name)
        print(f"{name}: {', '.join([*GRANTS[name], NIGHTLY[name]])}")  # noqa: T201  the operator's terminal
    return 0


def apply(url: str, name: str) -> None:
    """Roles, owner and grants of one counter's database."""
    for left in reversed(range(TRIES)):
        try:
            with psycopg.connect(url) as db:
                for statement in statements(db, name):
                    db.execute(statement)
            return
        except (errors.DuplicateObject, errors.UniqueViolation, errors.InternalError_):
            if not left:
                raise


def statements(db: psycopg.Connection, name: str) -> Iterator[sql.SQL | sql.Composed]:
    """Everything, in order."""
    owner, roles = NIGHTLY[name], list(GRANTS[name])
    known = {role for (role,) in db.execute("SELECT rolname FROM pg_roles").fetchall()}
    database = sql.Identifier(db.info.dbname)
    for role in {owner, *roles} - known:
        yield sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role))
    if owner not in known:
        yield sql.SQL("GRANT pg_checkpoint TO {}").format(sql.Identifier(owner))
    yield sql.SQL("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {}").format(sql.Identifier(owner))
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database)
    yield sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, sql.Identifier(owner))
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for role in roles:
        yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role))
        yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role))
    tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    for (table,) in sorted(tables):
        yield from of_table(name, table)


def of_table(name: str, table: str) -> Iterator[sql.Composed]:
    """Owner and grants of one table; what a role had before is taken away first."""
    here = sql.Identifier(table)
    yield sql.SQL("ALTER TABLE {} OWNER TO {}").format(here, sql.Identifier(NIGHTLY[name]))
    for role, grants in GRANTS[name].items():
        yield sql.SQL("REVOKE ALL ON {} FROM {}").format(here, sql.Identifier(role))
        if table in grants:
            what = sql.SQL(grants[table])
            yield sql.SQL("GRANT {} ON {} TO {}").format(what, here, sql.Identifier(role))


def again(cursor: Any, name: str, table: str) -> None:
    """The same for a table that was just made anew, where the roles are used at all."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NIGHTLY[name]])
    if cursor.fetchone():
        for statement in of_table(name, table):
            cursor.execute(statement)


def environment(door: str) -> dict[str, str]:
    """What a child of `bening serve` is told: in the embedded clusters it enters under its own role."""
    name = DOORS[door][0] if door in DOORS else ""
    if name not in postgres.EMBEDDED:
        return dict(os.environ)
    return {**os.environ, URLS[name]: url_for(door, os.environ[URLS[name]])}


def url_for(door: str, url: str) -> str:
    """The URL under which a process of the house enters its database."""
    return psycopg.conninfo.make_conninfo(url, user=DOORS[door][1])
