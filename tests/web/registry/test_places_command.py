"""`bening registry`: what it ends with says whether a file can come in."""

import pytest
from django.core.management import CommandError, call_command

from bening.web.registry.models import Unit
from tests.web.registry.test_places_files import PLACES, UNITS, WRONG_UNITS
from tests.web.small import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """A file with this text."""

    def written(text):
        path = tmp_path / "f.csv"
        path.write_text(text)
        return str(path)

    return written


def run(*words):
    """The exit code."""
    with pytest.raises(SystemExit) as end:
        call_command("registry", *words)
    return end.value.code


def test_checking_changes_nothing_and_importing_all(file, capsys):
    make_round()
    assert run("import", "institutions", file(PLACES), "--by", "siti") == 0
    assert run("check", "units", file(UNITS)) == 0
    assert not Unit.objects.exists()
    assert run("import", "units", file(UNITS), "--by", "siti") == 0
    assert run("import", "units", file(UNITS), "--by", "siti") == 0
    assert capsys.readouterr().out.splitlines() == [
        "new=1 changed=0 same=0 missing=0",
        "new=3 changed=0 same=0 missing=0",
        "new=3 changed=0 same=0 missing=0",
        "new=0 changed=0 same=3 missing=0",
    ]


def test_faults_are_told_in_both_languages(file, capsys):
    make_round()
    run("import", "institutions", file(PLACES), "--by", "siti")
    assert run("import", "units", file(WRONG_UNITS), "--by", "siti") == 1
    assert 'REGISTRY-109 f.csv, baris 2, kolom D kind: "ofice" tidak dikenal' in capsys.readouterr().out
    assert run("check", "units", file(PLACES), "--language", "en") == 2
    assert 'REGISTRY-105 f.csv, row 1, column D: The column header "province"' in capsys.readouterr().out
    assert run("check", "units", file("")) == 2
    assert not Unit.objects.exists()


def test_what_is_written_can_be_read_again(file, tmp_path, capsys):
    make_round()
    run("import", "institutions", file(PLACES), "--by", "siti")
    run("import", "units", file(UNITS), "--by", "siti")
    out = tmp_path / "out.csv"
    call_command("registry", "export", "units", "--out", str(out), "--institution", "kab-x")
    assert run("check", "units", str(out)) == 0
    assert "new=0 changed=0 same=3" in capsys.readouterr().out


def test_without_a_round_or_institution_it_says_so(file, tmp_path):
    with pytest.raises(CommandError, match="no round yet"):
        call_command("registry", "check", "units", file(UNITS))
    make_round()
    with pytest.raises(CommandError, match="no round r9"):
        call_command("registry", "check", "units", file(UNITS), "--round", "r9")
    with pytest.raises(CommandError, match="no institution kab-q"):
        call_command("registry", "export", "units", "--out", str(tmp_path / "o"), "--institution", "kab-q")
