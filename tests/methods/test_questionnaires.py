"""The three questionnaires: what they ask, in what order, of whom, and that they feed the methods."""

import csv
import re
from itertools import combinations
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from bening.core.kinds import Family, Measure
from bening.methods import known, load
from tests.methods.sheets import (
    FOLDER,
    GROUPS,
    LANGUAGES,
    asked,
    choices,
    entries,
    holds,
    items,
    lines,
    names,
    points_of,
    routes,
    scores,
)

LABEL, HINT, MESSAGE = (
    [f"{column}::{language}" for language in LANGUAGES.values()]
    for column in ("label", "hint", "constraint_message")
)
COLUMNS = {
    "survey": [
        *("type", "name", *LABEL, *HINT, "required", "relevant", "constraint", *MESSAGE),
        *("calculation", "choice_filter", "indicator", "family", "measure", "score"),
    ],
    "choices": ["list_name", "name", *LABEL, "score"],
    "settings": ["form_title", "form_id", "version", "default_language"],
}
ROOT = Path(__file__).parents[2]
MOST = {"internal": 35, "external": 35, "expert": 25}
UNSCORED = (Measure.PROCESS, Measure.PROFILE)
OPINION = (Measure.PERCEPTION, *UNSCORED)
EDITIONS = ("spi-2024", "spi-2025")
METHODS = [load(one) for one in known() if one.startswith(EDITIONS)]
PERSONAL = {"internal": {"category", "tenure", "sex", "age"}, "external": {"sex", "age"}, "expert": set()}
WINDOW = {
    "id": "12 bulan terakhir (sejak bulan ini tahun lalu)",
    "en": "last 12 months (since this month last year)",
}
FIRST = {"internal": ["works"], "external": ["right"], "expert": ["knows", "tie"]}
SPOKEN = ("select_one", "select_multiple")
GOOD = {"trained": {"yes"}, "info": {"full"}}  # answers that are the good end where "no" is not
BAD = {"trained": {"no"}, "info": {"part", "refused"}}
# What only filters or describes a case: no answer is better than another, or only those it befell are asked.
DESCRIBED = {
    "internal": {"offered_form", "offered_first"},
    "external": {"contact", "services", "form", "first", "agreed", "reason", "reported", "times"},
    "expert": set(),
}

each_group = pytest.mark.parametrize("group", GROUPS)


@each_group
@pytest.mark.parametrize("sheet", COLUMNS)
def test_a_sheet_has_its_columns_and_plain_line_ends(group, sheet):
    data = FOLDER.joinpath(group, f"{sheet}.csv").read_bytes()
    assert data.endswith(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert next(csv.reader(data.decode().splitlines())) == COLUMNS[sheet]


@each_group
def test_the_standard_reads_it_without_a_warning(group):
    sheets = {
        sheet: [{name: cell for name, cell in line.items() if cell} for line in lines(group, sheet)]
        for sheet in COLUMNS
    }
    assert convert(sheets).warnings == []


@each_group
def test_both_languages_say_everything(group):
    for line in (*lines(group, "survey"), *lines(group, "choices")):
        if line.get("type") == "end_group":
            continue
        assert all(line[column] for column in LABEL), line["name"]
        for pair in (LABEL, HINT, MESSAGE):
            texts = [line.get(column, "") for column in pair]
            assert bool(texts[0]) == bool(texts[1]), line["name"]
            filled_in = [sorted(re.findall(r"\$?\{[^}]*\}", text)) for text in texts]
            assert filled_in[0] == filled_in[1], line["name"]


@each_group
def test_codes_are_used_once_and_fit_the_ballot(group):
    codes = [line["name"] for line in lines(group, "survey") if line["name"]]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,23}", code) for code in codes)
    used = {entry.list_name for entry in items(group) if entry.kind in SPOKEN}
    assert used == {line["list_name"] for line in lines(group, "choices")}


