"""Templates come back through the gate, and their examples are judged without a fault."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from bening.core.frame import KEYS, Terms, clean, columns, examples, guide, meanings, read_submission
from bening.core.frame.cases import BY_UNIT
from bening.core.kinds import Group, Place, UnitKind
from bening.files import phones, reader, template
from bening.methods import known, load

GROUPS = [Group.INTERNAL, Group.EXTERNAL, Group.EXPERT]
EDITIONS = sorted({name.partition(":")[0] for name in known() if name.startswith("spi-")})
LOCI = [("dinkes", "Dinas Kesehatan"), ("=1+1", "Nama ganjil")]
DAY = date(2025, 8, 1)


def contents(group: Group, edition: str = "spi-2025", loci=LOCI) -> template.Contents:
    """What an officer would put into a template."""
    method = load(f"{edition}:equal-thirds")
    made = columns(group, method)
    shown = examples(group, method, method.fieldwork_start or DAY, "dinkes")
    return template.Contents(
        columns=made,
        notes=[(key, "", text) for key, (text, _) in KEYS.items()],
        notes_sheet="Pengantar",
        guide=guide(group, method, frozenset({UnitKind.SCHOOL})),
        examples=[[row[column.header] for column in made] for row in shown],
        loci=loci,
        meanings={code: text.id for code, text in meanings(group, method).items()},
    )


@pytest.mark.parametrize("group", GROUPS)
def test_a_template_has_lists_for_its_codes_and_comes_back(group):
    made = contents(group)
    data = template.workbook(made)
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Data", "Pengantar", "Contoh", "Petunjuk", "Daftar"]
    choices = [v for v in book["Data"].data_validations.dataValidation if v.type == "list"]
    assert len(choices) == len([c for c in made.columns if c.choices or c.header == "kode_lokus"])
    assert all(cell.data_type != "f" for sheet in book for line in sheet for cell in line)
    lines = list(reader.read(data, name="templat.xlsx"))
    assert lines[-1].cells == [column.header for column in made.columns]
    assert [line.cells[0] for line in lines if line.name == "Pengantar"] == list(KEYS)


def place_of(choice) -> int:
    """The column of `Daftar` that a drop-down list takes its codes from."""
    return column_index_from_string(choice.formula1.removeprefix("Daftar!").split("$")[1])


@pytest.mark.parametrize("group", GROUPS)
def test_every_list_points_at_its_own_codes_with_their_meanings(group):
    made = contents(group)
    book = load_workbook(io.BytesIO(template.workbook(made)))
    headers = [cell.value for cell in book["Data"][1]]
    for choice in book["Data"].data_validations.dataValidation:
        if choice.type != "list":
            continue
        (place,) = choice.sqref.ranges
        column = next(c for c in made.columns if c.header == headers[place.min_col - 1])
        codes = [
            row[0].value for row in book["Daftar"][choice.formula1.removeprefix("Daftar!").replace("$", "")]
        ]
        assert codes == [code for code, _ in template.choices(column, made)]
        assert (place.min_row, place.max_row) == (2, template.ROWS)
        rows = range(2, len(codes) + 2)
        said = [book["Daftar"].cell(row, place_of(choice) + 1).value or "" for row in rows]
        assert list(zip(codes, said, strict=True)) == template.choices(column, made)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("group", GROUPS)
def test_the_examples_of_every_edition_are_right(group, edition):
    method = load(f"{edition}:equal-thirds")
    day = method.fieldwork_start or DAY
    headers = [column.header for column in columns(group, method)]
    rows = [[row[h] for h in headers] for row in examples(group, method, day, "dinkes")]
    terms = Terms(method, group, {"dinkes": 2}, day, phones.parse, lambda staff_id, points: False)
    said = read_submission(
        enumerate([
            ["instansi", "x"], ["kelompok", group.value], ["sistem_sumber", "x"], ["disusun_oleh", "x"],
            ["tanggal_ekstraksi", day.isoformat()], ["diperiksa_oleh", "x"], ["kontak", "x"],
            ["kekurangan", "x"], ["pernyataan", "Y"], ["jumlah_baris", str(len(rows))],
        ]),
        group=group, file="x",
    )  # fmt: skip
    verdicts = []
    cleaned = clean(
        enumerate([headers, *rows], 1), terms=terms, submission=said, place=Place(),
        take=lambda who, verdict: verdicts.append(verdict.verdict.value),
    )  # fmt: skip
    assert cleaned.problems == ()
    assert verdicts == ["eligible"] * len(rows)
    assert rows


def test_a_csv_template_carries_its_submission_sheet():
    lines = list(reader.read(template.plain(contents(Group.EXTERNAL)), name="templat.csv"))
    assert [line.cells[0] for line in lines if line.sheet == reader.NOTES] == list(KEYS)
    assert lines[-1].cells == [column.header for column in contents(Group.EXTERNAL).columns]


def test_the_guide_speaks_of_the_units_own_people():
    method = load("spi-2025:equal-thirds")
    school = guide(Group.INTERNAL, method, frozenset({UnitKind.SCHOOL}))
    clinic = guide(Group.INTERNAL, method, frozenset({UnitKind.HEALTH_CENTRE}))
    assert any("Guru honorer" in line[1] for line in school)
    assert not any("Bidan" in line[1] for line in school)
    assert any("Bidan" in line[1] for line in clinic)
    assert all(line[1] and line[2] for line in school if line[0] != "Kolom / Columns")


def test_the_guide_asks_only_for_people_that_the_edition_knows():
    """Retired officials are experts since 2025; before, no case speaks of them."""
    text = {
        year: str(guide(Group.EXPERT, load(f"spi-{year}:equal-thirds"), frozenset())) for year in (2023, 2025)
    }
    assert "pensiun tiga tahun" in text[2025]
    assert "pensiun tiga tahun" not in text[2023]


@pytest.mark.parametrize("kind", UnitKind)
def test_every_kind_of_unit_has_a_case_for_staff_and_one_for_outsiders(kind):
    assert {case.group for case in BY_UNIT[kind]} >= {Group.INTERNAL, Group.EXTERNAL}
