"""Templates and marked files as officers and units get them."""

import io

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from bening.core.kinds import Group
from bening.files import reader
from bening.web.frame.models import Fault
from bening.web.frame.steps import marked_file, problems, template_for
from bening.web.registry.models import Institution


def make_template(out, *words: str) -> None:
    """`bening roster template`."""
    call_command("roster", "template", "--edition", "2025", "--out", str(out), *words, stdout=io.StringIO())


def check(*words: object) -> tuple[int, str]:
    """Exit code and output of `bening roster check`."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("roster", "check", *map(str, words), "--edition", "2025", stdout=out)
    return end.value.code, out.getvalue()


def test_a_template_knows_the_institution_its_loci_and_its_kinds_of_units(round_):
    data = template_for(round=round_, institution=Institution.objects.get(code="kab-x"), group=Group.EXTERNAL)
    book = load_workbook(io.BytesIO(data))
    notes = {row[0].value: row[1].value for row in book["Pengantar"]}
    assert (notes["instansi"], notes["kelompok"]) == ("kab-x", "eksternal")
    assert {key for key in notes if key.startswith("jumlah_baris")} == {"jumlah_baris", "jumlah_baris:dinkes"}
    assert "dinkes" in [cell.value for cell in book["Daftar"]["A"]]
    guide = " ".join(str(row[1].value) for row in book["Petunjuk"])
    assert "perizinan" in guide
    assert "Guru honorer" not in guide


def test_a_filled_template_is_accepted_as_it_is(round_, load, tmp_path):
    """What the template shows as examples goes in by its own columns."""
    make_template(tmp_path / "t.xlsx", "--group", "eksternal", "--institution", "kab-x")
    book = load_workbook(tmp_path / "t.xlsx")
    for row in list(book["Contoh"].iter_rows(values_only=True))[1:]:
        book["Data"].append(row)
    answers = {
        "sistem_sumber": "Buku tamu", "tanggal_ekstraksi": "2025-07-01", "disusun_oleh": "A",
        "diperiksa_oleh": "B", "kontak": "C", "kekurangan": "tidak ada", "pernyataan": "Y", "jumlah_baris": 4,
    }  # fmt: skip
    for key, cell, _ in book["Pengantar"].iter_rows():
        cell.value = answers.get(key.value, cell.value)
    book.save(tmp_path / "t.xlsx")
    roster = load(Group.EXTERNAL, [], data=(tmp_path / "t.xlsx").read_bytes())
    assert (roster.rows, roster.accepted) == (4, 4)
    assert list(problems(roster=roster, file="t.xlsx")) == []


def test_the_command_writes_both_forms_without_an_institution(tmp_path):
    make_template(tmp_path / "t.csv", "--group", "internal")
    make_template(tmp_path / "t.xlsx", "--group", "internal")
    first, second = (
        list(reader.read((tmp_path / name).read_bytes(), name=name))[-1].cells for name in ("t.csv", "t.xlsx")
    )
    assert first == second
    assert "telepon" in first


@pytest.mark.django_db
def test_a_stranger_gets_no_template(tmp_path):
    with pytest.raises(CommandError, match="no round"):
        make_template(tmp_path / "t.xlsx", "--group", "internal", "--institution", "kab-z")


def test_a_checked_file_comes_back_marked(tmp_path, make, good):
    rows = good(Group.INTERNAL)
    rows[1]["telepon"] = "12345"
    path, out = tmp_path / "daftar.xlsx", tmp_path / "tanda.xlsx"
    path.write_bytes(make(Group.INTERNAL, rows))
    assert check(path, "--group", "internal", "--marked", out)[0] == 1
    book = load_workbook(out)
    (cell,) = [cell for row in book["Data"].iter_rows() for cell in row if cell.comment]
    assert cell.coordinate == "M3"
    assert "bukan nomor telepon" in cell.comment.text
    assert check(out, "--group", "internal")[0] == 1
    cell.value = "081299990001"
    book.save(out)
    assert check(out, "--group", "internal") == (0, "rows=4 accepted=4 eligible=4\n")


def test_staff_lists_of_two_institutions_are_compared_and_the_mark_is_not_handed_out(tmp_path, make, good):
    paths = [tmp_path / "kab-x.xlsx", tmp_path / "kab-y.xlsx"]
    for path, rows in zip(paths, (good(Group.INTERNAL), good(Group.INTERNAL)[2:]), strict=True):
        path.write_bytes(make(Group.INTERNAL, rows, path.stem))
    code, text = check(*paths, "--group", "internal")
    assert code == 0
    assert [line[:9] for line in text.splitlines() if "kab-y.xlsx" in line] == ["FRAME-152"] * 2
    assert "internal kab-x" in text
    with pytest.raises(CommandError, match="one file"):
        call_command(
            "roster",
            "check",
            *map(str, paths),
            "--group",
            "internal",
            "--edition",
            "2025",
            "--marked",
            "x.xlsx",
        )


def test_titles_and_a_statistic_are_compared_where_they_are_given(tmp_path, make, good):
    path, titles, statistic = (tmp_path / name for name in ("daftar.xlsx", "jabatan.txt", "pegawai.csv"))
    path.write_bytes(make(Group.INTERNAL, good(Group.INTERNAL)))
    titles.write_text("Perawat Ahli\nBidan\n")
    statistic.write_text("kode_lokus;kategori;jumlah\ndinkes;;10\n")
    words = (path, "--group", "internal", "--titles", titles, "--statistic", statistic)
    _, text = check(*words)
    assert [line[:9] for line in text.splitlines()[:-1]] == ["FRAME-174", *["FRAME-121"] * 4]
    assert "perawat ahli" in text
    statistic.write_text("lokus;n\n")
    with pytest.raises(CommandError, match="FRAME-185"):
        call_command("roster", "check", *map(str, words), "--edition", "2025")


def test_a_stored_list_comes_back_marked_without_other_institutions(load, good, make):
    load(Group.INTERNAL, good(Group.INTERNAL), "kab-y")
    rows = good(Group.INTERNAL)[:2]
    rows[1]["telepon"] = "021-5550199"
    data = make(Group.INTERNAL, rows)
    roster = load(Group.INTERNAL, [], data=data)
    assert sorted(Fault.objects.filter(roster=roster).values_list("code", flat=True)) == [
        "FRAME-113", "FRAME-152", "FRAME-152",
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(marked_file(roster=roster, data=data, name="daftar.xlsx")))
    assert [row[0].value for row in book["Temuan"].iter_rows(min_row=2)] == ["FRAME-113"]
