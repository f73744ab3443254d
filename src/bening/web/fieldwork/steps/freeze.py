"""Freeze a round: one key a stratum, the manifest, and the client folder that any static host can serve."""

import gzip
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.db import transaction

from bening.core.canonical import from_b64u, parse
from bening.core.fieldwork import marked, tablet
from bening.core.fieldwork.bundle import ROUND, bundle, bundle_hash, bundle_list, entry_page
from bening.core.kinds import Entry
from bening.core.problems import refuse
from bening.core.questionnaire import largest, load
from bening.core.response import b64u, build_entry, freeze, public_keys, size_class
from bening.core.response.entries import entry_bytes
from bening.core.response.layout import CLOSED_CLASSES, TEXT_CLASSES
from bening.core.response.wire import CALLS, filled
from bening.crypto import merkle, notes
from bening.phone import FOLDER
from bening.web.fieldwork.models import Manifest
from bening.web.outreach import claims
from bening.web.questionnaire.models import Instrument
from bening.web.registry.models import Round
from bening.web.registry.steps import record
from bening.web.sample.models import Stratum

SOURCES = {".js", ".css"}


@transaction.atomic
def freeze_round(*, by: str, round: Round) -> Manifest:
    """Write manifest and client of a round; nothing may change after. Again rewrites the same bytes."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    instruments = {row.group: row for row in Instrument.objects.filter(round=round).order_by("version")}
    keys = stratum_keys()
    entries = [
        entry(stratum, instruments[stratum.group].name, keys)
        for stratum in Stratum.objects.filter(round=round)
    ]
    fitting(entries)
    header, lines = manifest(round, entries, instruments)
    digest = hashlib.sha256(header).hexdigest()
    known = Manifest.objects.filter(round=round).first()
    if known and known.digest != digest:  # before a file is touched: phones are using them
        raise refuse("FIELD-111", round=round.code)
    bundle = write_client(round, header, lines, instruments)
    row, new = Manifest.objects.get_or_create(
        round=round,
        defaults={"digest": digest, "bundle": bundle, "keys": {e.stratum: e.kid for e in entries}},
    )
    if new:
        record(by=by, verb="freeze_round", on=round.code, detail={"manifest": digest, "bundle": bundle})
    return row


def stratum_keys() -> dict[str, bytes]:
    """The public halves that the signer made (FIELD-115): stratum -> modulus."""
    path = settings.SIGNER_DIR / "public.jsonl"
    if not path.exists():
        raise refuse("FIELD-115", file=path.name)
    return public_keys(path.read_bytes())


def tally_key() -> dict[str, Any]:
    """What the ceremony made public (FIELD-115): tally key and trustees."""
    path = settings.TALLY_KEY
    if not path.exists():
        raise refuse("FIELD-115", file=path.name)
    made: dict[str, Any] = parse(path.read_bytes().strip())
    return made


def labels(*, round: Round) -> list[str]:
    """The strata that need a key, for `bening signer keygen`."""
    return list(Stratum.objects.filter(round=round).order_by("label").values_list("label", flat=True))


def entry(stratum: Stratum, instrument: str, keys: Mapping[str, bytes]) -> Entry:
    """One stratum's line of the manifest, under the key that the signer made for it (FIELD-116)."""
    if stratum.label not in keys:
        raise refuse("FIELD-116", stratum=stratum.label)
    return build_entry(
        modulus=keys[stratum.label],
        stratum=stratum.label,
        label={"id": stratum.name_id, "en": stratum.name_en},
        group=stratum.group,
        sampled=stratum.sampled,
        census=stratum.census,
        instrument=instrument,
        merge=stratum.merge,
    )


def fitting(entries: list[Entry]) -> None:
    """Every phone's hello holds its entry and the path to it (FIELD-117)."""
    path = ["0" * 64] * (len(entries) - 1).bit_length()
    for one in entries:
        reply = {"entry": entry_bytes(one).decode(), "index": len(entries), "path": path, "state": "0" * 64}
        over = len(filled(reply, 0)) - CALLS["/g/hello"].reply
        if over > 0:
            raise refuse("FIELD-117", stratum=one.stratum, over=over)


