"""What the index does with the hard cases of real rounds (EST-2, 4, 5, 9, 10, WGT-1)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bening.core.estimate import (
    Cells,
    Units,
    added,
    cells,
    centres,
    coded,
    contest,
    deducted,
    dimension_weights,
    finish,
    index,
    lay_out,
    parts_of,
    select,
)
from bening.core.estimate.cells import block, cell_sums, sums
from bening.core.estimate.parts import Rows
from bening.core.estimate.scores import scorers
from bening.core.estimate.tables import keep_rows
from bening.core.kinds import FLAGS, Group, PublicationStatus
from bening.core.problems import Refused
from tests.core.estimate.rounds import answers, frame, method, row

ONE = method({"internal": 1.0}, [("internal", "d", 1.0)])
TWO = method({"internal": 0.6, "expert": 0.4}, [("internal", "d", 1.0), ("expert", "e", 1.0)])


def flags(line):
    return {word for place, word in enumerate(FLAGS) if int(line["flags"]) >> place & 1}


def people(institution, group, stratum, scores, unit=""):
    return [((institution, group, stratum, unit), score) for score in scores]


def round_of(rows, strata, made=ONE, item="d", **more):
    items = {"d": [score for _, score in rows], "e": [score for _, score in rows]}
    needed = {item.id for item in made.items}
    kept = {name: np.array(column, float) for name, column in items.items() if name in needed}
    return index(made, answers([place for place, _ in rows], kept), frame(strata), **more)


def test_one_group_with_all_the_weight_is_the_index():
    """Property 1: a composite of one source is that source."""
    made = round_of(people("A", "internal", "s", [40, 60, 70, 90, 65, 80]), [("A", "internal", "s", 50)])
    whole, group = row(made), row(made, "group", group="internal")
    for name in ("estimate", "se", "df", "lower", "upper", "se_repeat", "n"):
        assert_allclose(whole[name], group[name], rtol=1e-12)


@given(st.randoms(use_true_random=False), st.floats(0.1, 10))
def test_row_order_and_the_scale_of_weights_change_nothing(shuffle, scale):
    """Property 1."""
    rows = people("A", "internal", "s", [40, 60, 70, 90], "u") + people(
        "A", "internal", "t", [20, 30, 95.5], "v"
    )
    rows += people("B", "internal", "s", [10, 50, 55], "u")
    strata = [("A", "internal", "s", 9), ("A", "internal", "t", 5), ("B", "internal", "s", 40)]
    weight = np.array([1.0, 2, 3, 4, 5, 6, 7, 1.5, 1.5, 4])
    order = list(range(len(rows)))
    shuffle.shuffle(order)

    def made(places, weights):
        scores = {"d": np.array([rows[k][1] for k in places], float)}
        return index(
            ONE, answers([rows[k][0] for k in places], scores, weight=weights[places]), frame(strata)
        )

    first, second = made(list(range(len(rows))), weight), made(order, weight * scale)
    for institution in "AB":
        for unit in ("", "u"):
            one, other = (
                row(m, "group", institution=institution, unit=unit, group="internal") for m in (first, second)
            )
            assert_allclose(list(one.values()), list(other.values()), rtol=1e-12)


def test_a_census_has_no_error_this_year_and_one_for_a_repetition():
    """Property 2: full response with fpc gives 0, without fpc more, and both statements are due (flag
    fpc)."""
    line = row(round_of(people("A", "internal", "s", [40, 60, 80, 90, 65]), [("A", "internal", "s", 5)]))
    assert line["se"] == 0
    assert line["lower"] == line["upper"] == line["estimate"]
    assert line["se_repeat"] > 0
    assert flags(line) == {"fpc"}


def test_a_census_of_equal_answers_is_certain_this_year_only():
    """EST-2: V = 0 is right with everybody, and still no promise for a repetition."""
    rows = people("A", "internal", "s", [75.0] * 8) + people("B", "internal", "s", [60, 70, 90, 65, 75])
    made = round_of(rows, [("A", "internal", "s", 8), ("B", "internal", "s", 80)])
    line = row(made, institution="A")
    assert (line["se"], line["lower"], line["upper"]) == (0, 75, 75)
    assert line["se_repeat"] > 0
    assert flags(line) == {"fpc", "zero_variance", "pooled_variance"}


def test_the_only_expert_there_is_adds_no_error_this_year():
    """EST-10: a stratum of one who answered is certainty; a repetition borrows the spread of the others."""
    rows = people("A", "internal", "s", range(40, 80)) + people("A", "expert", "x", [70])
    rows += people("B", "internal", "s", range(40, 80)) + people("B", "expert", "x", [60, 70, 90, 65, 75])
    strata = [("A", "internal", "s", 100), ("A", "expert", "x", 1)]
    strata += [("B", "internal", "s", 100), ("B", "expert", "x", 30)]
    made = round_of(rows, strata, TWO)
    internal = row(made, "group", institution="A", group="internal")
    line = row(made, institution="A")
    assert_allclose(line["se"], 0.6 * internal["se"], rtol=1e-12)
    assert line["se_repeat"] > 0.6 * internal["se_repeat"]


def test_a_unit_that_is_everybody_equals_the_institution():
    """Property 2: EST-9 with the domain of all is EST-2."""
    made = round_of(people("A", "internal", "s", [40, 60, 80, 90, 65], "u"), [("A", "internal", "s", 9)])
    whole, unit = row(made, "group", group="internal"), row(made, "group", unit="u", group="internal")
    assert_allclose(list(whole.values()), list(unit.values()), rtol=1e-12)


def test_without_gaps_dimensions_make_row_composites():
    """EST-4: no missing answers, and the group is EST-1 on each person's weighted score."""
    made = method({"internal": 1.0}, [("internal", "d", 0.25), ("internal", "e", 0.75)])
    d, e = np.array([40.0, 60, 80, 95, 10]), np.array([55.0, 20, 35, 90, 70])
    rows = [("A", "internal", "s", "")] * 5
    both = index(made, answers(rows, {"d": d, "e": e}), frame([("A", "internal", "s", 30)]))
    alone = index(ONE, answers(rows, {"d": 0.25 * d + 0.75 * e}), frame([("A", "internal", "s", 30)]))
    found, expected = (row(m, "group", group="internal") for m in (both, alone))
    assert_allclose(list(found.values()), list(expected.values()), rtol=1e-12)