def test_the_answers_of_two_groups_are_never_taken_for_one_another():
    names_of = [{i.name for i in items(group) if i.cells["measure"] not in UNSCORED} for group in GROUPS]
    assert not any(a & b for a, b in combinations(names_of, 2))


@each_group
def test_every_item_says_what_it_stands_for(group):
    for item in items(group):
        cells = item.cells
        assert cells["indicator"], item.name
        assert cells["measure"] in set(Measure), item.name
        assert (cells["family"] in set(Family)) is (cells["measure"] not in UNSCORED), item.name


@each_group
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_every_indicator_of_a_method_has_an_item_that_measures_it(group, method):
    needed = {one.code: one for one in method.indicators if one.group == group}
    found = {item.cells["indicator"]: item.cells for item in items(group)}
    assert needed.keys() <= found.keys()
    for item in items(group):
        if one := needed.get(item.cells["indicator"]):
            assert (item.cells["measure"], item.cells["family"]) == (one.measure, one.family), item.name


@each_group
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_what_a_method_does_not_know_is_named_ours_with_its_dimension(group, method):
    needed = {one.code for one in method.indicators if one.group == group}
    dimensions = "|".join(part.code for part in method.dimensions if part.group == group)
    for item in items(group):
        code = item.cells["indicator"]
        if item.cells["measure"] not in UNSCORED and code not in needed:
            assert re.fullmatch(rf"ours_({dimensions})_[a-z_]+", code), item.name
            assert not scores(group, item), item.name


@each_group
def test_opinions_are_scored_in_equal_steps_and_half_of_them_run_each_way(group):
    keys: dict[str, list[bool]] = {}
    for item in items(group):
        points = scores(group, item)
        if not points or item.cells["measure"] != Measure.PERCEPTION:
            continue
        rising = points[0] < points[-1]
        steps = [round(100 * step / (len(points) - 1)) for step in range(len(points))]
        assert points == (steps if rising else steps[::-1]), item.name
        keys.setdefault(item.cells["indicator"], []).append(rising)
    assert all(2 * sum(rising) == len(rising) for rising in keys.values()), keys


@each_group
def test_what_happened_and_what_was_seen_counts_nothing_or_a_hundred(group):
    """A risk that came true is 0, prevention that reached somebody 100; silence is neither."""
    told = [item for item in items(group) if item.cells["measure"] not in OPINION]
    for item in told:
        points = dict(points_of(group, item))
        if any(score is not None for score in points.values()):
            good = {code for code, score in points.items() if score == 100}
            assert good == GOOD.get(item.name, {"no"}), item.name
            bad = {code for code, score in points.items() if score == 0}
            assert bad == BAD.get(item.name, {"yes"}), item.name
            assert points.keys() - good - bad <= {"dk", "na", "never"}, item.name
            assert points["dk"] is points["na"] is None, item.name
    assert {item.name for item in told if not scores(group, item)} == DESCRIBED[group]


@each_group
def test_every_score_spans_the_scale_and_silence_has_none(group):
    for item in items(group):
        if points := scores(group, item):
            assert (min(points), max(points)) == (0, 100), item.name
            silent = [code for code, score in points_of(group, item) if score is None and code != "never"]
            assert silent == ["dk", "na"], item.name


@each_group
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_every_element_and_every_indicator_of_a_method_has_a_scored_item(group, method):
    scored = {item.cells["indicator"] for item in items(group) if scores(group, item)}
    known_ones = {one.code: one.dimension for one in method.indicators if one.group == group}
    assert scored == known_ones.keys()
    assert set(known_ones.values()) == {part.code for part in method.dimensions if part.group == group}


@each_group
def test_an_indicator_never_mixes_measures(group):
    measures: dict[str, set[str]] = {}
    for item in items(group):
        measures.setdefault(item.cells["indicator"], set()).add(item.cells["measure"])
    assert all(len(found) == 1 for found in measures.values()), measures


