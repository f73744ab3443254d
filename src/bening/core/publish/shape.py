"""What goes into a release and what comes out: plain shapes without any rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from bening.core.kinds import Bound, InstitutionKind, PublicationStatus, Text
from bening.core.publish.history import Past, Quoted
from bening.core.publish.tables import Cell, Contribution, Figure

Key = tuple[str, str, str]  # unit, group, dimension; empty means the whole


@dataclass(frozen=True, slots=True)
class Locus:
    """A unit with its own row in the heat map."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Member:
    """An institution of the release with its publication status and the reason behind it."""

    code: str
    name: str
    kind: InstitutionKind
    status: PublicationStatus = PublicationStatus.PUBLISHED
    reason: Text | None = None
    loci: tuple[Locus, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over every page of a release; nothing in it depends on when the pages are written."""

    round: str
    name: str
    agency: str
    survey: str
    seed: str
    digests: Mapping[str, str]
    computed: str  # day of the computation, ISO 8601
    demo: bool  # generated data
    confidential: bool  # blind signatures and sealing were in use


@dataclass(frozen=True, slots=True)
class Sources:
    """What a release is made from: figures by institution, rows withheld by disclosure control, history."""

    figures: Mapping[str, Mapping[Key, Figure]]
    hidden: frozenset[str]
    quotes: Mapping[tuple[str, str], Sequence[Quoted]]
    bounds: Mapping[str, Sequence[Bound]]


Words = dict[str, str]  # one text by language: id, en


class Class(TypedDict):
    """A class with its lower bound and its mark (red, yellow, green)."""

    code: str
    lower: float
    upper: float
    name: Words
    mark: str


class Column(TypedDict):
    """A dimension of a group with its weight inside the group, in percent with one decimal."""

    group: str
    code: str
    name: Words
    weight: float


class GroupWeight(TypedDict):
    """A respondent group with its weight in the index, in percent with one decimal."""

    code: str
    name: Words
    weight: float


class Row(TypedDict):
    """A dimension of an institution."""

    group: str
    dimension: str
    cell: Cell


class GroupRow(TypedDict):
    """A respondent group of an institution. `shared`: the mean belongs to the whole province."""

    group: str
    cell: Cell
    shared: bool


class LocusRow(TypedDict):
    """One unit of the heat map: cells in the order of the internal columns."""

    code: str
    name: str
    kind: str
    n_band: int | None
    cells: list[Cell]


class Page(TypedDict):
    """One institution. With any status but `published` every number is absent."""

    code: str
    name: str
    kind: str
    compared: str  # local | province | ministry | agency: the set in which it is ranked
    status: str
    status_name: Words
    reason: Words
    index: Cell
    class_code: str
    could_be: list[str]
    rank_lower: int | None
    rank_upper: int | None
    rank_set_size: int
    p_top3: str  # whole percent, "< 1" or "> 99"; empty where not ranked
    groups: list[GroupRow]
    dimensions: list[Row]
    drivers: list[Contribution]
    loci: list[LocusRow]
    history: list[Past]


class Site(TypedDict):
    """A release."""

    round: str
    name: str
    agency: str
    survey: str
    edition: str
    method: str
    profile: str
    label: Words
    official: bool
    demo: bool
    confidential: bool
    seed: str
    digests: dict[str, str]
    computed: str
    classes: list[Class]
    groups: list[GroupWeight]
    columns: list[Column]
    institutions: list[Page]
