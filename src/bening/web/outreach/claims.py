"""How much of the promise this installation has earned, by its settings and what lies on this machine."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from bening.core import fieldwork
from bening.core.canonical import parse
from bening.core.kinds import Claim, Standing
from bening.core.problems import Refused

AGENCY = ("fields", "index", "pepper", "check")  # secrets of hall, worker and gate
BOX = ("receipt", "log")


def claim() -> Claim:
    """What may be said now: what the installation has earned, and no more than the frozen round says."""
    now, before = earned(), frozen()
    return fieldwork.weaker(now, before) if before else now


def frozen() -> Claim | None:
    """What the frozen round tells every phone; None while nothing is frozen."""
    try:
        mark = parse((settings.CLIENT_DIR / "m" / "manifest.json").read_bytes())["claim"]
    except (OSError, Refused, KeyError, TypeError):
        return None
    return fieldwork.shown(str(mark))


def earned() -> Claim:
    """The strongest claim this installation may make now."""
    return fieldwork.earned(standing())


def standing() -> Standing:
    """The facts behind it; what cannot be read counts as missing."""
    trustees = holders(settings.TALLY_KEY)
    return Standing(
        split=settings.DEPLOYMENT,
        trustees=len(set(trustees.get("names", []))),
        needed=trustees.get("k", 0),
        recorded=bool(settings.CEREMONY_RECORD),
        overlaps=tuple(overlaps()),
    )


def holders(file: Path) -> dict[str, Any]:
    """The trustees in the public half of the tally key, as `bening ceremony` wrote it."""
    try:
        made = parse(file.read_bytes().strip())
        return dict(made["trustees"])
    except (OSError, Refused, KeyError, TypeError, ValueError):
        return {}


def overlaps() -> list[str]:
    """What of gate and box meets on this machine, as codes: nothing on a machine of a real split."""
    gate, box = settings.GATE_DATABASE_URL, settings.BOX_DATABASE_URL
    here = {name for name in (*AGENCY, *BOX) if (settings.SECRETS_DIR / name).exists()}
    keys = any((settings.SIGNER_DIR / "keys").glob("*.pem"))
    found = {
        "same_cluster": bool(gate and box) and cluster(gate) == cluster(box),
        "both_databases": bool(box and (gate or settings.DATABASE_URL)),
        "both_secrets": bool(here & set(AGENCY)) and bool(here & set(BOX)),
        "signer_beside_box": keys and bool(here & set(BOX)),
        "same_host": host(settings.ORIGIN_GATE) == host(settings.ORIGIN_BOX),
        "not_https": not all(
            origin.startswith("https://") for origin in (settings.ORIGIN_GATE, settings.ORIGIN_BOX)
        ),
        "words_here": any(settings.DATA_DIR.glob("*/trustee-*.txt")),
    }
    return [code for code, there in found.items() if there]


def cluster(url: str) -> tuple[str, str]:
    """Where a database's server listens."""
    parts = conninfo_to_dict(url)
    return str(parts.get("host") or "localhost"), str(parts.get("port") or "5432")


def host(origin: str) -> str:
    """The host of an origin, without its port."""
    return urlsplit(origin).hostname or ""
