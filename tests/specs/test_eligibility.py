"""Who may be asked. Each test draws a few people as a table, names the rules, and says who is in.

Facts that a table leaves blank are unknown. Tenure counts in full months to the reference date of the round.
"""

from datetime import date

import pytest

from bening.core.frame import add_months, eligible, explain, full_months, read_date, within
from bening.core.kinds import Fact, Group, Rule, Text, Verdict
from bening.core.problems import Refused
from bening.methods import load

Facts = dict[str, object]
DATES = (Fact.START_INSTITUTION, Fact.START_UNIT, Fact.LAST_CONTACT, Fact.RETIRED_ON)
NUMBERS = (Fact.ECHELON, Fact.FORMER_ECHELON, Fact.LOCUS_ECHELON)
WORDS = {"yes": True, "no": False}


def table(text: str) -> dict[str, dict[str, object]]:
    """People by name, drawn as a table."""
    drawn = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    lines = [[cell.strip() for cell in line] for line in drawn]
    return {cells[0]: dict(zip(lines[0], map(fact, lines[0], cells), strict=True)) for cells in lines[1:]}


def fact(field: str, cell: str) -> object:
    """A cell as the frame holds it."""
    if not cell:
        return None
    if field in DATES:
        return read_date(cell)
    return int(cell) if field in NUMBERS else WORDS.get(cell, cell)


def rules(year: str, group: Group, *only: str) -> tuple[Rule, ...]:
    """The rules of an edition, or some of them."""
    return tuple(r for r in load(f"spi-{year}:equal-thirds").eligibility[group] if not only or r.id in only)


def failed(people: dict[str, Facts], reference: str, chosen: tuple[Rule, ...]) -> dict[str, list[str]]:
    """The rules that shut each person out."""
    day = date.fromisoformat(reference)
    return {name: list(eligible(chosen, facts, day).failed) for name, facts in people.items()}


def verdicts(people: dict[str, Facts], reference: str, chosen: tuple[Rule, ...]) -> dict[str, Verdict]:
    """The verdict on each person."""
    day = date.fromisoformat(reference)
    return {name: eligible(chosen, facts, day).verdict for name, facts in people.items()}


def test_one_day_short_is_not_eligible():
    """Tenure counts in the institution, to the day, against the reference date of the round."""
    people = table("""
        | name | start_institution |
        | A    | 2022-07-29        |
        | B    | 2022-07-30        |
    """)
    chosen = rules("2024", Group.INTERNAL, "tenure_institution")
    assert failed(people, "2024-07-29", chosen) == {"A": [], "B": ["tenure_institution"]}


def test_a_teacher_moved_between_schools_passes_one_tenure_and_fails_the_other():
    """The first test counts in the whole institution, the second in the present unit."""
    people = table("""
        | name    | start_institution | start_unit |
        | teacher | 2015-01-05        | 2024-01-29 |
    """)
    chosen = rules("2024", Group.INTERNAL, "tenure_institution", "tenure_unit")
    assert failed(people, "2024-07-29", chosen) == {"teacher": ["tenure_unit"]}


def test_only_the_head_of_a_sampled_echelon_2_unit_is_left_out_in_2024():
    """Heads of health centres and of units that are not a locus stay in."""
    people = table("""
        | name                   | is_head | locus.echelon | locus.listed |
        | head of office         | yes     | 2             | yes          |
        | head of health centre  | yes     | 4             | yes          |
        | head, unit not listed  | yes     | 2             | no           |
        | member of staff        | no      | 2             | yes          |
        | head, echelon unknown  | yes     |               | yes          |
        | head, health, unlisted | yes     | 4             |              |
    """)
    assert verdicts(people, "2024-07-29", rules("2024", Group.INTERNAL, "not_head_echelon2")) == {
        "head of office": Verdict.INELIGIBLE,
        "head of health centre": Verdict.ELIGIBLE,
        "head, unit not listed": Verdict.ELIGIBLE,
        "member of staff": Verdict.ELIGIBLE,
        "head, echelon unknown": Verdict.UNDECIDED,
        "head, health, unlisted": Verdict.ELIGIBLE,
    }


def test_every_post_of_echelon_1_and_2_is_left_out_in_2025():
    """Head or not: secretary, assistants, heads of office."""
    people = table("""
        | name                | echelon | is_head |
        | regional secretary  | 2       | no      |
        | head of office      | 2       | yes     |
        | head of section     | 3       | yes     |
        | teacher             | 0       | no      |
    """)
    assert failed(people, "2025-08-01", rules("2025", Group.INTERNAL, "not_echelon_1_2")) == {
        "regional secretary": ["not_echelon_1_2"],
        "head of office": ["not_echelon_1_2"],
        "head of section": [],
        "teacher": [],
    }


def test_a_missing_fact_leaves_a_person_undecided_and_shuts_nobody_out():
    """Any failed rule decides; otherwise any unknown rule leaves the row open, to go back to the unit."""
    people = table("""
        | name | main_function | general_support |
        | A    | yes           | no              |
        | B    | yes           |                 |
        | C    | no            |                 |
        | D    | yes           | yes             |
    """)
    chosen = rules("2024", Group.INTERNAL, "main_function", "not_general_support")
    assert verdicts(people, "2024-07-29", chosen) == {
        "A": Verdict.ELIGIBLE,
        "B": Verdict.UNDECIDED,
        "C": Verdict.INELIGIBLE,
        "D": Verdict.INELIGIBLE,
    }
    assert eligible(chosen, people["C"], date(2024, 7, 29)).unknown == ("not_general_support",)


