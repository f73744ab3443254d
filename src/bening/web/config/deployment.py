"""`bening deployment`: which split is configured, what of both sides meets here, and what may be claimed.

Ends with 1 if the configuration claims more than it earns. It starts nothing and reads no secret.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import django
from django.conf import settings

from bening.core.fieldwork import has_holders, overclaims
from bening.core.kinds import Claim, Standing

ORIGINS = ("ORIGIN_HALL", "ORIGIN_CLIENT", "ORIGIN_GATE", "ORIGIN_BOX", "ORIGIN_CHECK", "ORIGIN_RELEASE")
DATABASES = ("DATABASE_URL", "GATE_DATABASE_URL", "BOX_DATABASE_URL")
SIDES = {
    "hall": ("django", "fields", "index"),
    "worker": ("whatsapp-token",),
    "gate": ("pepper",),
    "cek": ("check", "phrase"),
    "box": ("receipt", "log"),
}
MAY_SAY = {
    Claim.NONE: "nothing: the promise is withheld",
    Claim.APART: "that both sides are kept apart; not that the operators cannot open answers",
    Claim.ONE_OPERATOR: "that nobody, the operators included, can open answers; one operator runs both sides",
    Claim.FULL: "the whole promise",
}
WHY = {
    "unknown_split": "DEPLOYMENT is none of demo, one-machine, split",
    "same_cluster": "gate and box use the same database server",
    "both_databases": "the box's database is configured beside the agency's",
    "both_secrets": "secrets of the agency and of the box lie in the same folder",
    "signer_beside_box": "private stratum keys lie beside the box's secrets",
    "same_host": "gate and box are served by the same host",
    "not_https": "gate or box is not served over https",
    "words_here": "words of trustees lie in the data folder",
    "no_holders": "no published record of a ceremony that gave the tally key to at least two trustees",
}


def main(words: Sequence[str]) -> int:
    """Print it; 1 if more is claimed than earned."""
    argparse.ArgumentParser(prog="bening deployment", description=__doc__).parse_args(words)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bening.web.config.settings.base"
    django.setup()
    from bening.web.outreach import claims  # noqa: PLC0415  settings have to stand first

    standing = claims.standing()
    print("\n".join(facts(standing)))  # noqa: T201  the operator's terminal
    print(f"may be claimed     {MAY_SAY[claims.earned()]}")  # noqa: T201
    frozen = claims.frozen()
    wrong = [WHY[code] for code in overclaims(standing)]
    if frozen and list(Claim).index(frozen) > list(Claim).index(claims.earned()):
        wrong.append(f"the frozen round says {frozen}: {MAY_SAY[frozen]}")
    for reason in wrong:
        print(f"claims too much    {reason}")  # noqa: T201
    return 1 if wrong else 0


def facts(standing: Standing) -> list[str]:
    """What is configured and what lies here, one line each."""
    lines = [("split", standing.split), *((name, getattr(settings, name)) for name in ORIGINS)]
    lines += [(name, server(getattr(settings, name))) for name in DATABASES]
    lines += [("signer socket", state(settings.SIGNER_SOCKET))]
    lines += [("stratum keys", f"{len(list((settings.SIGNER_DIR / 'keys').glob('*.pem')))} private")]
    lines += [("tally key", f"public half {state(settings.TALLY_KEY)}")]
    for side, names in SIDES.items():
        here = [name for name in names if (settings.SECRETS_DIR / name).exists()]
        lines.append((f"secrets of {side}", ", ".join(here) or "none"))
    lines += [("trustees", f"{standing.needed} of {standing.trustees}")]
    lines += [("ceremony record", settings.CEREMONY_RECORD or "none")]
    lines += [("key holders", "other people" if has_holders(standing) else "not proven")]
    return [f"{name:18} {words}" for name, words in lines]


def server(url: str) -> str:
    """Where a database is, without user and password."""
    from bening.web.outreach.claims import cluster  # noqa: PLC0415

    return " port ".join(cluster(url)) if url else "not named: embedded if this machine starts it"


def state(path: Path) -> str:
    """Whether a file is here."""
    return "here" if path.exists() else "not here"
