"""The strata of a round: what the frame says about them, joined to the parts that answered.

Two declared mergers happen here and nowhere else: a stratum shared by several institutions (EST-5), and a
stratum with too few answers merged with the siblings under its parent (EST-10, WGT-1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bening.core.estimate.fold import fold
from bening.core.estimate.parts import Parts
from bening.core.kinds import Bools, Coded, Floats, Frame, Ints, Uncovered
from bening.core.problems import refuse

Codes = Ints | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Strata:
    """H strata of all groups. A shared stratum stands under the institution code `len(institutions)`."""

    institutions: tuple[str, ...]
    groups: tuple[str, ...]
    labels: tuple[str, ...]
    institution: Ints  # (H,) places in the names above
    group: Ints  # (H,)
    label: Ints  # (H,)
    parent: Ints  # (H,) declared parent; equal numbers may be merged, -1 for none
    population: Floats  # (H,) persons
    psus: Ints  # (H,) primary units in the population; 0: persons were drawn, or nobody knows


@dataclass(frozen=True, slots=True)
class Joined:
    """The strata with the parts laid into them."""

    strata: Strata
    part_stratum: Ints  # (P,)
    part_psu: Floats  # (P,) persons in the PSU of the part; NaN without one
    merged: Bools  # (H,) made by a merger
    leaning: Ints  # (L, 2) institution and the shared stratum that stands in for it
    clustered: Bools  # (H,) whether its first stage drew PSUs
    first_stage: Ints  # (H,) first-stage units that answered: PSUs or persons


def join(parts: Parts, frame: Frame) -> Joined:
    """Lay the parts into the strata of the frame and apply the declared mergers (WGT-1, EST-5, EST-10).

    ESTIMATE-103, 146: answers from a stratum or PSU the frame does not know. ESTIMATE-109: a row of the frame
    without institution. ESTIMATE-107: a group of an institution with answers of its own beside a shared
    stratum.
    """
    _whose(frame)
    strata, leaning = _shared(_strata(frame), parts, frame)
    part_stratum = _find(_key(frame, strata), _key_of_parts(frame, parts))
    _known(parts, part_stratum, "ESTIMATE-103")
    _not_both(strata, part_stratum, leaning)
    sizes = _psu_sizes(strata, parts, frame)
    merged = np.zeros(len(strata.group), bool)
    joined = Joined(strata, part_stratum, sizes, merged, leaning, *_first_stage(strata, part_stratum, parts))
    return joined if frame.parent is None else _collapsed(joined, parts)


def uncovered(joined: Joined) -> tuple[Uncovered, ...]:
    """Strata with people and without answers: the result does not speak for them (WGT-1)."""
    strata = joined.strata
    empty = np.bincount(joined.part_stratum, minlength=len(strata.group)) == 0
    names = (*strata.institutions, "")
    return tuple(
        Uncovered(
            names[strata.institution[h]],
            strata.groups[strata.group[h]],
            strata.labels[strata.label[h]],
            int(strata.population[h]),
        )
        for h in np.flatnonzero(empty & (strata.population > 0))
    )


def _strata(frame: Frame) -> Strata:
    """The rows of the frame summed to strata; the PSUs listed speak for those that are not."""
    key = _combine(frame, *(column.codes for column in (frame.institution, frame.group, frame.stratum)))
    keys, first, of = np.unique(key, return_index=True, return_inverse=True)
    persons = fold(frame.population, of, len(keys))
    listed = np.bincount(of) if frame.psu is not None else np.zeros(len(keys), np.int64)
    psus = listed if frame.psus is None else frame.psus[first].astype(np.int64)
    if frame.psu is not None:
        psus = np.where(psus > 0, psus, listed)
        persons = persons * psus / listed
    return Strata(
        frame.institution.names,
        frame.group.names,
        frame.stratum.names,
        institution=frame.institution.codes[first].astype(np.int64),
        group=frame.group.codes[first].astype(np.int64),
        label=frame.stratum.codes[first].astype(np.int64),
        parent=_parents(frame)[first],
        population=persons,
        psus=psus,
    )


def _parents(frame: Frame) -> Ints:
    """A number for each pair of institution × group and parent; -1 where none is declared."""
    if frame.parent is None:
        return np.full(len(frame.population), -1)
    pair = frame.institution.codes.astype(np.int64) * len(frame.group.names) + frame.group.codes
    number = pair * len(frame.parent.names) + frame.parent.codes
    named = np.array([bool(name) for name in frame.parent.names])[frame.parent.codes]
    return np.where(named, number, -1)


def _combine(frame: Frame, institution: Codes, group: Codes, label: Codes) -> Ints:
    """One number for (group, institution, stratum), sorted in that order; -1 where one of them is unknown."""
    wide = group.astype(np.int64) * (len(frame.institution.names) + 1) + institution
    key = wide * len(frame.stratum.names) + label
    return np.where((group < 0) | (institution < 0) | (label < 0), -1, key)


def _key(frame: Frame, strata: Strata) -> Ints:
    return _combine(frame, strata.institution, strata.group, strata.label)


def _key_of_parts(frame: Frame, parts: Parts) -> Ints:
    return _combine(
        frame,
        recoded(parts.institution, (*frame.institution.names, "")),
        recoded(parts.group, frame.group.names),
        recoded(parts.stratum, frame.stratum.names),
    )


def recoded(column: Coded, names: Sequence[str]) -> Ints:
    """The codes of a column in another list of names; -1 where the name is not in it."""
    place = {name: number for number, name in enumerate(names)}
    return np.array([place.get(name, -1) for name in column.names], np.int64)[column.codes]


def _find(keys: Ints, wanted: Ints) -> Ints:
    """Where each wanted key stands among the keys; -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), -1)
    order = np.argsort(keys)
    at = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    return np.where((keys[at] == wanted) & (wanted >= 0), at, -1)


