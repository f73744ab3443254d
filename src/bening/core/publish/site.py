"""The whole content of a release as plain data: the one source of pages, JSON and CSV.

Everything here is rounded and cleared for showing; what is withheld is not in it at all.
"""

from collections.abc import Mapping, Sequence
from statistics import fmean

from bening.core.kinds import Bound, Group, InstitutionKind, Method, Output, PublicationStatus, Text
from bening.core.publish.history import Past, name_key, named, past
from bening.core.publish.rounding import show_percentage
from bening.core.publish.shape import (
    Class,
    Column,
    GroupRow,
    GroupWeight,
    Heading,
    Key,
    Locus,
    LocusRow,
    Member,
    Page,
    Row,
    Site,
    Sources,
    Words,
)
from bening.core.publish.tables import Cell, Figure, classes, contributions, row_id, show, show_unit
from bening.core.publish.tables import withheld as blank
from bening.core.publish.thresholds import floor

Means = Mapping[str, Mapping[tuple[str, str], float]]  # comparison set -> (group, dimension) -> score

LOCAL = (InstitutionKind.REGENCY, InstitutionKind.CITY)
SHARED = "strata_collapsed"  # on experts: one mean stands in for a whole province
MANY = 100_000  # draws behind a chance: no limit near 0 or 100 is needed for disclosure
TOO_FEW = Text(
    "Jawaban yang masuk terlalu sedikit untuk menghitung indeks.",
    "Too few answers came in to compute an index.",
)


def site_data(heading: Heading, method: Method, *, members: Sequence[Member], sources: Sources) -> Site:
    """The release as plain data, institutions in the order of their codes."""
    means, ranked = comparison(method, members, sources), rank_sets(members, sources)
    pages = [
        page(member, method, sources, means=means, ranked=ranked)
        for member in sorted(members, key=lambda member: member.code)
    ]
    return Site(
        round=heading.round,
        name=heading.name,
        agency=heading.agency,
        survey=heading.survey,
        edition=method.edition,
        method=method.id,
        profile=method.profile,
        label=words(method.label),
        official=method.official,
        demo=heading.demo,
        confidential=heading.confidential,
        seed=heading.seed,
        digests=dict(sorted(heading.digests.items())),
        computed=heading.computed,
        classes=shown_classes(method.bounds),
        groups=[
            GroupWeight(code=g.value, name=words(method.group_names.get(g, Text(g, g))), weight=percent(w))
            for g, w in method.groups.items()
        ],
        columns=[
            Column(group=d.group.value, code=d.code, name=words(d.name), weight=percent(d.weight))
            for d in method.dimensions
        ],
        institutions=pages,
    )


def words(text: Text) -> Words:
    """A text as plain data."""
    return {"id": text.id, "en": text.en}


def percent(share: float) -> float:
    """A weight in percent with one decimal; weights are policy, not data, so nothing is hidden by it."""
    return round(100 * share, 1)


def shown_classes(bounds: Sequence[Bound]) -> list[Class]:
    """The classes from low to high; the upper end is the next lower bound, and 100 at the top."""
    ends = [bound.lower for bound in bounds[1:]] + [100.0]
    return [
        Class(code=bound.code, lower=bound.lower, upper=end, name=words(bound.name), mark=bound.mark)
        for bound, end in zip(bounds, ends, strict=True)
    ]


def compared(kind: InstitutionKind) -> str:
    """The comparison set: regencies and cities together, every other kind by itself."""
    return "local" if kind in LOCAL else kind.value


def page(
    member: Member, method: Method, sources: Sources, *, means: Means, ranked: Mapping[str, int]
) -> Page:
    """One institution: with a status other than published nothing but its name, status, reason and past."""
    figures = sources.figures.get(member.code, {})
    index = figures.get(("", "", ""))
    status = standing(member, method, sources)
    made = Page(
        code=member.code,
        name=member.name,
        kind=member.kind.value,
        compared=compared(member.kind),
        status=status.value,
        status_name=words(method.statuses.get(status.value, Text(status, status))),
        reason=words(reason(member, status)),
        index=blank(),
        class_code="",
        could_be=[],
        rank_lower=None,
        rank_upper=None,
        rank_set_size=0,
        p_top3="",
        groups=[],
        dimensions=[],
        drivers=[],
        loci=[],
        history=[],
    )
    if status is PublicationStatus.PUBLISHED and index is not None:
        made["index"] = show(index, least=0, bounds=method.bounds)
        made["class_code"], made["could_be"] = classes(index, method.bounds)
        place(made, index, ranked)
        break_down(made, member, method, sources=sources, means=means)
    made["history"] = history(made, member, method, sources)
    return made


def standing(member: Member, method: Method, sources: Sources) -> PublicationStatus:
    """The status decided; `published` becomes `insufficient_sample` below the floor or without index."""
    if member.status is not PublicationStatus.PUBLISHED:
        return member.status
    index = sources.figures.get(member.code, {}).get(("", "", ""))
    if index is None or index.value is None or index.row in sources.hidden:
        return PublicationStatus.INSUFFICIENT_SAMPLE
    enough = index.n >= floor(Output.INSTITUTION, method.floors)
    return PublicationStatus.PUBLISHED if enough else PublicationStatus.INSUFFICIENT_SAMPLE


def reason(member: Member, status: PublicationStatus) -> Text:
    """The reason that was written, or ours where the floor decided."""
    if member.reason is not None:
        return member.reason
    return Text("", "") if status is member.status else TOO_FEW


