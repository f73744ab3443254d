"""The frozen round of these tests: its entries and both files of its manifest."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bening.core.kinds import Entry
from bening.core.response import b64u, build_entry, freeze
from bening.crypto import merkle, notes
from tests import strong_room
from tests.security.phone import CLIENT

QUESTIONNAIRE = Path("tests/security/questionnaire.json")
OPENS, CLOSES = date(2026, 1, 5), date(2026, 1, 31)
STRATA = ("lampung/kota/a", "lampung/kota/b", "lampung/kota/c", "lampung/desa/d")


def entries(strata: Sequence[str] = STRATA, **changes: object) -> list[Entry]:
    """An entry a stratum; by default four strata under two parents and one top."""
    return [
        build_entry(
            **{
                "modulus": strong_room.modulus(stratum),
                "stratum": stratum,
                "label": {"id": f"Kelompok {stratum[-1]}", "en": f"Group {stratum[-1]}"},
                "group": "internal",
                "sampled": 5000,  # more than all tests together ask of the signer
                "census": False,
                "instrument": "sample",
                "merge": (stratum.rsplit("/", 1)[0], "lampung", "nasional"),
                **changes,
            }
        )
        for stratum in strata
    ]


def frozen(receipt_key: bytes = bytes(32), log_key: bytes = b"", **changes: object) -> tuple[bytes, bytes]:
    """`manifest.json` and `manifest.jsonl` of the small round."""
    facts = {
        "round": "uji-2026",
        "opens": OPENS,
        "closes": CLOSES,
        "tz": "Asia/Jakarta",
        "tally_pk": strong_room.TALLY_KEY,
        "trustees": {"k": 3, "n": 5, "names": []},
        "pad": (512, 1024),
        "instruments": {"sample": hashlib.sha256(QUESTIONNAIRE.read_bytes()).hexdigest()},
        "origins": {
            "client": CLIENT,
            "gate": "http://g",
            "box": "http://b",
            "check": "http://c",
            "witnesses": [],
        },
        "log": {"origin": "b", "vkey": notes.vkey("b", log_key or receipt_key), "receipt": b64u(receipt_key)},
        "split": "demo",
        "claim": "2026.1/none",
    }
    listed = changes.pop("entries", None) or entries()
    return freeze(listed, merkle.root, **facts | changes)