@each_group
def test_what_happened_comes_before_what_is_thought_and_the_answering_last(group):
    stages = [
        {"perception": 1, "process": 3}.get(item.cells["measure"], 2 if item.name in PERSONAL[group] else 0)
        for item in items(group)
    ]
    assert stages == sorted(stages)
    assert [item.name for item in items(group)][-2:] == ["told", "watched"]


@each_group
def test_it_begins_with_the_role_and_whoever_it_does_not_fit_is_let_go(group):
    assert [item.name for item in items(group)][: len(FIRST[group])] == FIRST[group]
    ends = {shown[-1].name for _, shown in routes(group)}
    assert {"watched", "exit_note"} <= ends <= {"watched", "exit_note", "exit_late_note"}
    for answers, shown in routes(group):
        left = "watched" not in {entry.name for entry in shown}
        notes = [entry.name for entry in shown if entry.name.startswith("exit")]
        assert (len(notes) == 1) is left, answers
        if left:
            assert not any(entry.cells["measure"] == "perception" for entry in shown), answers


@each_group
def test_the_year_is_named_with_its_beginning(group):
    recent = [
        item for item in items(group) if "12m" in item.cells["measure"] or "16_5" in item.cells["measure"]
    ]
    named = {item.name for item in recent if all(WINDOW[one] in item.text("label", one) for one in WINDOW)}
    for item in recent:
        assert item.name in named or names(item.relevant) & named, item.name
    assert named


def test_nobody_is_asked_about_extra_payments_without_a_contact_before():
    for answers, shown in routes("external"):
        order = [entry.name for entry in shown]
        for entry in shown:
            if entry.cells["measure"] in ("bribe_16_5_1", "bribe_16_5_2"):
                assert order.index("contact") < order.index(entry.name)
                assert answers["contact"] in ("once", "few", "many")
        persons = {"asked", "gave"} <= set(order)
        firms = {"asked_firm", "gave_firm"} <= set(order)
        assert not (persons and firms)
        assert not firms or answers["role"] in ("vendor", "partner")


def test_whoever_was_asked_or_gave_says_what_it_was_and_who_began():
    """The categories that were published with the results of 2024: form, agreement, reason."""
    codes = {
        name: {line["name"] for line in choices("external", name)}
        for name in ("form", "first", "agreed", "reason")
    }
    assert {"money", "goods", "treat", "other"} <= codes["form"]
    assert {"staff", "broker", "me", "custom"} <= codes["first"]
    assert {"yes", "no"} <= codes["agreed"]
    assert {"thanks", "protection", "relation", "reluctant", "other"} <= codes["reason"]
    for answers, shown in routes("external"):
        order = [entry.name for entry in shown]
        gave = "yes" in (answers.get("gave"), answers.get("gave_firm"))
        happened = gave or "yes" in (answers.get("asked"), answers.get("asked_firm"))
        assert ({"form", "first", "reported"} <= set(order)) is happened, answers
        assert ({"agreed", "reason", "times"} <= set(order)) is gave, answers


@each_group
def test_how_it_was_answered_is_asked_of_everybody_who_came_through(group):
    """Two questions on steering, sealed like every answer and never scored."""
    steering = [item for item in items(group) if item.cells["measure"] == Measure.PROCESS]
    assert [item.name for item in steering] == ["told", "watched"]
    assert not any(scores(group, item) for item in steering)
    for _, shown in routes(group):
        order = [entry.name for entry in shown]
        assert ("told" in order) is ("watched" in order) is not any(n.startswith("exit") for n in order)


@each_group
def test_questions_on_what_happened_never_say_corruption(group):
    for entry in entries(group):
        texts = [cell for name, cell in entry.cells.items() if "::" in name]
        texts += [cell for name, cell in entry.screen_cells.items() if "::" in name]
        texts += [
            cell for line in choices(group, entry.list_name) for name, cell in line.items() if "::" in name
        ]
        if entry.cells["measure"] not in OPINION or entry.kind == "note":
            assert not re.search(r"korup|corrupt|suap|brib", " ".join(texts), re.IGNORECASE), entry.name