def test_a_required_group_without_answers_leaves_no_index():
    """EST-5: no number, a status and the reason, never NaN."""
    strata = [("A", "internal", "s", 90), ("A", "expert", "x", 12)]
    made = round_of(people("A", "internal", "s", range(40, 75)), strata, TWO)
    assert row(made) is None
    assert made.status["A"] == PublicationStatus.INSUFFICIENT_SAMPLE
    assert [(node.level, node.group, node.reason) for node in made.missing] == [
        ("group", "expert", "no_answers"),
        ("index", "expert", "missing_group"),
    ]
    assert [(gap.stratum, gap.population) for gap in made.uncovered] == [("x", 12)]
    assert np.isfinite(made.estimate).all()


def test_thirty_answers_make_an_institution_sufficient():
    for n, status in ((29, PublicationStatus.INSUFFICIENT_SAMPLE), (30, PublicationStatus.PUBLISHED)):
        made = round_of(people("A", "internal", "s", 50 + np.arange(n)), [("A", "internal", "s", 900)])
        assert made.status["A"] == status


def test_a_dimension_nobody_answered_withholds_its_group():
    """EST-4: its weight is not handed to the others silently; only a method that says so does that."""
    parts = [("internal", "d", 0.5), ("internal", "e", 0.5)]
    rows = [("A", "internal", "s", "")] * 6
    items = {"d": np.array([40.0, 60, 80, 70, 50, 65]), "e": np.full(6, np.nan)}
    strict, loose = (
        index(
            method({"internal": 1.0}, parts, missing=rule),
            answers(rows, items),
            frame([("A", "internal", "s", 60)]),
        )
        for rule in ("withhold", "reweight")
    )
    assert row(strict) is None
    assert [(node.level, node.dimension, node.reason) for node in strict.missing] == [
        ("dimension", "e", "no_answers"),
        ("group", "", "missing_dimension"),
        ("index", "", "missing_group"),
    ]
    assert_allclose(row(loose)["estimate"], items["d"].mean())
    assert row(strict, "dimension", group="internal", dimension="d")["n"] == 6


