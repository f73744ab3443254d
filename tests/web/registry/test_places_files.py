"""Files of the register: everything wrong is named at its cell, and what goes out comes in again."""

import pytest

from bening.core.problems import Refused, say
from bening.files.writer import workbook
from bening.web.registry.models import Audit, ContactPerson, Institution, Locus, Participant, Unit
from bening.web.registry.steps import Upload, check_upload, export, record, take_in
from bening.web.registry.steps.sheets import read_lines
from tests.web.small import make_round

pytestmark = pytest.mark.django_db
PLACES = "code;name;kind;province;size\nkab-x;Kabupaten X;regency;18;kecil\n"
UNITS = (
    "institution;code;name;kind;echelon;parent;locus\n"
    "kab-x;pkm.01;Puskesmas Satu;puskesmas;4;dinkes;Y\n"
    "kab-x;dinkes;Dinas Kesehatan;office;2;;Y\n"
    "kab-x;sd-1;SDN 1;school;;;T\n"
)
PEOPLE = (
    "institution;unit;name;post;phone;email;since\n"
    "kab-x;;Dewi;Inspektur;0812-3456-7890;dewi@kab-x.go.id;01/02/2025\n"
    "kab-x;dinkes;Rina;;;Rina@kab-x.go.id;\n"
)


@pytest.fixture
def round_():
    return make_round()


def upload(table, text, institution=None):
    data = text if isinstance(text, bytes) else text.encode()
    return Upload(table, "f.csv", read_lines(data, name="f.csv"), institution)


def bring(round_, table, text, institution=None):
    """Check, agree and take in."""
    file = upload(table, text, institution)
    plan = check_upload(round=round_, upload=file)
    return take_in(by="siti", round=round_, upload=file, agreed=plan.digest)


@pytest.fixture
def filled(round_):
    for table, text in (("institutions", PLACES), ("units", UNITS), ("contacts", PEOPLE)):
        bring(round_, table, text)
    return round_


def faults(round_, table, text, institution=None):
    """The problems of a file, as code, row and column."""
    with pytest.raises(Refused) as stop:
        check_upload(round=round_, upload=upload(table, text, institution))
    return [(p.code, p.place.row, p.place.column) for p in stop.value.problems]


def rows():
    return [model.objects.count() for model in (Institution, Participant, Unit, Locus, ContactPerson)]


def test_an_empty_register_is_filled_from_three_files(filled):
    assert rows() == [1, 1, 3, 2, 2]
    centre = Unit.objects.get(code="pkm.01")
    assert (centre.parent.code, centre.echelon, centre.kind) == ("dinkes", 4, "puskesmas")
    assert Participant.objects.get().size == "kecil"
    dewi = ContactPerson.objects.get(name="Dewi")
    assert (dewi.phone, dewi.unit, dewi.since.isoformat()) == ("+6281234567890", None, "2025-02-01")
    verbs = Audit.objects.filter(verb__startswith="import").values_list("verb", "on")
    assert list(verbs) == [(f"import_{t}", "uji-2025") for t in ("institutions", "units", "contacts")]


@pytest.mark.parametrize("table", ["institutions", "units", "contacts"])
def test_what_goes_out_changes_nothing_when_it_comes_in_and_goes_out_the_same(filled, table):
    out = export(table=table, round=filled)
    before = Audit.objects.count()
    plan = bring(filled, table, out)
    assert (plan.new, plan.changed, plan.missing) == ([], [], ())
    assert plan.same == len(plan.entries) > 0
    assert Audit.objects.count() == before
    assert export(table=table, round=filled) == out


def test_nothing_that_goes_out_is_a_formula(filled):
    bring(filled, "institutions", PLACES.replace("Kabupaten X", "=HYPERLINK(1)"))
    out = export(table="institutions", round=filled).decode("utf-8-sig")
    assert ";'=HYPERLINK(1);" in out
    bring(filled, "institutions", out)
    assert Institution.objects.get().name == "=HYPERLINK(1)"
    assert export(table="institutions", round=filled).decode("utf-8-sig") == out
    assert ";'+6281234567890;" in export(table="contacts", round=filled).decode()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + UNITS.encode(),  # as Excel saves CSV UTF-8
        UNITS.replace(";", ",").encode(),
        UNITS.replace(";", "\t").replace("\n", "\r\n").encode(),
        UNITS.replace("institution;code", " Institution ;CODE").replace(";office;", ";Office;").encode(),
        (b"locus;parent;echelon;kind;name;code;institution\n"
         b"Y;dinkes;4;puskesmas;Puskesmas Satu;pkm.01;kab-x\ny;;2;office;Dinas Kesehatan;dinkes;kab-x\n"
         b"\n;;;school;SDN  1;sd-1;kab-x\n"),
    ],
)  # fmt: skip
def test_spreadsheets_may_write_it_their_own_way(round_, data):
    """BOM, separator, order and case of headers, blank lines and doubled blanks do not matter."""
    bring(round_, "institutions", PLACES)
    bring(round_, "units", data)
    assert rows()[2:4] == [3, 2]
    assert bring(round_, "units", UNITS).same == 3


