"""One thread writes everything. Jobs that wait together are committed together."""

from __future__ import annotations

import sqlite3
import threading
from queue import Empty, SimpleQueue
from typing import Any

Row = tuple[Any, ...]
GROUP = 256
CHUNK = 48  # rows in one INSERT; the statement cache holds one text per size


class Job:
    """Rows to insert, then statements to run; `commit` returns when both are durable."""

    __slots__ = ("_done", "error", "rows", "statements")

    def __init__(self) -> None:
        self.rows: list[tuple[str, Row]] = []
        self.statements: list[tuple[str, Row]] = []
        self.error: sqlite3.Error | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def insert(self, table: str, row: Row) -> Job:
        self.rows.append((table, row))
        return self

    def run(self, sql: str, *values: Any) -> Job:
        self.statements.append((sql, values))
        return self

    def finish(self, error: sqlite3.Error | None) -> None:
        self.error = error
        self._done.release()

    def wait(self) -> None:
        self._done.acquire()
        if self.error is not None:
            raise self.error


class Writer:
    def __init__(self, connection: sqlite3.Connection, inserts: dict[str, tuple[str, str]]) -> None:
        self._connection = connection
        self._inserts = inserts
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Job:
        self._queue.put(job)
        return job

    def commit(self, job: Job) -> None:
        self.submit(job).wait()

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        while True:
            group, last = self._group()
            if group:
                self._write(group)
            if last:
                return

    def _group(self) -> tuple[list[Job], bool]:
        first = self._queue.get()
        if first is None:
            return [], True
        group = [first]
        while len(group) < GROUP:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is None:
                return group, True
            group.append(job)
        return group, False

    def _write(self, group: list[Job]) -> None:
        try:
            self._transaction(group)
        except sqlite3.Error as error:
            if len(group) == 1:
                group[0].finish(error)
                return
            # One bad job must not fail its neighbours, so each gets its own transaction.
            for job in group:
                self._write([job])
            return
        for job in group:
            job.finish(None)

    def _transaction(self, group: list[Job]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            waiting: dict[str, list[Row]] = {}
            for job in group:
                for table, row in job.rows:
                    waiting.setdefault(table, []).append(row)
                if job.statements:
                    # A statement may concern rows queued before it.
                    self._insert(waiting)
                    for sql, values in job.statements:
                        self._connection.execute(sql, values)
            self._insert(waiting)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self._connection.execute("ROLLBACK")
            raise

    def _insert(self, waiting: dict[str, list[Row]]) -> None:
        """Many rows in one statement: SQLite gives the interpreter away once instead of once a row."""
        for table, rows in waiting.items():
            head, tail = self._inserts[table]
            for start in range(0, len(rows), CHUNK):
                chunk = rows[start : start + CHUNK]
                marks = ",".join(["(" + ",".join("?" * len(chunk[0])) + ")"] * len(chunk))
                values = [value for row in chunk for value in row]
                self._connection.execute(f"{head} VALUES {marks} {tail}", values)
        waiting.clear()