def test_a_single_expert_borrows_the_variance_of_the_type():
    """EST-5: V(I) is unknown, not smaller. The expert mean itself stands without an interval."""
    rows = people("A", "internal", "s", range(40, 80)) + people("A", "expert", "x", [70])
    rows += people("B", "internal", "s", range(40, 80)) + people("B", "expert", "x", [60, 70, 90, 65, 75])
    strata = [(i, g, s, 100) for i in "AB" for g, s in (("internal", "s"), ("expert", "x"))]
    made = round_of(rows, strata, TWO)
    lone, expert = row(made, institution="A"), row(made, "group", institution="A", group="expert")
    assert np.isnan(expert["se"])
    assert flags(expert) == {"no_interval"}
    assert flags(lone) == {"pooled_variance"}
    other = row(made, "group", institution="B", group="expert")
    internal = row(made, "group", institution="A", group="internal")
    borrowed = other["se_repeat"] ** 2 * other["n_eff"]
    assert_allclose(lone["se_repeat"] ** 2, 0.36 * internal["se_repeat"] ** 2 + 0.16 * borrowed, rtol=1e-12)
    assert lone["se"] > row(made, institution="B")["se"]


def test_variances_are_borrowed_inside_a_type_only():
    """EST-5: with no other institution of its type the error of the index stays unknown."""
    rows = people("A", "internal", "s", range(40, 80)) + people("A", "expert", "x", [70])
    rows += people("B", "internal", "s", range(40, 80)) + people("B", "expert", "x", [60, 70, 90, 65, 75])
    strata = [(i, g, s, 100) for i in "AB" for g, s in (("internal", "s"), ("expert", "x"))]
    made = round_of(rows, strata, TWO, kinds={"A": "city", "B": "regency"})
    line = row(made, institution="A")
    assert np.isnan(line["se"])
    assert "no_interval" in flags(line)
    assert contest(made).unranked == ("A",)
    assert contest(made).institutions == ("B",)


def test_equal_answers_do_not_mean_certainty():
    """EST-2: everybody gave the same score without a census; the pooled spread stands in."""
    rows = people("A", "internal", "s", [75.0] * 8) + people("B", "internal", "s", [60, 70, 90, 65, 75, 80])
    made = round_of(rows, [("A", "internal", "s", 80), ("B", "internal", "s", 80)])
    line, other = row(made, institution="A"), row(made, institution="B")
    assert flags(line) == {"zero_variance", "pooled_variance"}
    pooled = (5 * other["se_repeat"] ** 2 * 6) / (7 + 5)
    assert_allclose(line["se"] ** 2, pooled / 8, rtol=1e-12)
    alone = row(round_of(rows[:8], [("A", "internal", "s", 80)]))
    assert np.isnan(alone["se"])
    assert flags(alone) == {"zero_variance", "no_interval"}


def test_all_at_the_top_have_a_lower_limit():
    """EST-7: 100 of 100 from ten people says less than from a thousand."""
    made = round_of(people("A", "internal", "s", [100.0] * 10), [("A", "internal", "s", 800)])
    line = row(made, "group", group="internal")
    assert line["upper"] == 100
    assert_allclose(line["lower"], 100 * 0.025 ** (1 / 10), rtol=1e-12)


def test_below_four_degrees_of_freedom_there_is_no_interval():
    line = row(round_of(people("A", "internal", "s", [40, 60, 80, 90]), [("A", "internal", "s", 80)]))
    assert np.isfinite(line["se"])
    assert np.isnan(line["lower"])
    assert flags(line) == {"no_interval"}


