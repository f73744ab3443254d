"""From signals to leads (QLT-9): who is flagged, and the card that two human reviewers read.

Nothing here takes a point from a score or hides one. A flag is a lead; only people confirm, after a right of
reply, and then change a publication status by a signed decision.
"""

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np

from bening.core.kinds import Agreement, Evidence, Group, PublicationStatus, Signal, SignalFamily, Text
from bening.core.quality.agreement import coached_share_least
from bening.core.quality.false_discovery import false_discovery
from bening.core.quality.signs import MISSING, Codes

LEVEL = 0.01  # q of a unit's flag, p of a family that agrees
FAMILIES = 2  # different families an institution's flag needs
NEAR = 0.9  # of the items answered the unit's most common way
LEAST_SAMPLE = 30  # answers of an institution

COMPARED = Text(
    "{alike} dari {n} orang memberi jawaban yang paling lazim di unit ini pada sedikitnya {least} dari "
    "{items} pertanyaan; pada skor yang sama di unit yang sebanding, kemiripan seperti ini terjadi pada "
    "kurang dari 1 dari {rare} unit.",
    "{alike} of {n} people gave the unit's most common answer to at least {least} of {items} questions; at "
    "the same score in comparable units so much agreement happens in fewer than 1 of {rare} units.",
)
INNOCENT = (
    Text("Pekerjaan sejenis dan pimpinan yang sama membuat pendapat mirip.",
         "The same work under the same head makes opinions alike."),
    Text("Sosialisasi sebelum survei dapat menyamakan cara menjawab.",
         "A briefing before the survey can make people answer alike."),
    Text("Unit yang benar-benar baik juga menjawab hampir seragam.",
         "A unit that is truly good answers almost uniformly too."),
    Text("Sekitar satu dari dua puluh tanda keliru.", "About one flag in twenty is wrong."),
)  # fmt: skip


def common_answers(codes: Codes) -> tuple[int, int, int, int]:
    """How many of the n people of a unit gave its most common answer to at least how many of the J items."""
    n, items = codes.shape
    usual = np.array([np.bincount(column[column != MISSING], minlength=1).argmax() for column in codes.T])
    least = int(np.ceil(NEAR * items))
    return int(((codes == usual).sum(axis=1) >= least).sum()), n, least, items


def flagged(found: Sequence[Agreement], level: float = LEVEL) -> dict[str, float]:
    """QLT-9, rule 1: units with QLT-4 at false discovery rate `level`, each with its q; tested units only."""
    q = false_discovery([one.p for one in found])
    return {one.unit: float(each) for one, each in zip(found, q, strict=True) if each <= level}


def agreeing(signals: Sequence[Signal], level: float = LEVEL) -> frozenset[SignalFamily]:
    """QLT-9: the families whose signal is below `level`; two signals of one family are one."""
    return frozenset(signal.family for signal in signals if signal.p <= level)


def institution_flagged(signals: Sequence[Signal], level: float = LEVEL) -> bool:
    """QLT-9, rule 1: an institution is flagged when two different families agree."""
    return len(agreeing(signals, level)) >= FAMILIES


def card(found: Agreement, q: float, *, codes: Codes, signals: Sequence[Signal], method: str) -> Evidence:
    """QLT-9, rule 2: the evidence card of a flagged unit; `codes` (n, J) are the answers of this unit.

    Signals that were not available (NaN or absent) are named, so that silence is not read as innocence.
    """
    known = tuple(signal for signal in signals if not isnan(signal.p))
    least = coached_share_least(found)
    return Evidence(
        unit=found.unit,
        n=found.n,
        observed=found.observed,
        expected=found.expected,
        z=found.z,
        q=q,
        coached_least=None if isnan(least) else least,
        near=common_answers(codes),
        signals=known,
        unavailable=tuple(family for family in SignalFamily if family not in {one.family for one in known}),
        method=method,
    )


def rarity(p: float) -> int:
    """The power of ten, 10 to 1 000 000, that `p` is rarer than: "fewer than 1 in 10 000"."""
    return next((10**k for k in range(6, 0, -1) if p < 10**-k), 1)


def sentence(evidence: Evidence, p: float) -> Text:
    """QLT-9: the comparison in words, for the reviewers; `p` of the unit's excess agreement."""
    alike, n, least, items = evidence.near
    rare = f"{rarity(p):,}".replace(",", " ")
    words = {"alike": alike, "n": n, "least": least, "items": items, "rare": rare}
    return Text(COMPARED.id.format(**words), COMPARED.en.format(**words))


def sample_status(answers: Mapping[Group, int], required: Sequence[Group]) -> PublicationStatus:
    """QLT-9: `insufficient_sample` below 30 answers in total or without any in a required source.

    No other status follows from numbers: people decide it, with reasons, in writing.
    """
    if sum(answers.values()) < LEAST_SAMPLE or any(answers.get(group, 0) == 0 for group in required):
        return PublicationStatus.INSUFFICIENT_SAMPLE
    return PublicationStatus.PUBLISHED
