"""`bening signer`: the only process that holds private stratum keys. It knows no right, person or network.

    bening signer --keys DIR --manifest DIR --quota FILE --socket PATH    signs until it is told to stop
    bening signer keygen --strata FILE --keys DIR --public FILE           one key a stratum, before the freeze
    bening signer nightly --quota FILE                                    forgets the order of arrival
    bening signer destroy --keys DIR --manifest DIR                       after the tally, in public

A request is 290 bytes: 01 ‖ op ‖ key id ‖ blinded value. A reply is 257: status ‖ signature, or zeros.
"""

import argparse
import os
import selectors
import signal
import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType

from bening.core.canonical import b64u, dump, parse
from bening.core.problems import Refused
from bening.core.response import expect_due, kid_of, load, public_keys
from bening.crypto import merkle, rsa_private
from bening.crypto.quota import KID, Quota, compact, limit
from bening.crypto.wipe import wipe

REQUEST, REPLY = 290, 257
HEAD = b"\1\1"  # version, and the one operation there is: sign
OK, UNKNOWN, SPENT, BAD, FAILED = range(5)
BATCH = 256  # requests that share one wait for the disk


class Signer:
    """Answers batches of requests: the book is on the disk before the first of them is signed."""

    def __init__(self, keys: rsa_private.RawRsa, quota: Callable[[], Quota | None]) -> None:
        """`quota` gives the book once the round is frozen, and is asked until it does."""
        self._keys, self._open = keys, quota
        self._quota: Quota | None = None

    def answer(self, requests: Sequence[bytes]) -> list[bytes]:
        """One reply a request, in order."""
        self._quota = self._quota or self._open()
        if self._quota is None:
            return [_status(UNKNOWN) for _ in requests]
        known = [place for place, each in enumerate(requests) if self._stop(each) is None]
        admitted = self._quota.admit([_wish(requests[place]) for place in known])
        allowed = dict(zip(known, admitted, strict=True))
        return [self._reply(each, allowed.get(place)) for place, each in enumerate(requests)]

    def _stop(self, request: bytes) -> int | None:
        """Why a request is not even entered into the book."""
        if request[:2] != HEAD:
            return BAD
        kid, value = _wish(request)
        if self._quota is None or not self._quota.knows(kid):
            return UNKNOWN
        try:
            # Nothing is booked that could not be signed, or garbage would use up a stratum's quota.
            return None if self._keys.takes(kid, value) else BAD
        except OSError:
            return FAILED

    def _reply(self, request: bytes, allowed: bool | None) -> bytes:
        if allowed is None:
            return _status(self._stop(request) or BAD)
        if not allowed:
            return _status(SPENT)
        try:
            return bytes([OK]) + self._keys.sign(*_wish(request))
        except (ArithmeticError, OSError):
            return _status(FAILED)


def _wish(request: bytes) -> tuple[bytes, bytes]:
    return request[2 : 2 + KID], request[2 + KID :]


def _status(number: int) -> bytes:
    return bytes([number]) + bytes(REPLY - 1)


class Loop:
    """One thread for all connections: whatever is whole when it looks is answered as one batch."""

    def __init__(self, signer: Signer, listener: socket.socket) -> None:
        self._signer, self._listener = signer, listener
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._waiting: dict[socket.socket, bytes] = {}
        self._running = True

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """End after the present batch."""
        self._running = False

    def hang(self, descriptor: int) -> None:
        """Stop when the writing end of this pipe closes, because then the parent is gone."""
        self._selector.register(descriptor, selectors.EVENT_READ)

    def run(self) -> None:
        """Serve until told to stop."""
        while self._running:
            for key, _ in self._selector.select(timeout=1):
                if key.fileobj is self._listener:
                    self._welcome()
                elif isinstance(key.fileobj, socket.socket):
                    self._hear(key.fileobj)
                else:
                    self._running = False
            self._answer()

    def _welcome(self) -> None:
        line, _ = self._listener.accept()
        self._waiting[line] = b""
        self._selector.register(line, selectors.EVENT_READ)

    def _hear(self, line: socket.socket) -> None:
        try:
            data = line.recv(REQUEST * 16)
        except OSError:
            data = b""
        if data:
            self._waiting[line] += data
        else:
            self._part(line)

    def _part(self, line: socket.socket) -> None:
        self._selector.unregister(line)
        del self._waiting[line]
        line.close()

    def _answer(self) -> None:
        """One whole request of each line, so that none starves the others; again while there are more."""
        while ready := [line for line, data in self._waiting.items() if len(data) >= REQUEST][:BATCH]:
            requests = [self._waiting[line][:REQUEST] for line in ready]
            for line, reply in zip(ready, self._signer.answer(requests), strict=True):
                self._waiting[line] = self._waiting[line][REQUEST:]
                try:
                    line.sendall(reply)
                except OSError:
                    self._part(line)