def test_lonely_strata_merge_where_a_parent_is_declared():
    """EST-10: first the declared parent, then adjustment; an empty sibling is covered by the merger
    (WGT-1)."""
    rows = people("A", "internal", "s", [40, 60, 80]) + people("A", "internal", "t", [90])
    places, scores = [place for place, _ in rows], {"d": np.array([score for _, score in rows], float)}
    strata = [("A", "internal", "s", 30), ("A", "internal", "t", 10), ("A", "internal", "u", 20)]
    joined = index(ONE, answers(places, scores), frame(strata, parent=coded(["p"] * 3)))
    apart = index(ONE, answers(places, scores), frame(strata))
    assert flags(row(joined)) == {"strata_collapsed", "no_interval"}
    assert flags(row(apart)) == {"lonely_adjusted", "no_interval"}
    assert_allclose(row(joined)["estimate"], np.mean(scores["d"]))
    assert_allclose(row(apart)["estimate"], (30 * 60 + 10 * 90) / 40)
    assert [gap.stratum for gap in apart.uncovered] == ["u"]
    assert joined.uncovered == ()
    assert row(joined)["population"] == 60
    assert row(joined)["df"] == 3


def test_a_frame_may_mix_strata_of_persons_and_of_psus():
    """EST-3, WGT-1: in s two of four offices and then people were drawn, in t people; both beside another."""
    rows = people("A", "internal", "s", [40, 60, 70, 80, 50]) + people("A", "internal", "t", [90, 70, 65])
    table = answers(
        [place for place, _ in rows],
        {"d": np.array([score for _, score in rows], float)},
        psu=coded(["p", "p", "q", "q", "q", "", "", ""]),
    )
    listed = [("A", "internal", "s", 8), ("A", "internal", "s", 12), ("A", "internal", "t", 30)]
    strata = frame(listed, psu=coded(["p", "q", ""]), psus=np.array([4, 4, 0]))
    line = row(index(ONE, table, strata))
    weight = np.array([8.0, 8, 8, 8, 8, 10, 10, 10])  # 4/2 · 8/2, 4/2 · 12/3, 30/3
    assert_allclose(line["estimate"], (weight * table.items["d"]).sum() / weight.sum())
    assert (line["population"], line["df"]) == (70, 3)
    whole = row(index(ONE, table, frame(listed, psu=coded(["p", "q", ""]))))
    assert whole["population"] == 50
    nobody = frame([("A", "internal", "x", 1)])
    with pytest.raises(Refused, match="ESTIMATE-103"):
        index(ONE, table, keep_rows(nobody, np.zeros(1, bool)))


def test_a_shared_expert_stratum_stands_in_for_each_and_binds_them():
    """EST-5: experts of a province without institution; the same number in both indices is a covariance."""
    rows = people("A", "internal", "s", range(40, 80)) + people("B", "internal", "s", range(30, 90, 2))
    rows += people("", "expert", "prov", [60, 70, 90, 65, 75, 55])
    strata = [("A", "internal", "s", 90), ("B", "internal", "s", 90)]
    strata += [("A", "expert", "prov", 9), ("B", "expert", "prov", 11)]
    made = round_of(rows, strata, TWO)
    experts = [row(made, "group", institution=i, group="expert") for i in "AB"]
    assert experts[0] == experts[1]
    assert experts[0]["population"] == 20
    assert "strata_collapsed" in flags(row(made, institution="A"))
    shared = contest(made)
    assert_allclose(shared.covariance[0, 1], 0.16 * experts[0]["se_repeat"] ** 2, rtol=1e-12)
    assert_allclose(
        np.sqrt(np.diag(shared.covariance)), [row(made, institution=i)["se_repeat"] for i in "AB"]
    )
    assert_allclose(shared.value, [row(made, institution=i)["estimate"] for i in "AB"])
    assert made.uncovered == ()


