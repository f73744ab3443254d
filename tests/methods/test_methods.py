"""Method files say what is public, where it comes from, and claim nothing more."""

import pytest

from bening.core.kinds import Group, Operator, Output, PublicationStatus
from bening.core.problems import Refused
from bening.methods import FILES, build, known, load

EDITION = FILES.joinpath("spi-2025.toml").read_bytes()
PROFILE = FILES.joinpath("profiles", "equal-thirds.toml").read_bytes()
METHODS = [load(one) for one in known()]
SINCE_2024 = ["tenure_institution", "tenure_unit", "main_function", "not_general_support"]
YEARS = ("2021", "2022", "2023", "2024", "2025")


def changed(data: bytes, old: str, new: str) -> bytes:
    """The file with one thing changed, which must have been there."""
    assert old in data.decode()
    return data.decode().replace(old, new, 1).encode()


def refused(edition: bytes = EDITION, profile: bytes = PROFILE) -> tuple[str, dict[str, object]]:
    """Code and words of the one problem."""
    with pytest.raises(Refused) as stop:
        build(edition, profile)
    (problem,) = stop.value.problems
    return problem.code, dict(problem.words)


def test_every_edition_loads_with_every_profile():
    profiles = ("equal-thirds", "illustrative-20-70-10")
    assert known() == tuple(f"spi-{year}:{profile}" for year in YEARS for profile in profiles)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_a_method_is_complete_and_never_official(method):
    assert not method.official
    assert sum(method.groups.values()) == pytest.approx(1, abs=1e-12)
    for group in method.groups:
        weights = [d.weight for d in method.dimensions if d.group == group]
        assert sum(weights) == pytest.approx(1, abs=1e-12)
    assert method.floors.keys() == {*Output, "sufficiency"}
    assert method.statuses.keys() == set(PublicationStatus)
    nodes = {(d.group, d.code) for d in method.dimensions}
    assert {(i.group, i.dimension) for i in method.indicators} == nodes  # no element without an indicator


def test_floors_are_those_of_the_disclosure_rules():
    floors = load("spi-2025:equal-thirds").floors
    assert [floors[output] for output in Output] == [10, 30, 30, 20, 30, 20, 20]


def test_profile_weights_are_read_as_fractions():
    thirds, illustration = load("spi-2024:equal-thirds"), load("spi-2024:illustrative-20-70-10")
    assert set(thirds.groups.values()) == {1 / 3}
    assert illustration.groups == {Group.INTERNAL: 0.2, Group.EXTERNAL: 0.7, Group.EXPERT: 0.1}
    assert "bukan bobot resmi" in illustration.label.id
    assert thirds.digest != illustration.digest


@pytest.mark.parametrize(
    ("year", "lowers", "codes"),
    [
        ("2021", [0, 68, 73.7, 77.5], ["sangat_rentan", "rentan", "waspada", "terjaga"]),
        ("2022", [0, 68, 73.7, 77.5], ["sangat_rentan", "rentan", "waspada", "terjaga"]),
        ("2023", [0, 73, 78], ["rentan", "waspada", "terjaga"]),
        ("2024", [0, 73, 78], ["rentan", "waspada", "terjaga"]),
        ("2025", [0, 73, 78], ["rentan", "waspada", "terjaga"]),
    ],
)
def test_classes_are_those_of_the_edition(year, lowers, codes):
    bounds = load(f"spi-{year}:equal-thirds").bounds
    assert [bound.lower for bound in bounds] == lowers
    assert [bound.code for bound in bounds] == codes


def test_elements_that_are_not_public_are_one_node_named_as_ours():
    for year, ours in (("2021", True), ("2023", True), ("2024", False), ("2025", False)):
        method = load(f"spi-{year}:equal-thirds")
        assert len([d for d in method.dimensions if d.group == Group.INTERNAL]) == 7
        for group in (Group.EXTERNAL, Group.EXPERT):
            names = [d.name.id for d in method.dimensions if d.group == group]
            assert (len(names) == 1 and "simpul kami" in names[0]) is ours