def test_a_change_is_told_with_old_and_new(filled):
    text = UNITS.replace("Dinas Kesehatan;office;2", "Dinas Kesehatan Baru;branch;3").replace(
        "1;school;;;T", "1;school;;dinkes;Y"
    )
    plan = bring(filled, "units", text)
    assert [(e.key[1], [tuple(c) for c in e.changes]) for e in plan.changed] == [
        (
            "dinkes",
            [
                ("name", "Dinas Kesehatan", "Dinas Kesehatan Baru"),
                ("kind", "office", "branch"),
                ("echelon", "2", "3"),
            ],
        ),
        ("sd-1", [("parent", "", "dinkes"), ("locus", "", "Y")]),
    ]  # fmt: skip
    assert Unit.objects.get(code="sd-1").parent.code == "dinkes"
    assert rows()[2:4] == [3, 3]
    detail = Audit.objects.latest("id").detail
    assert ["kab-x", "dinkes", "kind", "office", "branch"] in detail["changed"]


def test_the_trail_keeps_no_number_and_no_name_of_a_contact_person(filled):
    bring(filled, "contacts", PEOPLE.replace("7890", "7891"))
    detail = Audit.objects.latest("id").detail
    assert detail["changed"] == [["kab-x", "", "phone"]]
    assert "Dewi" not in str(list(Audit.objects.values_list("detail", flat=True)))


def test_what_the_file_does_not_name_stays(filled):
    plan = bring(filled, "units", UNITS.splitlines()[0] + "\nkab-x;dinkes;Dinas Kesehatan;office;2;;Y\n")
    assert plan.missing == ((("kab-x", "pkm.01"), "Puskesmas Satu"), (("kab-x", "sd-1"), "SDN 1"))
    assert rows()[2:4] == [3, 2]


def test_a_unit_marked_as_no_locus_is_withdrawn(filled):
    bring(filled, "units", UNITS.replace(";dinkes;Y", ";dinkes;T"))
    assert list(Locus.objects.values_list("unit__code", flat=True)) == ["dinkes"]


WRONG_UNITS = (
    "institution;code;name;kind;echelon;parent;locus\n"  # row 1
    "kab-x;dinkes;Dinas;ofice;2;;Y\n"
    "kab-y;disdik;Dinas;office;2;;Y\n"
    "kab-x;PKM 01;Pusat;puskesmas;4;dinkes;Y\n"
    "kab-x;dinkes;Lagi;office;2;;Y\n"
    "kab-x;a;A;office;7;b;ya\n"
    "kab-x;b;;office;2;a;\n"
    "kab-x;c;C;office;2;nowhere;\n"
    "kab-x;d;" + "D" * 121 + ";office;2;;\n"
    "kab-x;e;E;office;2;;;stray\n"
    "kab-x;f;F;office;2;f;\n"
)


def test_every_planted_error_is_found_at_its_row_and_column(round_):
    bring(round_, "institutions", PLACES)
    before = rows()
    assert faults(round_, "units", WRONG_UNITS) == [
        ("REGISTRY-109", 2, "D kind"),
        ("REGISTRY-101", 3, "A institution"),
        ("REGISTRY-108", 4, "B code"),
        ("REGISTRY-110", 5, "B code"),
        ("REGISTRY-109", 6, "E echelon"),
        ("REGISTRY-111", 6, "F parent"),
        ("REGISTRY-109", 6, "G locus"),
        ("REGISTRY-107", 7, "C name"),
        ("REGISTRY-111", 7, "F parent"),
        ("REGISTRY-101", 8, "F parent"),
        ("REGISTRY-112", 9, "C name"),
        ("REGISTRY-119", 10, ""),
        ("REGISTRY-111", 11, "F parent"),
    ]
    assert rows() == before


def test_wrong_cells_of_institutions(round_):
    text = PLACES + "kab-y;Y;regensi;18;\nkab-z;Z;city;99;mini\nKab X;X;city;18;\n"
    assert faults(round_, "institutions", text) == [
        ("REGISTRY-109", 3, "C kind"),
        ("REGISTRY-109", 4, "D province"),
        ("REGISTRY-109", 4, "E size"),
        ("REGISTRY-108", 5, "A code"),
    ]


def test_wrong_cells_of_contact_persons(filled):
    text = PEOPLE.splitlines()[0] + (
        "\nkab-x;;A;;;;\nkab-x;nowhere;B;;08x;;\nkab-x;;C;;;c at x;32/01/2025\nkab-z;;D;;0811234567;;\n"
    )
    assert faults(filled, "contacts", text) == [
        ("REGISTRY-114", 2, "E phone"),
        ("REGISTRY-101", 3, "B unit"),
        ("REGISTRY-115", 3, "E phone"),
        ("REGISTRY-116", 4, "F email"),
        ("REGISTRY-117", 4, "G since"),
        ("REGISTRY-101", 5, "A institution"),
    ]