def test_a_shared_stratum_may_stand_beside_clusters():
    """EST-3, EST-5: experts without institution, and insiders drawn by offices, in one frame."""
    rows = people("A", "internal", "s", [40, 60, 70, 80]) + people("B", "internal", "s", [50, 55, 90, 70])
    rows += people("", "expert", "x", [60, 70, 80])
    table = answers(
        [place for place, _ in rows],
        {"d": np.array([score for _, score in rows], float)},
        psu=coded([*"ppqqppqq", "", "", ""]),
    )
    listed = [(who, "internal", "s", 10) for who in "AABB"] + [(who, "expert", "x", 40) for who in "AB"]
    strata = frame(listed, psu=coded([*"pqpq", "", ""]), psus=np.array([4, 4, 4, 4, 0, 0]))
    two = method({"internal": 0.5, "expert": 0.5}, [("internal", "d", 1.0), ("expert", "d", 1.0)])
    made = index(two, table, strata)
    assert made.missing == ()
    experts = (made.level.codes == 1) & (np.array(made.group.names)[made.group.codes] == "expert")
    assert_allclose(made.estimate[experts], [70, 70])
    with pytest.raises(Refused, match=r"ESTIMATE-146.*PSU r"):
        index(two, replace(table, psu=coded([*"rpqqppqq", "", "", ""])), strata)


def test_own_answers_beside_a_shared_stratum_are_refused():
    rows = people("A", "expert", "own", [50, 60]) + people("", "expert", "prov", [60, 70])
    with pytest.raises(Refused, match="ESTIMATE-107"):
        round_of(
            rows,
            [("A", "expert", "own", 9), ("A", "expert", "prov", 9)],
            method({"expert": 1.0}, [("expert", "d", 1.0)]),
        )


@pytest.mark.parametrize(
    ("rows", "strata", "code"),
    [
        (people("A", "internal", "x", [50]), [("A", "internal", "s", 9)], "ESTIMATE-103"),
        (people("", "internal", "x", [50]), [("A", "internal", "s", 9)], "ESTIMATE-103"),
        (people("A", "internal", "s", [50] * 4), [("A", "internal", "s", 3)], "ESTIMATE-104"),
        (people("", "internal", "s", [50]), [("", "internal", "s", 9)], "ESTIMATE-109"),
        (people("A", "external", "s", [50] * 4), [("A", "internal", "s", 9)], "ESTIMATE-105"),
        (people("A", "internal", "s", [101]), [("A", "internal", "s", 9)], "ESTIMATE-111"),
    ],
)
def test_rounds_that_do_not_fit_are_refused(rows, strata, code):
    with pytest.raises(Refused, match=code):
        round_of(rows, strata)


def test_a_method_without_a_column_or_answers_is_refused():
    rows = [("A", "internal", "s", "")]
    with pytest.raises(Refused, match="ESTIMATE-112"):
        index(ONE, answers(rows, {}), frame([("A", "internal", "s", 9)]))
    nobody = answers(rows, {"d": np.zeros(1)})
    with pytest.raises(Refused, match="ESTIMATE-101"):
        index(ONE, select(nobody, np.zeros(1, bool)), frame([("A", "internal", "s", 9)]))
    with pytest.raises(Refused, match="ESTIMATE-108"):
        index(ONE, answers(rows, {"d": np.ones(1)}, weight=np.zeros(1)), frame([("A", "internal", "s", 9)]))


def test_visitors_are_nobody():
    """They come by themselves: never pooled with those who were drawn."""
    rows = people("A", "internal", "s", [40, 60, 80, 90, 65, 70])
    strata = [("A", "internal", "s", 50)]
    alone = round_of(rows, strata)
    visited = round_of(rows + people("A", "visitor", "v", [0, 0, 0]), [*strata, ("A", "visitor", "v", 0)])
    assert row(alone) == row(visited)


