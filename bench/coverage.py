"""Does what is said about certainty hold: intervals, rank sets, the screen for steering, disclosure control.

Everything is simulated, nothing is measured in seconds; a few minutes on two cores. The country of the
steering screen and the institutions that the disclosure attacker meets are those of the tests.
"""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bening.core.estimate import index, rank_sets
from bening.core.estimate.ranks import ranks
from bening.core.kinds import Answers, Coded, Dimension, Frame, Group, Item, Method, Text
from tests.core.publish.institutions import institution_leaks, pair_leaks
from tests.core.quality.steering import Scenario, flags

SIZES = (5, 6, 7, 8, 10, 12, 16, 20, 30, 50, 100, 200, 300)  # answers of an institution
INSTITUTIONS = 10_000  # of each size: a share of 0.95 is known to ±0.004
SHAPES = ((4.5, 1.5), (3.0, 2.0))  # Beta shapes of scores in two strata: skewed, of different spread
COUNTRIES = 8
TABLES = 200
LEAGUES, LEAGUE, ANSWERS = 1500, 15, 60
BARS = {
    "coverage_min": "≥ 0.935",
    "coverage_max": "≤ 0.965",
    "rank_set_coverage": "≥ 0.95",
    "steering_false_flag": "≤ 0.01",
    "disclosure_leaks": "0",
    "disclosure_teeth": "most",
}


def measure() -> dict[str, float | int | str]:
    """Every figure of the study."""
    with ProcessPoolExecutor() as pool:
        shares = list(watched("intervals", pool.map(covered, *zip(*designs(), strict=True))))
        leagues = list(watched("rank sets", pool.map(league_holds, range(LEAGUES), chunksize=50), every=500))
        honest = list(watched("honest countries", pool.map(honest_flags, range(COUNTRIES))))
        coached = list(watched("coached countries", pool.map(coached_flags, range(COUNTRIES))))
        alone = list(watched("institutions", pool.map(institution, range(TABLES), chunksize=5), every=50))
        pairs = list(watched("pairs of releases", pool.map(pair, range(TABLES), chunksize=5), every=50))
    for (size, kind), share in zip(designs(), shares, strict=True):
        print(f"  n {size:4} {kind:12} {share:.4f}")
    return {
        "coverage_min": min(shares),
        "coverage_max": max(shares),
        "coverage_three_answers_in_a_group": covered(16, "three groups"),
        "rank_set_coverage": float(np.mean(leagues)),
        "steering_false_flag": float(np.mean(honest)),
        "steering_power_60": float(np.mean(coached)),
        "disclosure_leaks": sum(after for _, after in [*alone, *pairs]),
        "disclosure_teeth": float(np.mean([before for before, _ in alone])),
        "disclosure_teeth_pairs": float(np.mean([before for before, _ in pairs])),
    }


def watched(what: str, results: Iterator[Any], every: int = 1) -> Iterator[Any]:
    """Results as they come, with a line now and then."""
    for number, one in enumerate(results, start=1):
        if number % every == 0:
            print(f"  {what}: {number}", file=sys.stderr, flush=True)
        yield one


def designs() -> list[tuple[int, str]]:
    """Sizes and kinds of samples: one group of people, a finite one, and an index of three groups.

    Below twenty answers a group of the index would have three or fewer; that case has a figure of its own.
    """
    composite = [(size, "three groups") for size in SIZES if size >= 20]
    return [*((size, "one group") for size in SIZES), *((size, "finite") for size in SIZES), *composite]


def covered(size: int, kind: str) -> float:
    """The share of institutions whose 95 % interval holds the truth."""
    rng = np.random.default_rng([size, len(kind)])
    return {"one group": endless, "finite": finite, "three groups": composite}[kind](size, rng)


def endless(size: int, rng: np.random.Generator) -> float:
    """One group, a population without end; an even number of answers comes from two strata."""
    shapes = SHAPES[: 2 - size % 2]
    each = size // len(shapes)
    scores = np.stack([100 * rng.beta(*shape, (INSTITUTIONS, each)) for shape in shapes], axis=1)
    truth = 100 * np.mean([a / (a + b) for a, b in shapes])
    return holding({Group.INTERNAL: scores}, {Group.INTERNAL: 10**7}, np.full(INSTITUTIONS, truth))


def finite(size: int, rng: np.random.Generator) -> float:
    """One group of three times as many people as answered; the truth is their own mean."""
    shapes = SHAPES[: 2 - size % 2]
    each = size // len(shapes)
    people = np.stack([100 * rng.beta(*shape, (INSTITUTIONS, 3 * each)) for shape in shapes], axis=1)
    truth = people.mean(axis=(1, 2))
    return holding({Group.INTERNAL: people[:, :, :each]}, {Group.INTERNAL: 3 * each}, truth)


