"""The export of a made-up national box: ballots that a phone could have sealed, made once and kept.

Every ballot has a token of its own, really signed, and two parts that are really sealed, so that the tally
has its whole work. Only the keys of the phones come from a small pool; the tally cannot tell.
"""

import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bening.core.kinds import Entry
from bening.core.response import assemble, build_entry, kid_of
from bening.core.response.layout import OWNER, size_of
from bening.crypto import blind, invites, merkle, notes, owner, rsa_private, seal, shares
from bening.outside import ceremony
from tests.security.frozen import frozen

PAD = (512, 1024)
SIZE = size_of(PAD)
PIECE = 5_000  # ballots a file while they are made: what a killed run loses
POOL = 64  # phones' keys of one process
ITEMS = 24
VERSION = 1  # of what is written below
SIGNED = padding.PSS(padding.MGF1(SHA384()), salt_length=blind.SALT)
LOG_KEY = bytes(range(32))
TALLY = bytes(31) + b"\7"  # the tally secret: no bench keeps a secret


@dataclass(frozen=True)
class Export:
    """Where the folders that `bening tally` asks for lie."""

    root: Path

    def words(self) -> list[str]:
        """Its options, but for `--out`."""
        names = {"export": "export", "manifest": "m", "questionnaires": "q", "words": "words"}
        return [word for name, part in names.items() for word in (f"--{name}", str(self.root / part))]


