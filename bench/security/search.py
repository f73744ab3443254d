"""Finds names in every file that both sides left, and reads the change log with the server's own program."""

import os
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import numpy as np

from bening.web.config import postgres
from tests.security.world import World

SEGMENT = 16 * 1024 * 1024
LINE = re.compile(r"tx:\s+(\d+), lsn: ([0-9A-F]+)/([0-9A-F]+).*?desc: (.*)")
COMMIT = re.compile(r"COMMIT (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)")
HEAD, LOW = 8, 0xFFFF  # bytes of a name that are looked up first
FEW = 10  # found places below which a file is no source

Order = dict[object, float]
Names = dict[bytes, tuple[str, object]]  # bytes -> kind of name, thing


def files(world: World, names: Names) -> dict[tuple[str, str], Order]:
    """(Kind of name, file) -> where in the file each thing is first named, over every file of both sides.

    Segments of the change log are read under the number that stands in their pages, whatever they are called
    now, as one long file; the commit times of their records are an order of their own.
    """
    finder = Finder(names)
    found: dict[tuple[str, str], Order] = defaultdict(dict)
    for path in sorted(every(world)):
        data = read(path)
        places = finder.find(data)
        if path.parent.name != "pg_wal":
            for kind, of_kind in places.items():
                found[kind, place_of(path, world)] = of_kind
            continue
        start = int.from_bytes(data[8:16], "little") // SEGMENT * SEGMENT  # from the head of its first page
        for kind, of_kind in places.items():
            cluster = path.parents[1].name
            keep_least(
                found[kind, f"change log of {cluster}"], {name: start + at for name, at in of_kind.items()}
            )
            keep_least(found[kind, f"commit times of {cluster}"], commits(path, start, of_kind))
    return {source: order for source, order in found.items() if len(order) >= FEW}


def keep_least(order: Order, more: Order) -> None:
    """Merge, keeping the smaller number."""
    for name, value in more.items():
        order[name] = min(order.get(name, np.inf), value)


def place_of(path: Path, world: World) -> str:
    """A file's name without the folder of this run."""
    return str(path.relative_to(world.folder if world.folder in path.parents else world.data))


def every(world: World) -> Iterator[Path]:
    """All files of the clusters and of the counters' folder."""
    for folder in (world.data / "postgres", world.folder):
        yield from (path for path in folder.rglob("*") if path.is_file())


def read(path: Path) -> bytes:
    """A file; empty if it went away."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


class Finder:
    """Finds thousands of names in one pass over a file."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.by_head: dict[int, list[bytes]] = defaultdict(list)
        for name in names:
            self.by_head[int.from_bytes(name[:HEAD], "little")].append(name)
        self.heads = np.array(sorted(self.by_head), dtype="<u8")
        self.likely = np.zeros(1 << 16, dtype=bool)
        self.likely[(self.heads & LOW).astype(np.int64)] = True

    def find(self, data: bytes) -> dict[str, Order]:
        """Kind -> thing -> place of the first of its names."""
        found: dict[str, Order] = defaultdict(dict)
        for phase in range(min(HEAD, max(0, len(data) - HEAD))):
            heads = np.frombuffer(data, "<u8", offset=phase, count=(len(data) - phase) // HEAD)
            hopeful = np.flatnonzero(self.likely[(heads & LOW).astype(np.int64)])
            for hit in hopeful[np.isin(heads[hopeful], self.heads)]:
                at = int(hit) * HEAD + phase
                for name in self.by_head[int(heads[hit])]:
                    if data.startswith(name, at):
                        kind, thing = self.names[name]
                        keep_least(found[kind], {thing: at})
        return found


def commits(path: Path, start: int, found: Mapping[object, float]) -> Order:
    """When the transaction committed that first wrote each name, by the server's own reading of its log."""
    if not found:
        return {}
    program = postgres.server(path.parents[1]).bin_path / "pg_waldump"
    with tempfile.TemporaryDirectory() as folder:
        number = start // SEGMENT
        copy = Path(folder) / f"{1:08X}{number >> 8:08X}{number & 255:08X}"
        copy.write_bytes(read(path))
        utc = {**os.environ, "TZ": "UTC"}
        said = subprocess.run([program, copy], capture_output=True, text=True, env=utc).stdout
    records = [
        (int(high, 16) << 32 | int(low, 16), int(tx), what) for tx, high, low, what in LINE.findall(said)
    ]
    done = {
        tx: datetime.fromisoformat(at[1]).timestamp() for _, tx, what in records if (at := COMMIT.match(what))
    }
    places = np.array([at for at, _, _ in records])
    order = {}
    for name, at in found.items():
        record = int(np.searchsorted(places, start + at, "right")) - 1
        if record >= 0 and records[record][1] in done:
            order[name] = done[records[record][1]]
    return order
