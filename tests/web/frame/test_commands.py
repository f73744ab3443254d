"""The commands of the frame as an officer types them."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from bening.core.kinds import Group
from bening.methods import load as load_method
from bening.web.frame.models import Roster


@pytest.fixture
def folder(tmp_path, make, good):
    """Rosters of one institution, one of them with a faulty row, beside a note that is no roster."""
    rows = good(Group.INTERNAL)
    rows[1]["telepon"] = "12345"
    (tmp_path / "kab-x.internal.xlsx").write_bytes(make(Group.INTERNAL, rows))
    (tmp_path / "kab-x.eksternal.xlsx").write_bytes(make(Group.EXTERNAL, good(Group.EXTERNAL)))
    (tmp_path / "kab-x.expert.xlsx").write_bytes(make(Group.EXPERT, good(Group.EXPERT)))
    (tmp_path / "catatan.txt").write_text("x")
    return tmp_path


def said(*words: object) -> str:
    """What a command prints."""
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def check(path, *words: str) -> tuple[int, str]:
    """Exit code and output of `bening roster check`."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("roster", "check", str(path), "--edition", "2025", *words, stdout=out)
    return end.value.code, out.getvalue()


def test_a_folder_is_loaded_accepted_and_reported(round_, folder, tmp_path):
    report = tmp_path / "laporan.json"
    assert said("load_rosters", "r1", folder, "--by", "dewi", "--report", report).split() == [
        "1/3",
        "2/3",
        "3/3",
    ]
    assert set(Roster.objects.values_list("group", "state")) == {
        (g, "accepted") for g in ("internal", "external", "expert")
    }
    (problem,) = json.loads(report.read_text())["problems"]
    assert (problem["file"], problem["row"], problem["code"], problem["column"]) == (
        "kab-x.internal.xlsx", 3, "FRAME-112", "M telepon",
    )  # fmt: skip
    before = Roster.objects.count()
    said("load_rosters", "r1", folder, "--by", "dewi")
    assert Roster.objects.count() == before


def test_a_refused_file_does_not_stop_the_others(round_, folder):
    (folder / "kab-y.internal.xlsx").write_bytes(b"PK\x03\x04 rusak")
    with pytest.raises(CommandError, match="1 of 4 files were refused"):
        said("load_rosters", "r1", folder, "--by", "dewi")
    assert Roster.objects.count() == 3


def test_freezing_prints_the_digest(round_, folder):
    said("load_rosters", "r1", folder, "--by", "dewi")
    digest = said("freeze_frame", "r1", "--by", "siti").strip()
    assert len(bytes.fromhex(digest)) == 32


def test_a_check_tells_how_bad_it_is_by_its_exit_code(tmp_path, make, good):
    rows = good(Group.INTERNAL)
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(make(Group.INTERNAL, rows))
    assert check(path, "--group", "internal") == (0, "rows=4 accepted=4 eligible=4\n")
    rows[0]["telepon"] = "021-5550199"
    path.write_bytes(make(Group.INTERNAL, rows))
    assert check(path, "--group", "internal")[0] == 0
    rows[0]["telepon"] = "12345"
    path.write_bytes(make(Group.INTERNAL, rows))
    code, text = check(path, "--group", "internal", "--language", "en")
    assert code == 1
    assert text.startswith(
        'FRAME-112 daftar.xlsx, Data, row 2, column M telepon: "12345" is not an Indonesian'
    )
    assert check(path, "--group", "eksternal")[0] == 2
    path.write_bytes(b"PK\x03\x04 rusak")
    assert check(path, "--group", "internal")[0] == 2


def test_a_check_speaks_json(tmp_path, make, good):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(make(Group.EXTERNAL, good(Group.EXTERNAL), jumlah_baris="9"))
    code, text = check(path, "--group", "eksternal", "--json")
    report = json.loads(text)
    assert code == 0
    assert report["counts"] == {"rows": 3, "accepted": 3, "undecided": 3}  # no staff list to compare with
    assert [p["code"] for p in report["problems"]] == ["FRAME-171"]


def test_a_check_counts_months_to_the_day_it_is_given(tmp_path, make, good):
    rows = good(Group.INTERNAL)[:1]
    rows[0] |= {"mulai_instansi": "2022-01-15", "mulai_unit": "2024-08-02"}
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(make(Group.INTERNAL, rows))
    assert load_method("spi-2025:equal-thirds").fieldwork_start == date(2025, 8, 1)
    assert "ineligible=1" in check(path, "--group", "internal")[1]
    assert "eligible=1" in check(path, "--group", "internal", "--reference", "2025-08-02")[1].split()


def test_a_check_knows_only_the_editions_there_are(tmp_path):
    with pytest.raises(CommandError, match="no edition 2016"):
        call_command("roster", "check", str(tmp_path), "--edition", "2016", "--group", "internal")
