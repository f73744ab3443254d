"""`bening log`: three small programs for whoever watches a round from outside.

    bening log checkpoint SOURCE --manifest FILE            what the log says now, checked line by line
    bening log witness SOURCE --manifest FILE --out DIR     keep what the log signed; refuse a rewritten one
    bening log watch CLIENT --manifest FILE --log SOURCE    compare the client that phones run with the log

Ends with 0 if everything holds, 1 if something was changed, 2 if nothing could be learned.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bening.core.canonical import parse
from bening.core.problems import Refused, refuse, say
from bening.core.response import LogLeaf
from bening.crypto import merkle
from bening.outside import log
from bening.outside.log_source import Source
from bening.outside.watch import watch
from bening.outside.witness import LONGEST_NOTE, Cosigner, fetched, key, witness

HOLDS, CHANGED, UNKNOWN = range(3)
NO_VERDICT = {"BALLOT-136", "BALLOT-139", "BALLOT-101"}  # unreadable is not the same as changed


def main(words: Sequence[str]) -> int:
    """Run one of the three."""
    options = read(words)
    try:
        header = options.manifest.read_bytes()
        vkey = parse(header)["log"]["vkey"]
        for line in options.run(options, header, vkey):
            print(f"ok  {line}")
    except Refused as refused:
        for problem in refused.problems:
            print(f"NO  {say(problem, options.language)}", file=sys.stderr)
        unread = {problem.code for problem in refused.problems} <= NO_VERDICT
        return UNKNOWN if unread else CHANGED
    except (OSError, ValueError, KeyError, TypeError) as broken:
        print(f"NO  {type(broken).__name__}: {broken}", file=sys.stderr)
        return UNKNOWN
    return HOLDS


def read(words: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="bening log", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--manifest", type=Path, required=True, help="your own copy of manifest.json; its digest is printed"
    )
    common.add_argument("--language", choices=("id", "en"), default="en", help="of what is refused")
    source = "address of the log (https://BOX/log), of a witness, or a folder with the same files"
    one = verbs.add_parser("checkpoint", parents=[common], help="what the log says now")
    one.add_argument("source", help=source)
    one.set_defaults(run=checkpoint)
    two = verbs.add_parser("witness", parents=[common], help="keep what the log signed")
    two.add_argument("source", help=source)
    two.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to be served")
    two.add_argument(
        "--key", type=Path, metavar="FILE", help="sign below what is accepted; made if not there"
    )
    two.add_argument("--name", help="the name to sign under, an address without https://")
    two.set_defaults(run=witnessed)
    three = verbs.add_parser("watch", parents=[common], help="compare the client with the log")
    three.add_argument("client", help="address of the respondents' page, or a folder with its files")
    three.add_argument("--log", metavar="SOURCE", help=f"{source}; without it the log is not asked")
    three.set_defaults(run=watched)
    options = parser.parse_args(words)
    if options.verb == "witness" and bool(options.key) != bool(options.name):
        parser.error("--key and --name belong together")
    return options


def checkpoint(options: argparse.Namespace, header: bytes, vkey: str) -> Iterator[str]:
    """The signed root, and that the published lines lead to it."""
    source = Source(options.source)
    signed = log.opened(source.read("checkpoint", most=LONGEST_NOTE).decode(), vkey)
    yield f"{vkey.split('+')[0]} signed {signed.size} lines, root {signed.root.hex()}"
    data = fetched(source, 0, signed.size * LogLeaf.SIZE)
    rows = [data[at : at + LogLeaf.SIZE] for at in range(0, len(data), LogLeaf.SIZE)]
    if len(rows) != signed.size or merkle.root(rows) != signed.root:
        raise refuse("BALLOT-133", size=signed.size)
    ballots = sum(row[:1] == LogLeaf.BALLOT for row in rows)
    yield f"its published lines lead to that root; {ballots} are ballots"
    yield from known(header)


def witnessed(options: argparse.Namespace, header: bytes, vkey: str) -> Iterator[str]:
    """One look at the log."""
    cosigner = Cosigner(options.name, key(options.key)) if options.key else None
    yield witness(Source(options.source), vkey, options.out, cosigner)
    if cosigner:
        yield f"signs as {(options.out / 'witness.vkey').read_text(encoding='utf-8').strip()}"
    yield from known(header)


def watched(options: argparse.Namespace, header: bytes, vkey: str) -> Iterator[str]:
    """One look at the client."""
    yield from watch(Source(options.client), header, Source(options.log) if options.log else None)


def known(header: bytes) -> Iterator[str]:
    """What the whole rests on, to be compared with the press."""
    facts: Any = parse(header)
    yield f"round {facts['round']}, manifest {hashlib.sha256(header).hexdigest()}, root {facts['root']}"