def made(strata: int, each: int, workers: int = 2) -> Export:
    """An export of `strata` times `each` ballots, made once; a run that was killed goes on where it stood."""
    root = Path(tempfile.gettempdir()) / f"bening-bench-ballots-{VERSION}-{strata}-{each}"
    labels = [f"i{at // 4:04}/s{at % 4}" for at in range(strata)]
    if not (root / "export" / "checkpoints.txt").exists():
        (root / "keys").mkdir(parents=True, exist_ok=True)
        (root / "pieces").mkdir(exist_ok=True)
        at_once = -(-PIECE // each)
        lots = [labels[at : at + at_once] for at in range(0, strata, at_once)]
        with ProcessPoolExecutor(workers) as pool:
            work = pool.map(piece, [root] * len(lots), lots, range(len(lots)), [each] * len(lots))
            for done, _ in enumerate(work, 1):
                print(f"  sealed {done}/{len(lots)} lots", file=sys.stderr, flush=True)
        exported(root)
    frozen_round(root, labels, each)  # each time anew: its fields may have changed since, ballots have not
    return Export(root)


def piece(root: Path, labels: Sequence[str], lot: int, each: int) -> None:
    """One lot of strata: their keys, then their ballots in one file."""
    path = root / "pieces" / f"{lot:05}"
    if path.exists():
        return
    rng = random.Random(lot)
    phones = [owner.make(rng.getrandbits(256)) for _ in range(POOL)]
    part = path.with_suffix(f".{os.getpid()}")
    with part.open("wb") as file:
        for label in labels:
            key = stratum_key(root, label)
            file.writelines(ballot(key, rng, rng.choice(phones)) for _ in range(each))
    part.replace(path)


def stratum_key(root: Path, label: str) -> rsa.RSAPrivateKey:
    """The key of a stratum, made when it is first asked for."""
    path = root / "keys" / f"{label.replace('/', '-')}.pem"
    if not path.exists():
        _, pem = rsa_private.make()
        path.with_suffix(".part").write_bytes(pem)
        path.with_suffix(".part").replace(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def modulus(key: rsa.RSAPrivateKey) -> bytes:
    """The public half (256 bytes)."""
    return key.public_key().public_numbers().n.to_bytes(256, "big")


@cache
def questionnaire() -> bytes:
    """Closed questions of five choices and one for words, frozen."""
    both = {"id": "?", "en": "?"}
    kind = {"label": both, "indicator": "I1", "dimension": "D1", "family": "risk", "measure": "perception"}
    scale = [{"code": str(code), "label": both, "score": 25 * (code - 1)} for code in range(1, 6)]
    closed = [
        {"id": f"q{at:02}", "kind": "select_one", "choices": scale, **kind} for at in range(1, ITEMS + 1)
    ]
    words = {"id": "story", "kind": "text", "label": both, "required": False, "indicator": "I2"}
    words |= {"measure": "process", "longest": 400}
    head = {"name": "bench", "version": 1, "group": "internal", "minutes": 9, "title": both}
    return json.dumps({**head, "questions": [*closed, words]}).encode()


def ballot(key: rsa.RSAPrivateKey, rng: random.Random, phone: object) -> bytes:
    """One ballot; one in ten says something in words."""
    token = rng.randbytes(32) + owner.public(phone)  # type: ignore[arg-type]
    n = modulus(key)
    answers = {f"q{at:02}": str(rng.randint(1, 5)) for at in range(1, ITEMS + 1)}
    paradata = {"d": rng.randint(1, 4), "g": 0, "m": "phone", "w": rng.randint(1, 4)}
    code = invites.receipt_code(rng.randbytes(10))
    texts = [["story", "pelayanan cepat, tidak ada pungutan"]] if rng.random() < 0.1 else []
    body, _ = assemble(
        kid=kid_of(n),
        token=token,
        signature=key.sign(token, SIGNED, SHA384()),
        version=rng.randint(1, 65_535),
        closed={"a": answers, "c": code, "p": paradata},
        texts=texts,
        pad=PAD,
        seal=lambda block, info: seal.seal(block, info, key=tally_key()),
        sign=lambda message: owner.sign(phone, message),  # type: ignore[arg-type]
    )
    return body


@cache
def tally_key() -> bytes:
    """The public half."""
    return seal.public(TALLY)


def exported(root: Path) -> None:
    """Sort the pieces into the export of a box, under one checkpoint."""
    export = root / "export"
    export.mkdir(exist_ok=True)
    places = sorted(hashes(root))
    with (export / "ballots.bin").open("wb") as file:
        for _, path, at in places:
            file.write(read(path, at))
    leaves = [b"\1" + h for h, _, _ in places]
    (export / "leaves.bin").write_bytes(b"".join(leaves))
    text = notes.checkpoint("b", len(leaves), merkle.root(leaves))
    (export / "checkpoints.txt").write_text(notes.signed(text, "b", LOG_KEY) + "\n")  # last: now it is whole
    shutil.rmtree(root / "pieces")


def frozen_round(root: Path, labels: Sequence[str], each: int) -> None:
    """The manifest, its questionnaire, and the trustees' words."""
    header, lines = frozen(
        bytes(32),
        notes.public(LOG_KEY),
        entries=[entry(root, label, each) for label in labels],
        tally_pk=tally_key(),
        pad=PAD,
        instruments={"bench": hashlib.sha256(questionnaire()).hexdigest()},
        opens=date(2026, 1, 5),
        closes=date(2026, 2, 8),
    )
    files = {"m/manifest.json": header, "m/manifest.jsonl": lines, "q/bench.json": questionnaire()}
    for name, data in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    ceremony.write_sheets(root / "words", ["A", "B", "C"], shares.split(TALLY, threshold=3, count=3))


def entry(root: Path, label: str, each: int) -> Entry:
    """One stratum of the manifest."""
    institution = label.partition("/")[0]
    return build_entry(
        modulus=modulus(stratum_key(root, label)),
        stratum=label,
        label={"id": label, "en": label},
        group="internal",
        sampled=2 * each,
        census=False,
        instrument="bench",
        merge=(institution, "nasional"),
    )


def hashes(root: Path) -> Iterator[tuple[bytes, Path, int]]:
    """Each ballot's hash, and where it lies."""
    for path in sorted((root / "pieces").glob("?????")):
        data = path.read_bytes()
        for at in range(0, len(data), SIZE):
            yield hashlib.sha256(data[at : at + SIZE - OWNER]).digest(), path, at


@cache
def handle(path: Path) -> BinaryIO:
    """An open piece."""
    return path.open("rb")


def read(path: Path, at: int) -> bytes:
    """One ballot of a piece."""
    return os.pread(handle(path).fileno(), SIZE, at)
