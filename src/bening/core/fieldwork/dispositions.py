"""What became of every invitation by the codes of the AAPOR Standard Definitions, and the rates from them.

The codes are those for surveys of named persons; visits have the codes of surveys in person. There are no
partial interviews: the gate knows issued or not. Pure counting, docs/methods/response-rates.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bening.core.kinds import VisitOutcome

# Class of each code: interview, partial, refusal, non-contact, other, unknown (two kinds), not eligible.
CLASSES = {
    "1.1": "I",
    "1.2": "P",
    "2.11": "R",
    "2.24": "NC",
    "2.25": "NC",
    "2.31": "O",
    "2.32": "O",
    "2.33": "O",
    "2.36": "O",
    "3.11": "UH",
    "3.18": "UH",
    "3.19": "UH",
    "3.30": "UO",
    "3.90": "UO",
    "4.70": "NE",
}
# What somebody reported; the first of these that was reported counts.
REPORTS = {
    "not_employee": "4.70",
    "never_used": "4.70",
    "refuse": "2.11",
    "not_me": "3.90",  # the person is eligible or not, and was not reached
    "doubt": "2.36",
    "fraud": "2.36",
    "technical": "2.36",
    "later": "2.36",
    "other": "2.36",
}


@dataclass(frozen=True, slots=True)
class Rates:
    """Outcome rates (0–1), None where nobody stands below the line; `e`: the share taken as eligible of
    those of whom it is unknown.
    """

    e: float | None
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    coop2: float | None
    coop3: float | None
    coop4: float | None
    ref1: float | None
    ref2: float | None
    ref3: float | None
    con1: float | None
    con2: float | None
    con3: float | None


def disposition(
    *,
    issued: bool,
    visit: VisitOutcome | None,
    reports: Collection[str],
    sent: bool,
    delivered: bool,
    undeliverable: bool,
) -> str:
    """RPR-1: the one code of an invitation. What the gate knows goes first, then who was met, then what
    somebody wrote, then what became of the messages.

    A visit that says complete without a token is no interview: it stands under other.
    """
    if issued:
        return "1.1"
    if visit is not None:
        return "2.36" if visit is VisitOutcome.COMPLETE else visit.value
    for kind, code in REPORTS.items():
        if kind in reports:
            return code
    if delivered or (sent and not undeliverable):
        return "3.19"
    return "3.30" if undeliverable else "3.11"


def by_class(codes: Mapping[str, int]) -> dict[str, int]:
    """How many stand in each class; all eight are there."""
    found = dict.fromkeys(("I", "P", "R", "NC", "O", "UH", "UO", "NE"), 0)
    for code, count in codes.items():
        found[CLASSES[code]] += count
    return found


def added(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by code of several groups as one."""
    found: dict[str, int] = {}
    for part in parts:
        for code, count in part.items():
            found[code] = found.get(code, 0) + count
    return dict(sorted(found.items()))


def rates(codes: Mapping[str, int], *, e: float | None = None) -> Rates:
    """RPR-2: the rates of the Standard Definitions from counts by code.

    Without `e` it is the share of the eligible among those of whom it is known.
    """
    n = by_class(codes)
    done, answered = n["I"], n["I"] + n["P"]
    eligible = answered + n["R"] + n["NC"] + n["O"]
    met = answered + n["R"] + n["O"]
    unknown = n["UH"] + n["UO"]
    if e is None:
        e = over(eligible, eligible + n["NE"])
    whole, expected = eligible + unknown, eligible + (e or 0.0) * unknown
    return Rates(
        e=e,
        rr1=over(done, whole),
        rr2=over(answered, whole),
        rr3=over(done, expected),
        rr4=over(answered, expected),
        rr5=over(done, eligible),
        rr6=over(answered, eligible),
        coop1=over(done, met),
        coop2=over(answered, met),
        coop3=over(done, answered + n["R"]),
        coop4=over(answered, answered + n["R"]),
        ref1=over(n["R"], whole),
        ref2=over(n["R"], expected),
        ref3=over(n["R"], eligible),
        con1=over(met, whole),
        con2=over(met, expected),
        con3=over(met, eligible),
    )


def over(part: float, whole: float) -> float | None:
    """A share, None of nothing."""
    return part / whole if whole else None