def place(made: Page, index: Figure, ranked: Mapping[str, int]) -> None:
    """Fill in the places compatible with the data, inside the comparison set (RNK-2, RNK-3)."""
    if index.rank_lower is None or index.rank_upper is None or ranked[made["compared"]] < 2:
        return
    made["rank_lower"], made["rank_upper"] = index.rank_lower, index.rank_upper
    made["rank_set_size"] = ranked[made["compared"]]
    made["p_top3"] = chance(index.p_top3)


def chance(share: float | None) -> str:
    """A chance (0–1) in whole percent; never a plain 0 or 100."""
    if share is None:
        return ""
    return "< 1" if share < 0.01 else "> 99" if share > 0.99 else show_percentage(100 * share, MANY)


def break_down(made: Page, member: Member, method: Method, *, sources: Sources, means: Means) -> None:
    """Fill in groups, dimensions, drivers and loci of a published institution."""
    figures, least = sources.figures[member.code], floor(Output.MEAN, method.floors)

    def cell(group: str, dimension: str) -> Cell:
        figure = figures.get(("", group, dimension))
        if figure is None or figure.row in sources.hidden:
            return blank()
        return show(figure, least=least)

    made["groups"] = [
        GroupRow(
            group=group.value,
            cell=(c := cell(group.value, "")),
            shared=group is Group.EXPERT and SHARED in c["flags"],
        )
        for group in method.groups
    ]
    made["dimensions"] = [
        Row(group=d.group.value, dimension=d.code, cell=cell(d.group.value, d.code))
        for d in method.dimensions
    ]
    mean = means.get(made["compared"], {})
    made["drivers"] = contributions(values(figures, sources.hidden, least), mean, method)
    made["loci"] = [locus(place, figures, method, hidden=sources.hidden) for place in member.loci]


def values(figures: Mapping[Key, Figure], hidden: frozenset[str], least: int) -> dict[tuple[str, str], float]:
    """The unrounded dimension scores of an institution that may be shown."""
    return {
        (group, dimension): figure.value
        for (unit, group, dimension), figure in figures.items()
        if not unit
        and dimension
        and figure.value is not None
        and figure.n >= least
        and figure.row not in hidden
    }


def comparison(method: Method, members: Sequence[Member], sources: Sources) -> Means:
    """The mean of each dimension over the published institutions of a comparison set of two or more."""
    least = floor(Output.MEAN, method.floors)
    pools: dict[str, dict[tuple[str, str], list[float]]] = {}
    for member in members:
        figures = sources.figures.get(member.code, {})
        if standing(member, method, sources) is PublicationStatus.PUBLISHED:
            pool = pools.setdefault(compared(member.kind), {})
            for key, value in values(figures, sources.hidden, least).items():
                pool.setdefault(key, []).append(value)
    return {
        name: {key: fmean(found) for key, found in pool.items() if len(found) > 1}
        for name, pool in pools.items()
    }


def rank_sets(members: Sequence[Member], sources: Sources) -> dict[str, int]:
    """How many institutions were ranked in each comparison set."""
    sizes: dict[str, int] = {}
    for member in members:
        index = sources.figures.get(member.code, {}).get(("", "", ""))
        if index is not None and index.rank_lower is not None:
            sizes[compared(member.kind)] = sizes.get(compared(member.kind), 0) + 1
    return sizes


def locus(place: Locus, figures: Mapping[Key, Figure], method: Method, *, hidden: frozenset[str]) -> LocusRow:
    """One unit: first all internal dimensions together, then each; a row is shown or withheld (DSC-3)."""
    internal = Group.INTERNAL.value
    keys = ["", *(d.code for d in method.dimensions if d.group is Group.INTERNAL)]
    own = {key: figures.get((place.code, internal, key)) for key in keys}
    least = floor(Output.MEAN, method.floors)
    seen = [figure.n for figure in own.values() if figure is not None and figure.value is not None]
    if row_id(code_of(figures), place.code, internal) in hidden or not seen or min(seen) < least:
        cells = [blank() for _ in keys]
    else:
        cells = [unit_cell(own[key], figures.get(("", internal, key)), least) for key in keys]
    return LocusRow(code=place.code, name=place.name, kind=place.kind, n_band=cells[0]["n_band"], cells=cells)


def unit_cell(figure: Figure | None, whole: Figure | None, least: int) -> Cell:
    """SAE-2 for one cell of the heat map."""
    return show_unit(figure, average=whole.value if whole else None, least=least) if figure else blank()


def code_of(figures: Mapping[Key, Figure]) -> str:
    """The institution that figures belong to."""
    return next((figure.institution for figure in figures.values()), "")


def history(made: Page, member: Member, method: Method, sources: Sources) -> list[Past]:
    """Quoted figures of earlier editions and, last of the dated ones, the index of this release."""
    quotes = sources.quotes.get(name_key(member.name, member.kind.value), ())
    index, now = made["index"], None
    if index["value"] is not None:
        own = next((bound for bound in method.bounds if bound.code == made["class_code"]), None)
        now = Past(
            edition=method.edition,
            score=index["value"],
            lower=index["lower"],
            upper=index["upper"],
            class_code=made["class_code"],
            class_name=named(own),
            mark=own.mark if own else "",
            certainty="",
            source="",
            note="",
            computed=True,
            breaks=[],
        )
    return past(quotes, sources.bounds, now)