def test_all_failed_rules_are_listed():
    people = table("""
        | name | start_institution | start_unit | main_function | general_support | is_head |
        | A    | 2024-01-01        | 2024-01-01 | no            | yes             | no      |
    """)
    assert failed(people, "2024-07-29", rules("2024", Group.INTERNAL)) == {
        "A": ["tenure_institution", "tenure_unit", "main_function", "not_general_support"]
    }


def test_an_imprecise_date_counts_when_both_ends_of_its_span_agree():
    people = table("""
        | name | start_institution |
        | A    | 2019              |
        | B    | 2022              |
        | C    | 07/2022           |
        | D    | 06/2022           |
        | E    | 2023              |
    """)
    assert verdicts(people, "2024-07-29", rules("2024", Group.INTERNAL, "tenure_institution")) == {
        "A": Verdict.ELIGIBLE,
        "B": Verdict.UNDECIDED,
        "C": Verdict.UNDECIDED,
        "D": Verdict.ELIGIBLE,
        "E": Verdict.INELIGIBLE,
    }


def test_both_ends_of_the_contact_window_count():
    people = table("""
        | name     | last_contact | via_broker | matches_internal |
        | first    | 2023-07-29   | no         | no               |
        | too old  | 2023-07-28   | no         | no               |
        | last     | 2024-07-29   | no         | no               |
        | broker   | 2024-05-01   | yes        | no               |
        | staff    | 2024-05-01   | no         | yes              |
        | no date  |              | no         | no               |
    """)
    assert failed(people, "2024-07-29", rules("2024", Group.EXTERNAL)) == {
        "first": [],
        "too old": ["recent_contact"],
        "last": [],
        "broker": ["no_broker"],
        "staff": ["not_staff"],
        "no date": [],
    }
    assert verdicts(people, "2024-07-29", rules("2024", Group.EXTERNAL))["no date"] == Verdict.UNDECIDED


def test_a_retired_official_counts_for_sixty_months_and_two_echelons():
    """The rule is for retired people only; it holds for every other kind of expert."""
    people = table("""
        | name         | kind      | retired_on | former_echelon | matches_internal |
        | recent       | pensiunan | 2020-08-01 | 2              | no               |
        | long ago     | pensiunan | 2020-07-31 | 3              | no               |
        | low echelon  | pensiunan | 2024-01-01 | 4              | no               |
        | no date      | pensiunan |            | 2              | no               |
        | journalist   | jurnalis  |            |                | no               |
        | kind unknown |           |            |                | no               |
    """)
    assert failed(people, "2025-08-01", rules("2025", Group.EXPERT)) == {
        "recent": [],
        "long ago": ["retired_recently"],
        "low echelon": ["retired_from_echelon"],
        "no date": [],
        "journalist": [],
        "kind unknown": [],
    }
    found = verdicts(people, "2025-08-01", rules("2025", Group.EXPERT))
    assert found["journalist"] == Verdict.ELIGIBLE
    assert found["no date"] == found["kind unknown"] == Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("start", "reference", "months"),
    [
        ("2022-07-29", "2024-07-29", 24),
        ("2022-07-30", "2024-07-29", 23),
        ("2022-04-01", "2024-03-31", 23),
        ("2024-02-29", "2025-02-28", 12),
        ("2023-08-31", "2024-02-29", 6),
        ("2022-01-31", "2022-02-28", 1),
        ("2024-08-01", "2024-07-29", -1),
    ],
)
def test_months_are_counted_to_the_day(start, reference, months):
    assert full_months(date.fromisoformat(start), date.fromisoformat(reference)) == months


@pytest.mark.parametrize(
    ("reference", "opens"),
    [("2024-07-29", "2023-07-29"), ("2024-02-29", "2023-02-28"), ("2025-08-01", "2024-08-01")],
)
def test_a_window_of_twelve_months_opens_on_the_same_day(reference, opens):
    day, first = date.fromisoformat(reference), date.fromisoformat(opens)
    assert add_months(day, -12) == first
    assert within(first, day, 12)
    assert not within(date.fromordinal(first.toordinal() - 1), day, 12)


def test_every_rule_tells_its_reason_with_what_was_found():
    (tenure,) = rules("2024", Group.INTERNAL, "tenure_institution")
    people = table("""
        | name | start_institution |
        | A    | 2022-12-15        |
        | B    | 2023              |
    """)
    day = date(2024, 7, 29)
    assert explain(tenure, people["A"], day) == Text(
        "bekerja di instansi ini 19 bulan; syarat 24 bulan",
        "has worked in this institution for 19 months; 24 are required",
    )
    assert "6–18 bulan" in explain(tenure, people["B"], day).id


def test_an_operator_outside_the_closed_list_is_refused():
    odd = Rule("odd", "longer_than", "start_unit", 3)
    with pytest.raises(Refused, match="METHOD-101"):
        eligible((odd,), {"start_unit": read_date("2020")}, date(2024, 7, 29))
