"""Roster templates for an institution and a round, or for an edition alone; nothing is written to a table."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bening.core.frame import KEYS, SHEET, columns, examples, guide, meanings
from bening.core.frame.submission import COUNT
from bening.core.kinds import Group, Method, UnitKind
from bening.files import template
from bening.methods import load
from bening.web.registry.models import Institution, Locus, Round

WORDS: Mapping[Group, str] = {Group.INTERNAL: "internal", Group.EXTERNAL: "eksternal", Group.EXPERT: "eksper"}


class Place(NamedTuple):
    """Whose template it is: code of the institution, its loci with names, the kinds of its units."""

    institution: str = ""
    loci: tuple[tuple[str, str], ...] = ()
    units: frozenset[UnitKind] = frozenset()


def template_for(*, round: Round, institution: Institution, group: Group) -> bytes:
    """The workbook of a group with the institution's loci and cases from its kinds of units."""
    return template.workbook(contents_for(round, institution, group))


def plain_template_for(*, round: Round, institution: Institution, group: Group) -> bytes:
    """The same as CSV: submission sheet and headers alone."""
    return template.plain(contents_for(round, institution, group))


def contents_for(round: Round, institution: Institution, group: Group) -> template.Contents:
    """What stands in an institution's template."""
    loci = Locus.objects.filter(round=round, unit__institution=institution).select_related("unit")
    units = [row.unit for row in loci]
    names = tuple((unit.code, unit.name) for unit in units)
    place = Place(institution.code, names, frozenset(UnitKind(unit.kind) for unit in units))
    return contents(group, load(round.method_id), round.reference, place)


def contents(group: Group, method: Method, reference: date, place: Place) -> template.Contents:
    """What stands in a template."""
    made = columns(group, method)
    shown = examples(group, method, reference, place.loci[0][0] if place.loci else "dinas-01")
    return template.Contents(
        columns=made,
        notes=notes(group, place),
        notes_sheet=SHEET,
        guide=guide(group, method, place.units),
        examples=[[row[column.header] for column in made] for row in shown],
        loci=place.loci,
        meanings={code: text.id for code, text in meanings(group, method).items()},
    )


def notes(group: Group, place: Place) -> list[tuple[str, str, str]]:
    """The submission sheet: what is known filled in, a count for the list and one for every locus."""
    known = {"instansi": place.institution, "kelompok": WORDS[group]}
    lines = [(key, known.get(key, ""), f"{said} / {english}") for key, (said, english) in KEYS.items()]
    lines.append((COUNT, "", "Jumlah baris seluruh daftar / Rows of the whole list"))
    lines += [(f"{COUNT}:{code}", "", f"Jumlah baris {name} / Rows of {name}") for code, name in place.loci]
    return lines
