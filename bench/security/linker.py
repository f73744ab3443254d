"""The attacker: pairs rights with tokens inside each stratum by every pair of orders, and keeps the best.

How good is luck? The same guesses are counted against thousands of worlds in which the tokens of a stratum
went to other people of it. What the best guess reaches there is chance, however many guesses are tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from bench.security.evidence import Loot
from bench.security.search import Order

WORLDS = 2000
MISSING = np.inf


@dataclass(frozen=True)
class Outcome:
    """How many rights were linked by the best guess, and what luck gives."""

    people: int
    hits: int
    best: str
    modules: int
    expected: float  # one guess without knowledge
    upper: float  # 95 % of lucky worlds stay at or below this, the best of all modules counted
    far: float  # 99.9 % of them
    lucky: float  # share of them that reach as many hits or more

    @property
    def share(self) -> float:
        """Hits as a part of all."""
        return self.hits / self.people

    @property
    def over(self) -> float:
        """Hits over the upper limit of luck."""
        return self.hits / self.upper


def attack(
    loot: Loot, truth: Mapping[str, bytes], *, extra: Mapping[str, tuple[Order, Order]] | None = None
) -> Outcome:
    """Try every order of rights against every order of tokens; `extra` are pairs of orders of their own."""
    rights, tokens = listed(loot.strata_of_rights), listed(loot.strata_of_tokens)
    strata = sorted(set(loot.strata_of_rights.values()))
    pairs = {f"{a} × {b}": (loot.rights[a], loot.tokens[b]) for a, b in product(loot.rights, loot.tokens)}
    pairs |= extra or {}
    place = {token: at for at, token in enumerate(tokens)}
    true = np.array([place.get(truth.get(right, b""), -1) for right in rights])
    spans = [
        (inside(loot.strata_of_rights, rights, s), inside(loot.strata_of_tokens, tokens, s)) for s in strata
    ]
    guesses: dict[bytes, str] = {}
    for name, (left, right) in pairs.items():
        guess = paired(values(left, rights), values(right, tokens), spans)
        guesses.setdefault(guess.astype(np.int32).tobytes(), name)
    table = np.array([np.frombuffer(guess, np.int32) for guess in guesses])
    hits = (table == true).sum(axis=1)
    best = int(hits.argmax())
    lucky = luck(table, true, spans)
    return Outcome(
        people=len(rights),
        hits=int(hits[best]),
        best=list(guesses.values())[best],
        modules=len(table),
        expected=float(sum(1 for mine, _ in spans if len(mine))),
        upper=float(np.quantile(lucky, 0.95)),
        far=float(np.quantile(lucky, 0.999)),
        lucky=float((lucky >= hits[best]).mean()),
    )


def luck(table: np.ndarray, true: np.ndarray, spans: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The best module's hits in worlds where the people of a stratum changed places."""
    rng = np.random.default_rng(7)
    found = np.empty(WORLDS)
    for at in range(WORLDS):
        other = true.copy()
        for mine, _ in spans:
            other[mine] = rng.permutation(true[mine])
        found[at] = (table == other).sum(axis=1).max()
    return found


def paired(left: np.ndarray, right: np.ndarray, spans: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """First with first, second with second, in each stratum; what a source does not hold comes last."""
    guess = np.full(len(left), -2)
    for mine, theirs in spans:
        a, b = mine[np.argsort(left[mine], kind="stable")], theirs[np.argsort(right[theirs], kind="stable")]
        length = min(len(a), len(b))
        guess[a[:length]] = b[:length]
    return guess


def listed(strata: Mapping[object, str]) -> list[object]:
    """Names in an order that tells nothing."""
    return sorted(strata)


def inside(strata: Mapping[object, str], names: list[object], stratum: str) -> np.ndarray:
    """Places of the names of a stratum."""
    return np.array([at for at, name in enumerate(names) if strata[name] == stratum], dtype=int)


def values(order: Order, names: list[object]) -> np.ndarray:
    """The order's numbers, name by name."""
    return np.array([order.get(name, MISSING) for name in names])