def test_two_halves_of_the_cells_add_up_and_finish_the_same():
    """The small tables are plain sums: any engine, any cut of the rows."""
    rng = np.random.default_rng(3)
    rows = [("AB"[rng.integers(2)], "internal", "st"[rng.integers(2)], "") for _ in range(200)]
    rows = [rows[k] for k in sorted(range(200), key=lambda k: rows[k])]
    table = answers(rows, {"d": rng.uniform(0, 100, 200)})
    strata = frame([(i, "internal", s, 900) for i in "AB" for s in "st"])
    parts, places = parts_of(table)
    layout = lay_out(ONE, parts, strata, weighted=False)
    (plan,) = layout.plans
    ready = scorers(ONE, Group.INTERNAL, table.items)
    whole = cell_sums(block(plan, places, ready, None, slice(0, 4)))
    middle = (places.starts[:-1] + places.starts[1:]) // 2
    halves = []
    for odd in (False, True):
        mine = np.concatenate(
            [
                np.arange(a, m) if not odd else np.arange(m, b)
                for a, m, b in zip(places.starts[:-1], middle, places.starts[1:], strict=True)
            ]
        )
        sizes = places.starts[1:] - middle if odd else middle - places.starts[:-1]
        halves.append(
            cell_sums(block(plan, Rows(mine, np.append(0, np.cumsum(sizes))), ready, None, slice(0, 4)))
        )
    for name in whole.__slots__:
        assert_allclose(getattr(added(*halves), name), getattr(whole, name), rtol=1e-12)
    tables = {
        Group.INTERNAL: sums(
            plan, places, ready, dimension_weights(ONE, Group.INTERNAL), None, reweight=False
        )
    }
    assert row(finish(ONE, layout, tables), institution="B") == row(
        index(ONE, table, strata), institution="B"
    )


def test_any_engine_that_fills_the_two_tables_gives_the_same_result():
    """The recipe of docs/methods/estimation.md with loops in place of a database; weights and gaps."""
    rng = np.random.default_rng(9)
    made = method({"internal": 1.0}, [("internal", "d", 0.25), ("internal", "e", 0.75)])
    rows = [(i, "internal", s, u) for i in "AB" for s in "st" for u in "uv" for _ in range(4)]
    scores = {name: np.where(rng.random(32) < 0.2, np.nan, rng.uniform(0, 100, 32)) for name in "de"}
    table = answers(rows, scores, weight=rng.uniform(1, 5, 32))
    parts, places = parts_of(table)
    layout = lay_out(made, parts, frame([(i, "internal", s, 90) for i in "AB" for s in "st"]), weighted=True)
    (plan,) = layout.plans
    s = np.nan_to_num(np.stack(list(scores.values()), axis=1))
    o = ~np.isnan(np.stack(list(scores.values()), axis=1))
    w = table.weight[:, None]
    spans = [slice(a, b) for a, b in zip(places.starts[:-1], places.starts[1:], strict=True)]

    def grouped(column):
        return np.stack([column[span].sum(axis=0) for span in spans])

    filled = Cells(
        grouped(table.weight),
        grouped(table.weight**2),
        grouped(o.any(axis=1)),
        grouped(o),
        grouped(w * o),
        grouped(w * o * s),
    )
    units = []
    for of, size in ((plan.cell, 2), (plan.domain, 4)):
        about = centres(filled, of, size, np.array([0.25, 0.75]), reweight=False)
        mine = np.repeat(of, plan.n)
        u = w * o * (s - about.mean[mine]) / about.weighted[mine]
        u = np.column_stack([u, (about.share[mine] * u).sum(axis=1)])
        units += [grouped(u), grouped(u**2)]
    found = finish(made, layout, {Group.INTERNAL: (filled, Units(*units))})
    expected = index(made, table, frame([(i, "internal", s, 90) for i in "AB" for s in "st"]))
    for name in ("estimate", "se", "se_repeat", "df", "n", "n_eff"):
        assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-10)


def test_where_blocks_of_rows_are_cut_changes_no_digit(monkeypatch):
    """A block holds whole institutions, however small it is asked to be."""
    rng = np.random.default_rng(4)
    rows = [(name, "internal", stratum, "") for name in "ABCDE" for stratum in "st" for _ in range(7)]
    table = answers(rows, {"d": rng.uniform(0, 100, len(rows))})
    strata = frame([(name, "internal", stratum, 90) for name in "ABCDE" for stratum in "st"])
    one = index(ONE, table, strata)
    monkeypatch.setattr(cells, "BLOCK", 10)
    two = index(ONE, table, strata)
    assert (one.estimate == two.estimate).all()
    assert (one.se == two.se).all()


def test_deductions_are_constants_and_end_inside_the_scale():
    assert deducted(80.5, {"complaints": 2.0, "cases": 0.25}) == 78.25
    assert deducted(1.0, {"cases": 5.0}) == 0.0
