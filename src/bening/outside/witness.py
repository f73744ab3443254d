"""`bening log witness`: keeps every checkpoint a log signed, and refuses one that does not continue the last.

What it accepts stands in a folder that any static host can serve; phones then check their ballots against
this root instead of the box's word. All files are written whole, the checkpoint last, so a killed run is run
again.
"""

import hashlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bening.core.problems import refuse
from bening.core.response import LogLeaf, landmarks
from bening.crypto import merkle, notes
from bening.outside import log
from bening.outside.log_source import Source
from bening.outside.tally import Records, write_whole

LONGEST_NOTE = 20_000  # bytes, with room for many witnesses' lines
SECRET = 32
BEATS = 50  # times a long transfer is mentioned


class Cosigner(NamedTuple):
    """Under which name, and with which secret, this witness signs below a checkpoint."""

    name: str
    secret: bytes


def witness(source: Source, vkey: str, out: Path, cosigner: Cosigner | None = None) -> str:
    """Take in what the log signed last; what became of it, in one line.

    Refuses a note that the log did not sign (BALLOT-132) and a rewritten log (BALLOT-135), and keeps both
    notes in `out/evidence`. What was accepted before stays as it was.
    """
    note = source.read("checkpoint", most=LONGEST_NOTE).decode("utf-8", errors="replace")
    new, kept = log.opened(note, vkey), last(out, vkey)
    if new == kept:
        return f"nothing new: {new.size} lines, root {new.root.hex()}"
    have = Records(out / "leaves", LogLeaf.SIZE).data[: kept.size * LogLeaf.SIZE] if kept else b""
    data = have + fetched(source, len(have), new.size * LogLeaf.SIZE)
    rows = [data[at : at + LogLeaf.SIZE] for at in range(0, len(data), LogLeaf.SIZE)]
    tree = merkle.Tree(rows[: new.size])
    if len(data) < new.size * LogLeaf.SIZE:
        raise refuse("BALLOT-136", what=source.name("leaves"), why=f"{len(rows)} of {new.size} lines came")
    if tree.root() != new.root:
        raise forked(note, kept, out, new=new, came=data[len(have) :])
    if kept and new.size < kept.size:
        return (
            f"nothing new: an older checkpoint of {new.size} lines was handed out, {kept.size} are witnessed"
        )
    accept(note, out, rows, tree=tree, cosigner=cosigner)
    return f"accepted: {new.size} lines ({new.size - (kept.size if kept else 0)} new), root {new.root.hex()}"


def last(out: Path, vkey: str) -> log.Signed | None:
    """The checkpoint accepted last, if there is one."""
    path = out / "checkpoint"
    return log.opened(path.read_text(encoding="utf-8"), vkey) if path.exists() else None


def fetched(source: Source, start: int, end: int) -> bytes:
    """The leaves that are not here yet, with a line now and then while they come."""
    data = bytearray()
    told = 0
    for piece in source.part("leaves", start, end):
        data += piece
        beat = BEATS * len(data) // (end - start)
        if end - start > BEATS * LogLeaf.SIZE * 1000 and beat > told:
            told = beat
            print(f"{(start + len(data)) // LogLeaf.SIZE} of {end // LogLeaf.SIZE} lines", file=sys.stderr)
    return bytes(data)


def forked(note: str, kept: log.Signed | None, out: Path, *, new: log.Signed, came: bytes) -> Exception:
    """Keep both signed notes and what came with the second; the refusal to raise.

    Without an earlier checkpoint there is no second history: leaves and root do not belong together
    (BALLOT-133).
    """
    if kept is None:
        return refuse("BALLOT-133", size=new.size)
    folder = out / "evidence" / hashlib.sha256(note.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "leaves-received", came)
    write_whole(folder / "checkpoint-received", note.encode())
    write_whole(folder / "checkpoint-witnessed", (out / "checkpoint").read_bytes())
    return refuse("BALLOT-135", size=new.size, seen=kept.size, folder=str(folder))


def accept(
    note: str, out: Path, rows: Sequence[bytes], *, tree: merkle.Tree, cosigner: Cosigner | None
) -> None:
    """Write the folder anew; the checkpoint, which vouches for the rest, comes last."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "checkpoints"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    write_whole(out / "leaves", b"".join(rows))
    write_whole(out / "landmarks", landmarks(rows, tree.inclusion, note=note))
    if not before.endswith(f"{note}\n"):
        write_whole(path, f"{before}{note}\n".encode())
    if cosigner:
        note = notes.cosigned(note, cosigner.name, cosigner.secret, time=int(time.time()))
        key = notes.vkey(cosigner.name, notes.public(cosigner.secret), notes.WITNESS)
        write_whole(out / "witness.vkey", f"{key}\n".encode())
    write_whole(out / "checkpoint", note.encode())


def key(path: Path) -> bytes:
    """The witness's own secret, for its owner only; made if there is no such file yet (BALLOT-139)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
            file.write(notes.make())
    secret = path.read_bytes()
    if len(secret) != SECRET:
        raise refuse("BALLOT-139", file=path.name)
    return secret
