"""Small rounds for the tests of this room."""

import hashlib
from datetime import date

from bening.core.response import b64u, build_entry, freeze, load
from tests.core.response import stand_ins

CLIENT = "https://client.example"


def root(leaves):
    """RFC 6962, as the standard defines it."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def entry(stratum="a/1", **changes):
    """One entry."""
    parts = {
        "modulus": stand_ins.modulus(stratum),
        "stratum": stratum,
        "label": {"id": "Pegawai", "en": "Staff"},
        "group": "internal",
        "sampled": 60,
        "census": False,
        "instrument": "sample",
        "merge": ("a", "top"),
    }
    return build_entry(**parts | changes)


FACTS = {
    "round": "uji-2026",
    "opens": date(2026, 1, 1),
    "closes": date(2026, 1, 31),
    "tz": "Asia/Jakarta",
    "tally_pk": bytes(65),
    "trustees": {"k": 3, "n": 5, "names": []},
    "pad": (512, 1024),
    "instruments": {"sample": "0" * 64},
    "origins": {"client": CLIENT, "gate": "g", "box": "b", "check": "c", "witnesses": []},
    "log": {"origin": "box", "vkey": "", "receipt": b64u(bytes(32))},
    "split": "demo",
    "claim": "2026.1/none",
}


def frozen(entries, **changes):
    """Header and lines."""
    return freeze(entries, root, **FACTS | changes)


def manifest(entries, **changes):
    """A manifest as gate, box and tally read it."""
    return load(*frozen(entries, **changes), root)