def composite(size: int, rng: np.random.Generator) -> float:
    """An index of three groups with weights 1/2, 3/10 and 1/5; the truth is known."""
    shares = {Group.INTERNAL: (0.5, 0.5), Group.EXTERNAL: (0.3, 0.3), Group.EXPERT: (0.2, 0.2)}
    truth, samples = 0.0, {}
    for number, (group, (weight, share)) in enumerate(shares.items()):
        a, b = (*SHAPES, (2.0, 1.2))[number]
        samples[group] = 100 * rng.beta(a, b, (INSTITUTIONS, 1, max(2, round(size * share))))
        truth += weight * 100 * a / (a + b)
    return holding(samples, dict.fromkeys(samples, 10**7), np.full(INSTITUTIONS, truth))


def holding(samples: dict[Group, NDArray[Any]], people: dict[Group, int], truth: NDArray[Any]) -> float:
    """The share of intervals of `index` that hold the truth; samples are (institution, stratum, person)."""
    weights = dict(zip((Group.INTERNAL, Group.EXTERNAL, Group.EXPERT), (0.5, 0.3, 0.2), strict=True))
    method = one_score({group: weights[group] if len(samples) > 1 else 1.0 for group in samples})
    who, group, stratum, score, frame = [], [], [], [], []
    for place, (name, sample) in enumerate(samples.items()):
        institutions, strata, _ = sample.shape
        at = np.indices(sample.shape).reshape(3, -1)
        who.append(at[0])
        group.append(np.full(sample.size, place))
        stratum.append(at[1])
        score.append(sample.ravel())
        rows = np.indices((institutions, strata)).reshape(2, -1)
        frame.append((rows[0], np.full(len(rows[0]), place), rows[1], np.full(len(rows[0]), people[name])))
    names, labels = tuple(f"i{k}" for k in range(len(truth))), ("s", "t")
    groups = tuple(str(name) for name in samples)
    answers = Answers(
        words(who, names), words(group, groups), words(stratum, labels), {"d": np.concatenate(score)}
    )
    columns = list(zip(*frame, strict=True))
    strata = Frame(
        words(columns[0], names),
        words(columns[1], groups),
        words(columns[2], labels),
        np.concatenate(columns[3]),
    )
    made = index(method, answers, strata)
    whole = made.level.codes == 0
    return float(np.mean((made.lower[whole] < truth) & (truth < made.upper[whole])))


def words(codes: Sequence[NDArray[Any]], names: tuple[str, ...]) -> Coded:
    """Pieces of a column."""
    return Coded(np.concatenate(codes).astype(np.int32), names)


def one_score(weights: dict[Group, float]) -> Method:
    """A method of one score in each group."""
    label = Text("studi", "study")
    return Method(
        id="study",
        edition="",
        profile="study",
        label=label,
        official=False,
        groups=weights,
        dimensions=tuple(Dimension("d", group, label, 1.0) for group in weights),
        indicators=(),
        eligibility={},
        reference="",
        bounds=(),
        missing="withhold",
        correction="none",
        corrections={},
        floors={},
        config={},
        digest="",
        items=tuple(Item("d", group, "d", scale="score") for group in weights),
    )


def league_holds(number: int) -> bool:
    """Whether every rank set of a table of fifteen holds the true place, with estimated standard errors."""
    rng = np.random.default_rng([1, number])
    means, spread = rng.normal(74, 3, LEAGUE), rng.uniform(8, 16, LEAGUE)
    answers = rng.normal(means[:, None], spread[:, None], (LEAGUE, ANSWERS))
    sets = rank_sets(answers.mean(axis=1), answers.var(axis=1, ddof=1) / ANSWERS, rng, draws=2000)
    return all(
        one is not None and one.lower <= place <= one.upper
        for one, place in zip(sets, ranks(means), strict=True)
    )


def honest_flags(number: int) -> float:
    """The share of units flagged in a country where nobody is coached."""
    return float(flags(Scenario("key", 0.0, (6, 40)), np.random.default_rng([2, number]))["clean_flagged"])


def coached_flags(number: int) -> float:
    """The share of coached units found where sixty of a hundred of their people follow a key."""
    return float(flags(Scenario("key", 0.6, (6, 40)), np.random.default_rng([3, number]))["power"])


def institution(number: int) -> tuple[bool, bool]:
    """Whether the attacker derives a small group from one table, before and after protection."""
    before, after, _ = institution_leaks(np.random.default_rng([4, number]))
    return before is not None, after is not None


def pair(number: int) -> tuple[bool, bool]:
    """The same of two overlapping releases, checked alone and together."""
    before, after = pair_leaks(np.random.default_rng([5, number]))
    return before is not None, after is not None
