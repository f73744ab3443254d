"""What every sampled unit moves the index by: one number each, all that a bootstrap has to know (EST-14)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bening.core.estimate.bootstrap import replicates_by_institution
from bening.core.estimate.cells import block, cell_sums, centres, spans
from bening.core.estimate.fold import fold
from bening.core.estimate.index import dimension_weights, lay_out, listed, sampled
from bening.core.estimate.parts import Rows, parts_of
from bening.core.estimate.plan import Plan
from bening.core.estimate.scores import scorers
from bening.core.kinds import Answers, Floats, Frame, Ints, Method

Sample = tuple[Floats, Ints, Floats]  # influence (n,), stratum (n,), sampling units of each stratum (H,)


@dataclass(frozen=True, slots=True)
class Influences:
    """Independent samples by name, and those that the index of each institution is made of.

    An institution has one sample of its own for all groups; a stratum that several share is one more. Persons
    are the sampling units, or PSUs where those were drawn. `lonely` cannot be resampled: a stratum of theirs
    has one unit that is not all there is.
    """

    samples: Mapping[str, Sample]
    made_of: Mapping[str, tuple[str, ...]]
    lonely: tuple[str, ...]


def influences(method: Method, answers: Answers, frame: Frame) -> Influences:
    """EST-14: u of every sampling unit about the index, points; EST-2 of u is the variance of the index."""
    answers, frame = sampled(method, answers), listed(method, frame)
    parts, rows = parts_of(answers)
    layout = lay_out(method, parts, frame, weighted=answers.weight is not None)
    strata = layout.joined.strata
    found: dict[str, list[Sample]] = {}
    for made in layout.plans:
        u, stratum = _linear(method, made, rows, answers)
        cells = [
            strata.institutions[who] if shared < 0 else f"|{made.group}|{strata.labels[strata.label[shared]]}"
            for who, shared in zip(made.cell_institution, made.cell_stratum, strict=True)
        ]
        for cell, sample in _by_cell(made, u * method.groups[made.group], stratum):
            found.setdefault(cells[cell], []).append(sample)
    samples = {name: _together(several) for name, several in found.items()}
    made_of: dict[str, tuple[str, ...]] = {name: (name,) for name in samples if not name.startswith("|")}
    for institution, shared in layout.joined.leaning:
        name = strata.institutions[institution]
        leans = f"|{strata.groups[strata.group[shared]]}|{strata.labels[strata.label[shared]]}"
        if leans in samples:
            made_of[name] = (*made_of.get(name, ()), leans)
    alone = {name for name, sample in samples.items() if _lonely(sample)}
    lonely = tuple(name for name, of in made_of.items() if alone & set(of))
    return Influences(samples, made_of, lonely)


def index_replicates(made: Influences, seed: bytes, *, draws: int) -> dict[str, Floats]:
    """Deviations (draws,) of the index of each institution that can be resampled (EST-14).

    Institutions that lean on one stratum move together, as they do in `contest`.
    """
    wanted = {name: of for name, of in made.made_of.items() if name not in made.lonely}
    needed = {name: made.samples[name] for of in wanted.values() for name in of}
    drawn = replicates_by_institution(needed, seed, draws=draws)
    return {name: np.sum([drawn[each] for each in of], axis=0) for name, of in wanted.items()}


def _linear(method: Method, made: Plan, rows: Rows, answers: Answers) -> tuple[Floats, Ints]:
    """u of the sampling units of one group about the group's score, and the stratum of each."""
    weights, reweight = dimension_weights(method, made.group), method.missing == "reweight"
    columns = scorers(method, made.group, answers.items)
    blocks = []
    for span in spans(made):
        scored = block(made, rows, columns, answers.weight, span)
        local = made.cell[span] - made.cell[span][0]
        centre = centres(cell_sums(scored), local, int(local[-1]) + 1, weights, reweight=reweight)
        seen = centre.weighted[local]
        factor = np.divide(
            scored.base[:, None] * centre.share[local], seen, out=np.zeros(seen.shape), where=seen > 0
        )
        u = np.zeros(int(scored.lengths.sum()))
        for d, (score, counts) in enumerate(zip(scored.score, scored.counts, strict=True)):
            off = (score - np.repeat(centre.mean[local, d], scored.lengths)) * counts
            u += off * np.repeat(factor[:, d], scored.lengths)
        blocks.append(u if scored.weight is None else u * scored.weight)
    pool = np.repeat(made.design.pool, made.n)
    stratum = made.design.pool_stratum[pool]
    every, clustered = np.concatenate(blocks), made.design.clustered[stratum]
    if not clustered.any():
        return every, stratum
    of, size = pool[clustered], len(made.design.pool_stratum)
    heads = np.unique(of)
    return (
        np.concatenate([every[~clustered], fold(every[clustered], of, size)[heads]]),
        np.concatenate([stratum[~clustered], made.design.pool_stratum[heads]]),
    )


def _by_cell(made: Plan, u: Floats, stratum: Ints) -> list[tuple[int, Sample]]:
    """The sampling units of each cell with its strata numbered from 0."""
    order = np.lexsort((stratum, made.design.stratum_cell[stratum]))
    u, stratum = u[order], stratum[order]
    cell = made.design.stratum_cell[stratum]
    heads = np.flatnonzero(np.diff(cell, prepend=-1))
    samples = []
    for first, last in zip(heads, [*heads[1:], len(cell)], strict=True):
        names, of = np.unique(stratum[first:last], return_inverse=True)
        samples.append((int(cell[first]), (u[first:last], of, made.design.stratum_size[names])))
    return samples


def _together(several: list[Sample]) -> Sample:
    """The groups of one institution as one sample with all their strata."""
    before = np.cumsum([0, *(len(population) for _, _, population in several)])
    return (
        np.concatenate([u for u, _, _ in several]),
        np.concatenate([of + start for (_, of, _), start in zip(several, before, strict=False)]),
        np.concatenate([population for _, _, population in several]),
    )


def _lonely(sample: Sample) -> bool:
    """Whether a stratum has one sampling unit that is not all there is."""
    _, of, population = sample
    return bool(((np.bincount(of, minlength=len(population)) == 1) & (population > 1)).any())
