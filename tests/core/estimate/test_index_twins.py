"""The fast index and the literal one agree on every number of small random rounds (EST-1 to EST-5, EST-9)."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bening.core.estimate import coded, codes_of, index, likert
from bening.core.kinds import MISSING, NOT_ASKED, Answers, Frame, Group, Item
from tests.core.estimate.rounds import method, row
from tests.oracles import naive

DIMENSIONS = {"d1": Fraction(1, 4), "d2": Fraction(3, 4)}
ITEMS = {"q1": "d1", "q2": "d1", "q3": "d1", "q4": "d2"}
GROUPS = ("internal", "expert")
SCORES = (*likert(4, reverse=True), ("98", None))


@st.composite
def people(draw, staged):
    """Some people of two institutions, with gaps in their answers."""
    made = []
    for _ in range(draw(st.integers(1, 18))):
        codes = {q: draw(st.sampled_from(("1", "2", "3", "4", "98", "", "not asked"))) for q in ITEMS}
        made.append(
            (
                draw(st.sampled_from("AB")),
                draw(st.sampled_from(GROUPS)),
                draw(st.sampled_from("st")),
                draw(st.sampled_from("pqr")) if staged else "",
                draw(st.sampled_from(("u", "v", ""))),
                codes,
            )
        )
    return made


def fraction(code):
    if code in ("", "98"):
        return "missing"
    return code if code == "not asked" else Fraction(100 * (4 - int(code)), 3)


def column(made, item):
    """The answers to one item as the shipped twin wants them."""
    number = {code: place for place, code in enumerate(codes_of(item))} | {
        "": MISSING,
        "not asked": NOT_ASKED,
    }
    return np.array([number[person[5][item.id]] for person in made], np.uint8)


def shipped(made, sizes, weights, missing):
    """Both twins' input for `index`: PSU sizes where `sizes` is a pair."""
    items = tuple(Item(q, Group(g), d, scores=SCORES) for g in GROUPS for q, d in ITEMS.items())
    shares = [(g, d, float(w)) for g in GROUPS for d, w in DIMENSIONS.items()]
    population, psus, psu_population = sizes
    keys = sorted({person[:4] if psus else (*person[:3], "") for person in made})
    listed = [coded(names) for names in zip(*keys, strict=True)]
    frame = Frame(
        listed[0],
        listed[1],
        listed[2],
        np.array([psu_population[key] if psus else population[key[:3]] for key in keys]),
        psu=listed[3] if psus else None,
        psus=np.array([psus[key[:3]] for key in keys]) if psus else None,
    )
    answers = Answers(
        *(coded([person[k] for person in made]) for k in range(3)),
        {item.id: column(made, item) for item in items},
        unit=coded([person[4] for person in made]),
        psu=coded([person[3] for person in made]) if psus else None,
        weight=None if weights is None else np.array([float(w) for w in weights]),
    )
    return index(method({"internal": 0.5, "expert": 0.5}, shares, items, missing), answers, frame)


def literal(made, sizes, weights, missing):
    """Estimates of the naive twin by (institution, unit, group, dimension)."""
    population, psus, psu_population = sizes
    found = {}
    for place in sorted({person[:2] for person in made}):
        rows = [k for k, person in enumerate(made) if person[:2] == place]
        everybody = [
            naive.Person(
                *made[k][:5],
                weight=None if weights is None else weights[k],
                scores={d: [fraction(made[k][5][q]) for q in ITEMS if ITEMS[q] == d] for d in DIMENSIONS},
            )
            for k in rows
        ]
        known = [
            {key[2]: size for key, size in table.items() if key[:2] == place} for table in (population, psus)
        ] + [{key[2:]: size for key, size in psu_population.items() if key[:2] == place}]
        for unit in {"", *(person.unit for person in everybody)}:
            numbers = naive.group_estimate(
                everybody,
                lambda p, unit=unit: unit in ("", p.unit),
                DIMENSIONS,
                *known,
                reweight=missing == "reweight",
            )
            found |= {(place[0], unit, place[1], d): line for d, line in numbers.items()}
    return found


@given(st.data())
def test_every_group_and_dimension_agrees(data):
    """Value, both standard errors, df and n; with gaps, units, PSUs, own weights and both rules for gaps."""
    staged, missing = data.draw(st.booleans()), data.draw(st.sampled_from(("withhold", "reweight")))
    made = data.draw(people(staged))
    more = st.integers(0, 3)
    strata = sorted({person[:3] for person in made})
    clusters = sorted({person[:4] for person in made})
    psu_population = (
        {key: sum(p[:4] == key for p in made) + data.draw(more) for key in clusters} if staged else {}
    )
    psus = {key: sum(c[:3] == key for c in clusters) + data.draw(more) for key in strata} if staged else {}
    population = {key: sum(p[:3] == key for p in made) + data.draw(more) for key in strata}
    weights = [Fraction(data.draw(st.integers(1, 40)), 4) for _ in made] if data.draw(st.booleans()) else None
    sizes = (population, psus, psu_population)
    fast, slow = shipped(made, sizes, weights, missing), literal(made, sizes, weights, missing)
    named = {(place, unit, group) for place, unit, group, _ in slow}
    for place, unit, group in named:
        for d in (*DIMENSIONS, None):
            level = "group" if d is None else "dimension"
            got = row(fast, level, institution=place, unit=unit, group=group, dimension=d or "")
            line = slow.get((place, unit, group, d))
            assert (got is None) == (line is None)
            if line is not None:
                compare(got, line)


def compare(got, line):
    """One row against the literal numbers, where no rule for a missing variance replaces them."""
    value, with_fpc, without, df, n = line
    assert_allclose(got["estimate"], float(value), atol=1e-9)
    assert got["n"] == n
    if df >= 1 and without > 1e-12:
        assert_allclose(got["df"], df)
        assert_allclose(got["se"] ** 2, float(with_fpc), atol=1e-9)
        assert_allclose(got["se_repeat"] ** 2, float(without), atol=1e-9)