@pytest.mark.parametrize(
    ("year", "rules"),
    [
        ("2021", []),
        ("2022", ["tenure_institution"]),
        ("2023", []),
        ("2024", [*SINCE_2024, "not_head_echelon2"]),
        ("2025", [*SINCE_2024, "not_echelon_1_2"]),
    ],
)
def test_staff_rules_are_those_of_the_edition(year, rules):
    method = load(f"spi-{year}:equal-thirds")
    assert [rule.id for rule in method.eligibility[Group.INTERNAL]] == rules
    assert [r.id for r in method.eligibility[Group.EXTERNAL]] == ["recent_contact", "no_broker", "not_staff"]


def test_retired_officials_are_experts_of_2025_only():
    ids = {year: [r.id for r in load(f"spi-{year}:equal-thirds").eligibility[Group.EXPERT]] for year in YEARS}
    assert ids.pop("2025") == ["not_staff", "retired_recently", "retired_from_echelon"]
    assert set(map(tuple, ids.values())) == {("not_staff",)}


def test_an_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match=r"METHOD-100.*spi-2025:equal-thirds"):
        load("spi-2016:equal-thirds")


def test_an_unknown_operator_or_field_is_refused_with_the_closed_list():
    code, words = refused(changed(EDITION, 'op = "months_ge"', 'op = "older_than"'))
    assert (code, words["word"], words["known"]) == ("METHOD-101", "older_than", ", ".join(Operator))
    assert refused(changed(EDITION, 'field = "start_unit"', 'field = "shoe_size"'))[0] == "METHOD-101"
    assert refused(changed(EDITION, "when = {kind =", "when = {shoe_size ="))[0] == "METHOD-101"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 24", 'value = "24"'),
        ('certainty = "A"', 'certainty = "sure"'),
        ('source = "notes"', 'source = "hearsay"'),
        ('mark = "yellow"', 'mark = "orange"'),
        ("lower = 73,", "lower = 79,"),
        ('dimension = "hr"', 'dimension = "sports"'),
        ('family = "risk"', 'family = "chance"'),
        ('id = "tenure_unit"', 'id = "tenure_institution"'),
        ("census = {value = 20", "census = {value = 0"),
        ("security = {name", "insecurity = {name"),
    ],
)
def test_a_wrong_entry_is_refused(old, new):
    assert refused(changed(EDITION, old, new))[0] == "METHOD-102"


@pytest.mark.parametrize("weight", ['"0.34"', '"2/3"'])
def test_weights_that_do_not_sum_are_refused(weight):
    code, words = refused(profile=changed(PROFILE, '"1/3"', weight))
    assert (code, words["level"]) == ("METHOD-110", "groups")


@pytest.mark.parametrize("weight", ["0.3333", '"a third"', '"1/0"', '"-1/3"'])
def test_a_weight_is_an_exact_string(weight):
    assert refused(profile=changed(PROFILE, '"1/3"', weight))[0] == "METHOD-102"


def test_weights_inside_a_group_are_checked_too():
    given = 'external = {service = "1/2", prevention = "1/4", staff = "1/4"}'
    method = build(EDITION, changed(PROFILE, 'external = "equal"', given))
    assert [d.weight for d in method.dimensions if d.group == Group.EXTERNAL] == [0.5, 0.25, 0.25]
    short = given.replace('"1/2"', '"1/3"')
    assert refused(profile=changed(PROFILE, 'external = "equal"', short))[0] == "METHOD-110"
    other = given.replace("staff", "stuff")
    assert refused(profile=changed(PROFILE, 'external = "equal"', other))[0] == "METHOD-102"


@pytest.mark.parametrize("claim", ["official = true", 'official = "no"'])
def test_a_profile_that_claims_to_be_official_is_refused(claim):
    assert refused(profile=changed(PROFILE, "official = false", claim))[0] == "METHOD-120"
