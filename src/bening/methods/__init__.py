"""Index definitions as data: one TOML file an edition (what is public), one a profile (what is not).

A method is an edition with a profile, `spi-2025:equal-thirds`. There is no default profile.
"""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bening.core.kinds import Group, Method, Text
from bening.core.problems import refuse
from bening.methods import parts, rules

FILES = files("bening.methods")


@cache
def load(method_id: str) -> Method:
    """The method of that id; METHOD-100 when there is none, METHOD-101 to 120 when a file is wrong."""
    if method_id not in known():
        raise refuse("METHOD-100", id=method_id, known=", ".join(known()))
    edition, _, profile = method_id.partition(":")
    return build(
        FILES.joinpath(f"{edition}.toml").read_bytes(),
        FILES.joinpath("profiles", f"{profile}.toml").read_bytes(),
    )


@cache
def known() -> tuple[str, ...]:
    """The ids of all methods, editions first."""
    editions = [name for name in toml_names(FILES) if name.startswith("spi-")]
    profiles = toml_names(FILES.joinpath("profiles"))
    return tuple(f"{edition}:{profile}" for edition in editions for profile in profiles)


def toml_names(folder: Any) -> list[str]:
    """The TOML files of a folder without their ending, in order."""
    return sorted(
        entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")
    )


def build(edition_file: bytes, profile_file: bytes) -> Method:
    """A method from the bytes of its two files; every entry is checked, nothing has a silent default."""
    edition, profile = (tomllib.loads(data.decode()) for data in (edition_file, profile_file))
    parts.check_sources(parts.entries(edition), edition["sources"])
    parts.check_sources(iter([("profile", profile["profile"])]), profile["sources"])
    label = parts.unofficial(profile)
    code, name = edition["edition"]["code"], profile["profile"]["name"]
    kinds = {Group(group): parts.kinds(entry) for group, entry in edition["groups"].items()}
    return Method(
        id=f"spi-{code}:{name}",
        edition=code,
        profile=name,
        label=label,
        official=False,
        groups=parts.group_weights(profile),
        dimensions=parts.dimensions(edition, profile),
        indicators=parts.indicators(edition),
        eligibility=rules.eligibility(edition["eligibility"], kinds),
        reference=edition["eligibility"]["reference"],
        bounds=parts.bounds(edition),
        missing=parts.one_of(profile["rules"], "missing", ("withhold", "reweight")),
        correction=parts.one_of(profile["rules"], "correction", ("none", "points")),
        corrections={code: float(entry["cap"]) for code, entry in edition["corrections"].items()},
        floors=parts.floors(edition),
        config={key: float(entry["value"]) for key, entry in edition["config"].items()},
        digest=hashlib.sha256(edition_file + b"\0" + profile_file).hexdigest(),
        group_names={Group(group): Text(**entry["name"]) for group, entry in edition["groups"].items()},
        kinds=kinds,
        statuses=parts.statuses(edition),
        fieldwork_start=edition["edition"]["fieldwork_start"],
    )