def manifest(
    round: Round, entries: list[Entry], instruments: Mapping[str, Instrument]
) -> tuple[bytes, bytes]:
    """Header and entry list in their final bytes."""
    tally = tally_key()
    log_key = of_box("log")
    origin = f"{settings.ORIGIN_BOX.split('//')[-1]}/{round.code}"
    return freeze(
        entries,
        merkle.root,
        round=round.code,
        opens=round.opens,
        closes=round.closes,
        tz=round.timezone,
        tally_pk=from_b64u(tally["tally_pk"], length=65),
        trustees=tally["trustees"],
        pad=padding(instruments),
        instruments={row.name: row.digest for row in instruments.values()},
        origins={
            "client": settings.ORIGIN_CLIENT,
            "gate": settings.ORIGIN_GATE,
            "box": settings.ORIGIN_BOX,
            "check": settings.ORIGIN_CHECK,
            "witnesses": list(settings.ORIGIN_WITNESSES),
        },
        log={
            "origin": origin,
            "vkey": notes.vkey(origin, log_key),
            "receipt": b64u(of_box("receipt")),
        },
        split=settings.DEPLOYMENT,
        claim=marked(claims.earned()),
    )


def of_box(name: str) -> bytes:
    """The public half (32 bytes) of a key of the box: the file its operator sent, or from his key here."""
    public: Path = settings.SECRETS_DIR / f"{name}.pub"
    return public.read_bytes() if public.exists() else notes.public(settings.SECRET(name))


def padding(instruments: Mapping[str, Instrument]) -> tuple[int, int]:
    """The smallest size classes that hold the largest answer of every questionnaire of the round."""
    sizes = [largest(load(bytes(row.body))) for row in instruments.values()]
    return (
        size_class(max(closed for closed, _ in sizes), CLOSED_CLASSES),
        size_class(max(text for _, text in sizes), TEXT_CLASSES),
    )


def write_client(round: Round, header: bytes, lines: bytes, instruments: Mapping[str, Instrument]) -> str:
    """The static client: modules by bundle hash, manifest, entry page; the bundle hash."""
    sources = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in SOURCES}
    sources[ROUND] = b"export const manifest = " + header + b";\n"
    pages = {path.name: path.read_bytes() for path in FOLDER.glob("*.html")}
    files = bundle(sources, pages) | {f"q/{row.name}.json": bytes(row.body) for row in instruments.values()}
    digest = bundle_hash(files)
    root = settings.CLIENT_DIR
    for name, data in files.items():
        place(root / "c" / digest / name, data)
    place(root / "m" / "manifest.jsonl", lines)
    place(root / "m" / "manifest.json", header)
    origins = {
        "gate": settings.ORIGIN_GATE,
        "box": settings.ORIGIN_BOX,
        "check": settings.ORIGIN_CHECK,
        "witnesses": list(settings.ORIGIN_WITNESSES),
    }
    whole(root / "c" / f"{digest}.sums", bundle_list(files))  # for whoever compares every file with the log
    for name in pages.keys() - files.keys():
        place(root / name, entry_page(pages[name], files, origins=origins, agency=round.agency))
    own = {path.name: path.read_bytes() for path in (FOLDER / "tablet").iterdir()}
    forms = {name: data for name, data in files.items() if name.startswith("q/")}
    for name, data in tablet(sources, own, forms, origins=origins, agency=round.agency).items():
        place(root / name, data)
    return digest


def place(path: Path, data: bytes) -> None:
    """A file and its compressed twins for slow lines, each whole or not at all."""
    whole(path, data)
    whole(path.with_name(path.name + ".br"), brotli.compress(data))
    whole(path.with_name(path.name + ".gz"), gzip.compress(data, 9, mtime=0))


def whole(path: Path, data: bytes) -> None:
    """A whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    shutil.move(part, path)