@each_group
def test_nobody_is_forced_and_silence_has_a_code(group):
    for item in items(group):
        codes = [line["name"] for line in choices(group, item.list_name)]
        assert item.cells["required"] in ("yes", "no")
        assert "na" in codes or item.cells["required"] == "no", item.name
        if item.kind == "select_multiple":  # "rather not say" goes with nothing else
            assert not holds(item.cells["constraint"], {}, f"{codes[0]} na"), item.name
            assert all(holds(item.cells["constraint"], {}, code) for code in codes), item.name


@each_group
def test_personal_facts_are_coarse_and_optional(group):
    known_facts = {item.name: item for item in items(group) if item.screen == "you"}
    assert known_facts.keys() == PERSONAL[group]
    for item in known_facts.values():
        assert item.cells["required"] == "no"
        assert len(choices(group, item.list_name)) <= 5  # four bands and "rather not say"
    assert not any(item.kind == "text" for item in items(group))  # free text names its author


@each_group
def test_no_way_through_is_too_long(group):
    assert max(len(asked(shown)) for _, shown in routes(group)) <= MOST[group]


@each_group
def test_a_screen_is_short(group):
    for _, shown in routes(group):
        screens = [entry.screen for entry in asked(shown)]
        assert max(screens.count(one) for one in screens) <= 5


def reasons(group: str) -> dict[str, tuple[str, str]]:
    """What the manual says of each item of a group: its measure with its indicator, and its reason."""
    told = (ROOT / "docs/methods/questionnaire-items.md").read_text(encoding="utf-8")
    section = told.partition(f"\n## {group.capitalize()}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?`) \| (.+?) \| (.+) \|$", section, re.MULTILINE)
    return {name: (measure, why) for names_, measure, why in rows for name in re.findall(r"`(\w+)`", names_)}


@each_group
def test_every_item_has_its_reason_in_the_manual(group):
    told = reasons(group)
    assert told.keys() == {item.name for item in items(group)}
    for item in items(group):
        measure, why = told[item.name]
        kind, indicator = item.cells["measure"], item.cells["indicator"]
        assert measure == (kind if kind in UNSCORED else f"{kind} → `{indicator}`"), item.name
        assert len(why) > 10, item.name


def test_what_is_not_scored_is_said_with_its_reason():
    told = (ROOT / "docs/methods/questionnaire-items.md").read_text(encoding="utf-8")
    passage = told.partition("Not scored, and why:")[2].partition("\n\n")[0]
    unscored = {
        item.name
        for group in GROUPS
        for item in items(group)
        if item.cells["measure"] not in UNSCORED and not scores(group, item)
    }
    assert set(re.findall(r"`(\w+)`", passage)) == unscored


def test_the_manual_counts_right():
    told = (ROOT / "docs/methods/questionnaire-items.md").read_text(encoding="utf-8")
    longest = {group: max(len(asked(shown)) for _, shown in routes(group)) for group in GROUPS}
    counts = {
        "questions in the file": [len(items(group)) for group in GROUPS],
        "asked on the longest way through": list(longest.values()),
        "ways through (all are walked by the test)": [len(routes(group)) for group in GROUPS],
    }
    scored = [[item for item in items(group) if scores(group, item)] for group in GROUPS]
    fed = [{one.dimension for one in METHODS[-1].indicators if one.group == group} for group in GROUPS]
    counts["scored items; elements fed"] = [
        f"{len(some)}; {len(elements)}" for some, elements in zip(scored, fed, strict=True)
    ]
    for what, row in counts.items():
        assert f"| {what} | {row[0]} | {row[1]} | {row[2]} |" in told
