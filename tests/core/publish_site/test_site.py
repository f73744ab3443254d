"""The content of a release: withheld means absent, comparisons stay inside their set."""

import json
from dataclasses import replace

import pytest

from bening.core.kinds import InstitutionKind, PublicationStatus, Text
from bening.core.publish.shape import Heading, Locus, Member, Sources
from bening.core.publish.site import site_data
from bening.core.publish.tables import Figure, row_id
from bening.methods import load

METHOD = load("spi-2025:illustrative-20-70-10")
HEADING = Heading("r", "Uji", "Lembaga", "SPI", "1", {"answers": "ab"}, "2025-11-22", True, False)
COUNTS = {"internal": 343, "external": 251, "expert": 13}


def figures(code, base, *, rank=None):
    found = {}
    for dimension in METHOD.dimensions:
        group = dimension.group.value
        found["", group, dimension.code] = Figure(
            code, "dimension", group, dimension.code, "", base, 1.0, base - 2, base + 2, COUNTS[group]
        )
    for group, n in COUNTS.items():
        flags = ("strata_collapsed",) if group == "expert" else ()
        found["", group, ""] = Figure(code, "group", group, "", "", base, 1.0, base - 2, base + 2, n, flags)
    lower, upper = rank or (None, None)
    found["", "", ""] = Figure(
        code,
        "index",
        "",
        "",
        "",
        base,
        1.0,
        base - 2,
        base + 2,
        607,
        (),
        lower,
        upper,
        0.414 if rank else None,
    )
    return found


def unit(code, name, n):
    return {
        (name, "internal", key): Figure(
            code, "dimension" if key else "group", "internal", key, name, 60.0, 2.0, 56.0, 64.0, n
        )
        for key in ("", *(d.code for d in METHOD.dimensions if d.group == "internal"))
    }


def make(members, figures, *, hidden=(), quotes=None):
    return site_data(
        HEADING, METHOD, members=members, sources=Sources(figures, frozenset(hidden), quotes or {}, {})
    )


def regency(code, **words):
    return Member(code, f"Kabupaten {code}", InstitutionKind.REGENCY, **words)


A, B = regency("a"), regency("b")
BOTH = {"a": figures("a", 72.0, rank=(1, 2)), "b": figures("b", 74.0, rank=(1, 2))}


def by_code(site):
    return {page["code"]: page for page in site["institutions"]}