def test_a_circle_through_units_the_file_does_not_name(filled):
    text = UNITS.splitlines()[0] + "\nkab-x;dinkes;Dinas Kesehatan;office;2;pkm.01;Y\n"
    with pytest.raises(Refused, match=r"REGISTRY-111 .*dinkes → pkm\.01 → dinkes"):
        check_upload(round=filled, upload=upload("units", text))


def test_the_nearest_header_and_value_are_offered(round_):
    with pytest.raises(Refused, match=r'"nama" is not known\. .* the nearest is name\.'):
        check_upload(round=round_, upload=upload("institutions", PLACES.replace(";name", ";nama")))
    with pytest.raises(Refused, match=r'row 2, column C kind: "regensi".*the nearest is regency'):
        check_upload(round=round_, upload=upload("institutions", PLACES.replace("regency", "regensi")))


def test_a_wrong_header_is_told_with_its_letter(round_):
    header = "code;name;name;province;siz\n"
    assert faults(round_, "institutions", PLACES.replace(PLACES.splitlines()[0] + "\n", header)) == [
        ("REGISTRY-105", 1, "C"),
        ("REGISTRY-105", 1, "E"),
        ("REGISTRY-105", 1, ""),
        ("REGISTRY-105", 1, ""),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "REGISTRY-103"),
        (PLACES.encode("utf-16"), "REGISTRY-103"),
        (PLACES.replace("Kabupaten", "Kab\xe9").encode("latin-1"), "REGISTRY-103"),
        (b"PK\x03\x04 no workbook", "REGISTRY-103"),
        (b"x" * 5_000_001, "REGISTRY-104"),
        (PLACES.splitlines()[0].encode(), "REGISTRY-106"),
    ],
)
def test_a_file_that_is_no_table_is_refused(round_, data, code):
    with pytest.raises(Refused, match=code):
        check_upload(round=round_, upload=upload("institutions", data))


def test_a_locus_of_an_institution_that_takes_no_part_is_refused(round_):
    bring(round_, "institutions", PLACES)
    later = make_round(code="r2")
    assert faults(later, "units", UNITS) == [
        ("REGISTRY-120", 2, "A institution"),
        ("REGISTRY-120", 3, "A institution"),
    ]


def test_an_institution_of_an_earlier_round_takes_part_again_corrected(round_):
    bring(round_, "institutions", PLACES)
    later = make_round(code="r2")
    plan = bring(later, "institutions", PLACES.replace("Kabupaten X", "Kabupaten X Baru"))
    assert [c.column for c in plan.changed[0].changes] == ["name", "size", "takes_part"]
    assert later.participants.get().size == "kecil"
    assert Institution.objects.get().name == "Kabupaten X Baru"


def test_after_the_freeze_only_what_no_stratum_stands_on_can_change(filled):
    record(by="siti", verb="freeze_frame", on=filled.code)
    bring(filled, "units", UNITS.replace("Dinas Kesehatan;office", "Dinas Kesehatan Baru;branch"))
    assert Unit.objects.get(code="dinkes").kind == "branch"
    assert faults(filled, "units", UNITS.replace("1;school;;;T", "1;school;;;Y")) == [
        ("REGISTRY-113", 4, "G locus")
    ]
    more = UNITS + "kab-x;new;Baru;office;2;;Y\n"
    assert faults(filled, "units", more) == [("REGISTRY-113", 5, "G locus")]
    bring(filled, "institutions", PLACES.replace("Kabupaten X", "Kabupaten X Baru"))
    assert faults(filled, "institutions", PLACES.replace("kecil", "besar")) == [("REGISTRY-113", 2, "E size")]
    assert faults(filled, "institutions", PLACES + "kab-y;Y;city;18;\n") == [("REGISTRY-113", 3, "A code")]


def test_what_was_agreed_to_is_what_is_done(filled):
    file = upload("units", UNITS.replace("Dinas Kesehatan", "Dinas A"))
    plan = check_upload(round=filled, upload=file)
    Unit.objects.filter(code="dinkes").update(name="Dinas B")
    with pytest.raises(Refused, match="REGISTRY-118"):
        take_in(by="siti", round=filled, upload=file, agreed=plan.digest)
    assert Unit.objects.get(code="dinkes").name == "Dinas B"


def test_an_inspectorate_s_file_speaks_about_its_own_institution_alone(filled):
    bring(filled, "institutions", PLACES + "kab-y;Kabupaten Y;regency;18;kecil\n")
    own = Institution.objects.get(code="kab-y")
    assert set(faults(filled, "contacts", PEOPLE, own)) == {
        ("REGISTRY-101", 2, "A institution"),
        ("REGISTRY-101", 3, "A institution"),
    }


def test_a_workbook_is_read_like_a_csv(round_):
    lines = [line.split(";") for line in PLACES.splitlines()]
    bring(round_, "institutions", workbook({"Data": lines}))
    assert rows()[:2] == [1, 1]


def test_problems_speak_both_languages(round_):
    with pytest.raises(Refused) as stop:
        check_upload(round=round_, upload=upload("institutions", PLACES.replace(";18;", ";181;")))
    told = say(stop.value.problems[0], "id")
    assert told.startswith('REGISTRY-109 f.csv, baris 2, kolom D province: "181" tidak dikenal')