def _whose(frame: Frame) -> None:
    """Every row of the frame names an institution: that is how a shared stratum tells who leans on it."""
    blank = np.array([name == "" for name in frame.institution.names], bool)[frame.institution.codes]
    for row in np.flatnonzero(blank)[:1]:
        raise refuse("ESTIMATE-109", stratum=frame.stratum.names[frame.stratum.codes[row]])


def _known(parts: Parts, place: Ints, code: str) -> None:
    """Refuse the first part whose stratum (ESTIMATE-103) or PSU (146) the frame does not know."""
    for lost in np.flatnonzero(place < 0)[:1]:
        columns = {name: getattr(parts, name) for name in ("institution", "group", "stratum", "psu")}
        raise refuse(code, **{name: column.names[column.codes[lost]] for name, column in columns.items()})


def _shared(strata: Strata, parts: Parts, frame: Frame) -> tuple[Strata, Ints]:
    """Replace the rows of a stratum that came without institution by one row for all who list it (EST-5)."""
    nobody = len(strata.institutions)
    if "" not in parts.institution.names:
        return strata, np.zeros((0, 2), np.int64)
    alone = np.array([name == "" for name in parts.institution.names])[parts.institution.codes]
    here = strata.group * len(strata.labels) + strata.label
    wanted = np.unique(
        recoded(parts.group, strata.groups)[alone] * len(strata.labels)
        + recoded(parts.stratum, strata.labels)[alone]
    )
    member = np.isin(here, wanted)
    keys, first, of = np.unique(here[member], return_index=True, return_inverse=True)
    own, source = np.flatnonzero(~member), np.flatnonzero(member)[first]
    kept = np.concatenate([own, source])
    population = np.concatenate([strata.population[own], np.bincount(of, weights=strata.population[member])])
    institution = np.concatenate([strata.institution[own], np.full(len(keys), nobody)])
    table = replace(
        strata,
        institution=institution,
        population=population,
        parent=np.where(institution == nobody, -1, strata.parent[kept]),
        **{name: getattr(strata, name)[kept] for name in ("group", "label", "psus")},
    )
    return table, np.stack([strata.institution[member], len(own) + of], axis=1)


