"""The attacks of docs/scenarios.md in full size, on real gate, box and signer over clusters of their own.

The same attacks run small in tests/security; which test shows which row of the table stands there.
"""

import os
import tempfile
from pathlib import Path

import django

Figures = dict[str, float | int | str]

STRATA, EACH, DAYS = 120, 30, 14
KILLS = {"gate": 45, "signer": 45, "box": 45, "nightly": 45, "database": 10, "tally": 30}
POSTS = 200  # of one ballot at once
INTERVIEWS = 250  # whose calls are recorded at both doors

BARS = {
    "link_interviews": "at least 1,000",
    "link_modules": "guesses tried on the product",
    "link_hits": "rights linked by the best of them",
    "link_hits_chance": "one guess without knowledge gives so many",
    "link_hits_over_chance_upper": "at most 1 (95 % of lucky worlds, the best of all guesses)",
    "link_hits_lucky": "share of lucky worlds that reach as many (one run in 20 is under 0.05)",
    "link_hits_naive": "at least 0.95 (share; known bad design)",
    "link_hits_blind_only": "at least 0.95 (share; known bad design)",
    "link_hits_backups": "documented: dated backups of both sides (share)",
    "link_hits_reminders": "documented: the hall's list of reminders (share)",
    "link_hits_access_logs": "documented: access logs of both doors (share)",
    "tamper_cases": "at least 150",
    "tamper_silent": "0",
    "kills": "at least 200",
    "crash_interviews": "answered meanwhile",
    "acknowledged_lost": "0",
    "double_rights": "0",
    "half_states": "0",
    "parallel_posts_stored": "1 of 200",
    "canary_spellings": "searched for",
    "canary_finds": "0",
    "apart_interviews": "at least 200",
    "apart_common": "0",
}


def measure() -> Figures:
    """Every attack; tables of what was tried are printed on the way."""
    with tempfile.TemporaryDirectory(prefix="bening-keys-") as folder:
        prepare(folder)
        from bench.security.attacks import linked, rest  # noqa: PLC0415  needs Django's settings

        return linked() | rest()


def prepare(folder: str) -> None:
    """Django, for the one rule of the hall that is attacked: the digest of what it takes in."""
    from bening.web.config import keys  # noqa: PLC0415  reads nothing before it is called

    keys.make_missing(Path(folder))
    os.environ |= {"SECRETS_DIR": folder, "DJANGO_SETTINGS_MODULE": "bening.web.config.settings.all"}
    django.setup()
    del os.environ["SECRETS_DIR"]  # the counters that are attacked have their own
