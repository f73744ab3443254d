"""The file that survives `kill -9`: tables, readers, and the writer in front of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

from bening.emulator.writer import Job, Writer

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS message (
  ordinal INTEGER PRIMARY KEY, wamid TEXT NOT NULL, at REAL NOT NULL, pnid TEXT NOT NULL,
  number TEXT NOT NULL, key TEXT NOT NULL, attempt INTEGER NOT NULL, callback TEXT NOT NULL,
  turn INTEGER NOT NULL, kind TEXT NOT NULL, template TEXT NOT NULL, language TEXT NOT NULL,
  wording INTEGER NOT NULL, category TEXT NOT NULL, link TEXT NOT NULL, reply TEXT NOT NULL,
  status TEXT NOT NULL, code INTEGER, arrives REAL, expires REAL NOT NULL, counted INTEGER NOT NULL,
  request TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS message_number ON message (number, ordinal);
CREATE INDEX IF NOT EXISTS message_wamid ON message (wamid);
CREATE TABLE IF NOT EXISTS event (
  id INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  at REAL NOT NULL, due REAL NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL,
  log TEXT NOT NULL, code INTEGER, value TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS event_pending ON event (due, id) WHERE state = 0;
CREATE INDEX IF NOT EXISTS event_ordinal ON event (ordinal);
CREATE TABLE IF NOT EXISTS phone (
  number TEXT PRIMARY KEY, user_id TEXT NOT NULL, last INTEGER NOT NULL, seen INTEGER NOT NULL,
  off INTEGER NOT NULL, blocked INTEGER NOT NULL, stopped INTEGER NOT NULL, reported INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS phone_last ON phone (last);
CREATE INDEX IF NOT EXISTS phone_user ON phone (user_id);
CREATE TABLE IF NOT EXISTS inbound (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL, at REAL NOT NULL, wamid TEXT NOT NULL,
  kind TEXT NOT NULL, text TEXT NOT NULL, payload TEXT NOT NULL, ordinal INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS inbound_number ON inbound (number, id);
CREATE TABLE IF NOT EXISTS parcel (
  id INTEGER PRIMARY KEY, channel TEXT NOT NULL, at REAL NOT NULL, receiver TEXT NOT NULL, ref TEXT NOT NULL,
  title TEXT NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL, code TEXT NOT NULL, seen INTEGER NOT NULL,
  raw BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS parcel_channel ON parcel (channel, id);
CREATE TABLE IF NOT EXISTS tap (ordinal INTEGER PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS act (
  number TEXT NOT NULL, what TEXT NOT NULL, at REAL NOT NULL, done INTEGER NOT NULL,
  PRIMARY KEY (number, what));
CREATE TABLE IF NOT EXISTS move (number TEXT PRIMARY KEY, successor TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS template (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS wording (id INTEGER PRIMARY KEY, components TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refusal (code INTEGER PRIMARY KEY, n INTEGER NOT NULL);
"""
# Columns of the tables that grow, in the order in which rows are handed to the writer.
COLUMNS = {
    "message": "ordinal,wamid,at,pnid,number,key,attempt,callback,turn,kind,template,language,wording,"
    "category,link,reply,status,code,arrives,expires,counted,request",
    "event": "id,ordinal,kind,name,at,due,state,tries,log,code,value",
    "phone": "number,user_id,last,seen,off,blocked,stopped,reported",
    "inbound": "id,number,at,wamid,kind,text,payload,ordinal",
    "refusal": "code,n",
    "parcel": "id,channel,at,receiver,ref,title,text,status,code,seen,raw",
    "tap": "ordinal,at",
    "act": "number,what,at,done",
    "move": "number,successor",
}
CONFLICTS = {
    "phone": "ON CONFLICT (number) DO UPDATE SET last = max(last, excluded.last)",
    "refusal": "ON CONFLICT (code) DO UPDATE SET n = n + excluded.n",
    "act": "ON CONFLICT (number, what) DO NOTHING",
    "move": "ON CONFLICT (number) DO NOTHING",
}
INSERTS = {
    table: (f"INSERT INTO {table} ({columns})", CONFLICTS.get(table, ""))
    for table, columns in COLUMNS.items()
}
REMEMBER = """INSERT INTO meta (name, value) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
GROWING = ("message", "event", "phone", "inbound", "refusal", "parcel", "tap", "act", "move")

PENDING, CLAIMED, DELIVERED, GIVEN_UP, LOST, WAITING, EXPIRED = range(7)
STATES = ("pending", "sending", "delivered", "given_up", "lost", "waiting", "expired")


class Store:
    def __init__(self, path: Path) -> None:
        self._path = path
        connection = self._connect()
        connection.executescript(SCHEMA)
        # What was on the wire when the process died is sent again; the provider promises at least once.
        connection.execute("UPDATE event SET state = ? WHERE state = ?", (PENDING, CLAIMED))
        self._readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        self.writer = Writer(connection, INSERTS)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, timeout=30, cached_statements=512
        )
        connection.execute("PRAGMA journal_mode = WAL")
        # A commit is in the kernel when it returns, which is what a killed process needs; only a power cut
        # could lose it, and nobody restarts a simulation after one.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA busy_timeout = 30000")
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._readers.get_nowait()
        except Empty:
            connection = self._connect()
            connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            self._readers.put(connection)

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self.reading() as connection:
            return connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def number(self, sql: str, *values: Any) -> int:
        row = self.one(sql, *values)
        return int(row[0] or 0) if row else 0

    def remember(self, name: str, value: Any) -> None:
        self.writer.commit(Job().run(REMEMBER, name, json.dumps(value)))

    def recall(self, name: str, default: Any = None) -> Any:
        row = self.one("SELECT value FROM meta WHERE name = ?", name)
        return json.loads(row[0]) if row else default

    def clear(self, tables: tuple[str, ...]) -> None:
        job = Job()
        # Table names are constants of this package, so no text of a stranger enters the statement.
        for table in tables:
            job.run(f"DELETE FROM {table}")  # noqa: S608
        self.writer.commit(job)

    def close(self) -> None:
        self.writer.close()
        while True:
            try:
                self._readers.get_nowait().close()
            except Empty:
                return