def _not_both(strata: Strata, part_stratum: Ints, leaning: Ints) -> None:
    """A group of an institution has answers of its own or one shared stratum (ESTIMATE-107)."""
    if not leaning.size:
        return
    answered = np.unique(part_stratum)
    own = {(int(strata.institution[h]), int(strata.group[h])) for h in answered}
    for institution, h in leaning:
        place = (int(institution), int(strata.group[h]))
        if place in own:
            raise refuse(
                "ESTIMATE-107",
                institution=strata.institutions[place[0]],
                group=strata.groups[place[1]],
                stratum=strata.labels[strata.label[h]],
            )
        own.add(place)


def _psu_sizes(strata: Strata, parts: Parts, frame: Frame) -> Floats:
    """Persons in the PSU of each part, from the frame; NaN where the frame lists no PSUs (P,).

    A part without institution has the persons of everybody who leans on its stratum.
    """
    if frame.psu is None:
        return np.full(len(parts.n), np.nan)
    many, nobody = len(frame.psu.names), len(frame.institution.names)
    cluster = recoded(parts.psu, frame.psu.names)
    keys = _key_of_parts(frame, parts)
    wanted = np.where((cluster < 0) | (keys < 0), -1, keys * many + cluster)
    owners = (frame.institution.codes.astype(np.int64), np.full(len(frame.population), nobody))
    listed = [
        _combine(frame, who, frame.group.codes, frame.stratum.codes) * many + frame.psu.codes
        for who in owners
    ]
    found, of = np.unique(np.concatenate(listed), return_inverse=True)
    at = _find(found, wanted)
    _known(parts, at, "ESTIMATE-146")
    return fold(np.tile(frame.population, len(owners)), of, len(found))[at].astype(float)


def _collapsed(joined: Joined, parts: Parts) -> Joined:
    """Merge all strata of a parent in which one has fewer than two first-stage units (EST-10, step 1)."""
    strata = joined.strata
    size = np.where(joined.clustered & (strata.psus > 0), strata.psus, strata.population)
    lonely = (strata.parent >= 0) & (joined.first_stage < np.minimum(2, size))
    family = np.isin(strata.parent, strata.parent[lonely])
    token = np.where(family, -1 - strata.parent, np.arange(len(strata.parent)))
    _, first, of = np.unique(token, return_index=True, return_inverse=True)
    table = replace(
        strata,
        population=fold(strata.population, of, int(of.max()) + 1),
        psus=np.bincount(of, weights=strata.psus).astype(np.int64),
        **{name: getattr(strata, name)[first] for name in ("institution", "group", "label", "parent")},
    )
    leaning = np.stack([joined.leaning[:, 0], of[joined.leaning[:, 1]]], axis=1)
    place = of[joined.part_stratum]
    return Joined(
        table, place, joined.part_psu, np.bincount(of) > 1, leaning, *_first_stage(table, place, parts)
    )


def _first_stage(strata: Strata, part_stratum: Ints, parts: Parts) -> tuple[Bools, Ints]:
    """Whether PSUs were drawn in each stratum, and how many first-stage units answered (H,)."""
    size = len(strata.group)
    named = np.array([bool(name) for name in parts.psu.names])[parts.psu.codes]
    clustered = np.bincount(part_stratum, weights=named, minlength=size) > 0
    persons = np.bincount(part_stratum, weights=parts.n, minlength=size)
    clusters = np.bincount(
        np.unique(part_stratum * len(parts.psu.names) + parts.psu.codes) // len(parts.psu.names),
        minlength=size,
    )
    return clustered, np.where(clustered, clusters, persons).astype(np.int64)