def numbers(value):
    """Every number anywhere inside."""
    if isinstance(value, dict):
        return [n for each in value.values() for n in numbers(each)]
    if isinstance(value, list):
        return [n for each in value for n in numbers(each)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_a_release_is_plain_data():
    site = make([A, B], BOTH)
    assert json.loads(json.dumps(site)) == site


@pytest.mark.parametrize("status", [s for s in PublicationStatus if s is not PublicationStatus.PUBLISHED])
def test_any_other_status_shows_no_number(status):
    """Loci and drivers would be the easy places to forget."""
    members = [
        regency("a", status=status, reason=Text("Alasan.", "Reason."), loci=(Locus("u", "Dinas", "office"),)),
        B,
    ]
    page = by_code(make(members, {**BOTH, "a": BOTH["a"] | unit("a", "u", 40)}))["a"]
    assert [n for n in numbers(page) if n] == []
    assert page["loci"] == page["drivers"] == []
    assert page["reason"]["en"] == "Reason."


def test_an_institution_below_30_answers_becomes_insufficient():
    few = {("", "", ""): replace(BOTH["a"]["", "", ""], n=29)}
    page = by_code(make([A, B], {**BOTH, "a": BOTH["a"] | few}))["a"]
    assert page["status"] == "insufficient_sample"
    assert page["reason"]["id"].startswith("Jawaban")
    assert [n for n in numbers(page) if n] == []


def test_an_institution_whose_index_is_withheld_shows_nothing_else_either():
    page = by_code(make([A, B], BOTH, hidden=[row_id("a", "", "")]))["a"]
    assert page["status"] == "insufficient_sample"
    assert [n for n in numbers(page) if n] == []


def test_a_hidden_row_takes_all_its_dimensions_with_it():
    """DSC-3: the group mean could be solved from its dimensions, or the other way round."""
    page = by_code(make([A, B], BOTH, hidden=[row_id("a", "", "expert")]))["a"]
    assert {row["group"] for row in page["dimensions"] if not row["cell"]["shown"]} == {"expert"}
    assert [row["cell"]["shown"] for row in page["groups"] if row["group"] == "expert"] == [False]
    assert "expert" not in {part["group"] for part in page["drivers"]}


def test_a_hidden_row_does_not_enter_the_mean_others_are_compared_with():
    """With two institutions, the mean and one value give the other."""
    page = by_code(make([A, B], BOTH, hidden=[row_id("a", "", "expert")]))["b"]
    assert "expert" not in {part["group"] for part in page["drivers"]}


def test_drivers_are_against_the_mean_of_published_institutions_of_the_set():
    province = Member("p", "Provinsi P", InstitutionKind.PROVINCE)
    withheld = regency("c", status=PublicationStatus.SECURITY)
    site = make([A, B, province, withheld], {**BOTH, "p": figures("p", 10.0), "c": figures("c", 10.0)})
    pages = by_code(site)
    assert {part["mean"] for part in pages["a"]["drivers"]} == {73.0}
    assert sum(part["points"] for part in pages["a"]["drivers"]) == pytest.approx(-1, abs=0.5)
    assert pages["p"]["drivers"] == []


def test_regencies_and_cities_are_one_set_and_a_province_alone_has_no_place():
    city, province = (
        Member("k", "Kota K", InstitutionKind.CITY),
        Member("p", "Provinsi P", InstitutionKind.PROVINCE),
    )
    site = make(
        [A, city, province],
        {
            "a": figures("a", 72, rank=(1, 2)),
            "k": figures("k", 73, rank=(1, 2)),
            "p": figures("p", 70, rank=(1, 1)),
        },
    )
    pages = by_code(site)
    assert (pages["a"]["rank_lower"], pages["a"]["rank_upper"], pages["a"]["rank_set_size"]) == (1, 2, 2)
    assert pages["a"]["p_top3"] == "41"
    assert (pages["p"]["rank_lower"], pages["p"]["rank_set_size"], pages["p"]["p_top3"]) == (None, 0, "")


def test_a_unit_is_withheld_as_a_whole_row():
    """One dimension with 9 answers withholds the other dimensions of that unit too."""
    thin = unit("a", "u", 40)
    thin["u", "internal", "hr"] = replace(thin["u", "internal", "hr"], n=9)
    members = [regency("a", loci=(Locus("u", "Dinas", "office"), Locus("v", "Badan", "office")))]
    rows = by_code(make(members, {"a": BOTH["a"] | thin | unit("a", "v", 40)}))["a"]["loci"]
    assert [[cell["shown"] for cell in row["cells"]] for row in rows] == [[False] * 8, [True] * 8]


def test_a_locus_without_any_answer_is_withheld_like_every_other():
    page = by_code(make([regency("a", loci=(Locus("u", "Dinas", "office"),))], BOTH))["a"]
    assert [cell["shown"] for cell in page["loci"][0]["cells"]] == [False] * 8


def test_the_shared_mean_of_experts_is_marked():
    shared = {row["group"]: row["shared"] for row in by_code(make([A, B], BOTH))["a"]["groups"]}
    assert shared == {"internal": False, "external": False, "expert": True}


def test_degrees_of_freedom_and_exact_counts_appear_nowhere():
    found = numbers(make([A, B], BOTH))
    assert 607 not in found
    assert 343 not in found


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "< 1"), (0.004, "< 1"), (0.415, "42"), (0.996, "> 99"), (1.0, "> 99")]
)
def test_a_chance_is_never_nothing_or_everything(share, words):
    sure = {("", "", ""): replace(BOTH["a"]["", "", ""], p_top3=share)}
    assert by_code(make([A, B], {**BOTH, "a": BOTH["a"] | sure}))["a"]["p_top3"] == words
