"""`bening questionnaire`: check, preview and diff of workbooks, folders and frozen files."""

import csv
import json
import re
import shutil
import subprocess
import sys
import urllib.request

import pytest
from django.core.management import call_command

from bening.core.problems import CATALOGUE
from bening.core.questionnaire import dump
from bening.web.questionnaire.steps import read_path
from bening.web.questionnaire.steps.forms import folder_sheets
from bening.web.questionnaire.steps.standard import standard_problems, told, validate
from tests.web.questionnaire.conftest import FOLDER, form


def run(*words):
    """The exit code of a command."""
    with pytest.raises(SystemExit) as stop:
        call_command("questionnaire", *map(str, words))
    return stop.value.code


def spoiled(tmp_path, column, text, row=4):
    """A folder of the house with one cell of the survey sheet changed."""
    folder = tmp_path / "form"
    shutil.copytree(FOLDER / "expert", folder)
    with (folder / "survey.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    rows[row - 1][rows[0].index(column)] = text
    with (folder / "survey.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return folder


@pytest.mark.parametrize("group", ["internal", "external", "expert"])
def test_the_houses_own_forms_may_be_frozen_as_folder_workbook_and_frozen_file(tmp_path, group, capsys):
    (tmp_path / "form.xlsx").write_bytes(form(group))
    frozen = dump(read_path(FOLDER / group))
    (tmp_path / "form.json").write_bytes(frozen)
    assert dump(read_path(tmp_path / "form.xlsx")) == frozen  # one form, one digest, however it is kept
    assert run("check", FOLDER / group, tmp_path / "form.xlsx", tmp_path / "form.json") == 0
    assert capsys.readouterr().out.count("no problem") == 3


@pytest.mark.parametrize(("group", "most"), [("internal", 35), ("external", 35), ("expert", 25)])
def test_the_check_says_how_long_a_form_is(group, most, capsys):
    assert run("check", FOLDER / group) == 0
    asked, minutes = re.search(r"at most (\d+) questions and (\d+) minutes", capsys.readouterr().out).groups()
    assert int(asked) <= most
    assert int(minutes) <= 10


def test_a_problem_is_told_with_its_place_and_ends_with_1(tmp_path, capsys):
    folder = spoiled(tmp_path, "relevant", "${nobody} = 'x'")
    assert run("check", folder, "--json") == 1
    said = json.loads(capsys.readouterr().out)["problems"]
    assert [(p["code"], p["file"], p["sheet"], p["row"], p["column"]) for p in said] == [
        ("QUEST-104", "form/survey.csv", "survey", 4, "relevant")
    ]
    assert run("check", folder, "--language", "en") == 1
    assert "row 4, column relevant" in capsys.readouterr().out


def test_what_cannot_be_read_ends_with_2(tmp_path, capsys):
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04")
    assert run("check", tmp_path / "x.xlsx") == 2
    assert run("check", tmp_path / "nothing.xlsx") == 2
    assert run("diff", tmp_path / "x.xlsx", FOLDER / "expert") == 2
    (tmp_path / "empty").mkdir()
    assert run("check", tmp_path / "empty") == 1
    assert "QUEST-115" in capsys.readouterr().out


def test_diff_ends_with_0_if_nothing_differs_and_tells_what_does(tmp_path, capsys):
    folder = spoiled(tmp_path, "label::English (en)", "Other words", row=3)
    assert run("diff", FOLDER / "expert", FOLDER / "expert") == 0
    assert run("diff", FOLDER / "expert", folder, "--json") == 1
    (row,) = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (row["kind"], row["field"], row["after"]) == ("wording", "label::en", "Other words")
    assert run("diff", FOLDER / "expert", folder) == 1
    assert "+ Other words" in capsys.readouterr().out


def test_preview_serves_the_phones_screens_on_this_machine_only(tmp_path):
    words = [
        sys.executable,
        "-m",
        "bening.cli",
        "questionnaire",
        "preview",
        str(FOLDER / "expert"),
        "--port",
        "0",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            for name in ("", "preview.js", "questionnaire.js", "questionnaire.json", "phone.css"):
                assert urllib.request.urlopen(address + name, timeout=10).status == 200
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(address + "send.js", timeout=10)
        finally:
            server.terminate()


def test_pyxform_finds_nothing_in_the_houses_forms():
    for group in ("internal", "external", "expert"):
        assert standard_problems(folder_sheets(FOLDER / group)) == []


@pytest.mark.parametrize(
    ("message", "code", "row", "column"),
    [
        (
            "[row : 4] On the 'survey' sheet, the 'name' value is invalid. It must be unique.",
            "QUEST-102",
            4,
            "name",
        ),
        ("[row : 3] List name not in choices sheet: x", "QUEST-106", 3, ""),
        ("[row : 2] Unmatched 'begin_group'.", "QUEST-116", 2, ""),
        ("Something nobody has seen before", "QUEST-119", None, ""),
    ],
)
def test_a_message_of_pyxform_becomes_a_problem_of_ours_with_its_row(message, code, row, column):
    problem = told(message, folder_sheets(FOLDER / "expert"))
    assert (problem.code, problem.place.row, problem.place.column) == (code, row, column)
    assert CATALOGUE[code].sentence.id.format(**problem.words)


def test_pyxform_is_heard_with_the_row_it_names(tmp_path):
    sheets = folder_sheets(spoiled(tmp_path, "type", "select_one nowhere"))
    (problem,) = standard_problems(sheets)
    assert problem.code in ("QUEST-106", "QUEST-119")
    assert problem.place.row == 4


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
def test_odk_validate_accepts_the_houses_forms_and_is_heard_when_it_does_not(tmp_path):
    assert validate(folder_sheets(FOLDER / "expert")) == []
    broken = folder_sheets(spoiled(tmp_path, "relevant", "regexx(${knows}, 'x')"))
    (problem,) = validate(broken)
    assert problem.code == "QUEST-119"
    assert "ODK Validate" in problem.words["message"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
@pytest.mark.parametrize("group", ["internal", "external", "expert"])
def test_odk_validate_accepts_each_form_of_the_house_as_a_workbook(tmp_path, group, capsys):
    (tmp_path / "form.xlsx").write_bytes(form(group))
    assert run("check", tmp_path / "form.xlsx", "--odk") == 0
    told = capsys.readouterr()
    assert "no problem" in told.out
    assert "was not asked" not in told.err


def test_without_java_the_second_opinion_is_left_out_and_said_so(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert validate(folder_sheets(FOLDER / "expert")) is None