def main(words: Sequence[str]) -> int:
    """The program; 1 if it refuses to start."""
    parser = argparse.ArgumentParser(
        prog="bening signer", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", nargs="?", choices=("serve", *VERBS), default="serve")
    for name, what in (
        ("keys", "folder of the private keys, KID.pem"),
        ("manifest", "folder with manifest.jsonl"),
        ("quota", "the book of signed values"),
        ("socket", "where the gate asks"),
        ("strata", "one label a line"),
        ("public", "where the public halves go"),
    ):
        parser.add_argument(f"--{name}", type=Path, metavar="PATH", help=what)
    parser.add_argument("--leash", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    lacking = [name for name in NEEDS[options.verb] if getattr(options, name) is None]
    if lacking:
        parser.error(f"{options.verb} needs " + ", ".join(f"--{name}" for name in lacking))
    try:
        VERBS.get(options.verb, serve)(options)
    except Refused as refused:
        print(refused)
        return 1
    return 0


def serve(options: argparse.Namespace) -> None:
    """Sign until told to stop."""
    options.quota.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    options.socket.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(options.socket))
        options.socket.chmod(0o660)  # the gate's group may ask
        listener.listen(64)
        keys = rsa_private.RawRsa(options.keys)
        loop = Loop(Signer(keys, lambda: frozen(options.manifest, options.quota)), listener)
        signal.signal(signal.SIGTERM, loop.stop)
        signal.signal(signal.SIGINT, loop.stop)
        if options.leash is not None:
            loop.hang(options.leash)
        loop.run()
    options.socket.unlink(missing_ok=True)


def frozen(manifest: Path, quota: Path) -> Quota | None:
    """The book under the limits of the frozen round, None while there is none.

    Read once: a list of entries that is changed afterwards raises no limit of a signer that runs.
    """
    try:
        return Quota(quota, limits((manifest / "manifest.jsonl").read_bytes()))
    except FileNotFoundError:
        return None


def limits(lines: bytes) -> dict[bytes, int]:
    """Key id -> how many values may be signed, out of the public list of entries."""
    found = {}
    for line in lines.splitlines():
        entry = parse(line)
        found[bytes.fromhex(entry["kid"])] = limit(entry["sampled"])
    return found


def keygen(options: argparse.Namespace) -> None:
    """One key for each label that has none yet; killed and run again it goes on where it stopped."""
    labels = sorted(set(options.strata.read_text(encoding="utf-8").split()))
    options.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    have = public_keys(options.public.read_bytes()) if options.public.exists() else {}
    for done, label in enumerate(labels, 1):
        if label not in have:
            have[label] = make_key(options.keys)
            _write(options.public, _lines({each: have[each] for each in sorted(have)}), 0o644)
        print(f"{done}/{len(labels)}", flush=True)


def make_key(folder: Path) -> bytes:
    """A new key in the folder; its modulus."""
    modulus, pem = rsa_private.make()
    _write(folder / f"{kid_of(modulus).hex()}.pem", pem, 0o400)
    return modulus


def _lines(keys: dict[str, bytes]) -> bytes:
    return b"".join(dump({"n": b64u(n), "stratum": label}) + b"\n" for label, n in keys.items())


def nightly(options: argparse.Namespace) -> None:
    """Sort the book."""
    print(f"{compact(options.quota):,} records")


def destroy(options: argparse.Namespace) -> None:
    """Overwrite and remove every private key, once the time for objections is over (BALLOT-175).

    On a signer's host of its own; `bening destroy_keys` does the same with a protocol that can be published.
    """
    header, lines = (options.manifest / name for name in ("manifest.json", "manifest.jsonl"))
    frozen_round = load(header.read_bytes(), lines.read_bytes(), merkle.root)
    expect_due(frozen_round, int(os.environ.get("OBJECTION_DAYS", "30")), datetime.now().astimezone().date())
    keys = sorted(options.keys.glob("*.pem"))
    for path in keys:
        wipe(path)
    print(f"{len(keys):,} private keys destroyed")


def _write(path: Path, data: bytes, mode: int) -> None:
    """A whole file or none."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.chmod(mode)
    part.replace(path)


VERBS = {"keygen": keygen, "nightly": nightly, "destroy": destroy}
NEEDS = {
    "serve": ("keys", "manifest", "quota", "socket"),
    "keygen": ("strata", "keys", "public"),
    "nightly": ("quota",),
    "destroy": ("keys", "manifest"),
}
