"""What goes wrong, how often, and the dice, which depend on the message and never on the order of arrival."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from hashlib import blake2b
from statistics import NormalDist
from typing import Any

NORMAL = NormalDist()


class Chance:
    """Dice keyed by whatever identifies a thing: the same key always throws the same numbers."""

    __slots__ = ("_base",)

    def __init__(self, seed: int, *key: object) -> None:
        self._base = blake2b(repr((seed, *key)).encode(), digest_size=16)

    def digest(self, purpose: str) -> bytes:
        dice = self._base.copy()
        dice.update(purpose.encode())
        return dice.digest()

    def uniform(self, purpose: str) -> float:
        # 53 bits: the most a float holds without ever rounding up to 1.
        return (int.from_bytes(self.digest(purpose)[:8], "big") >> 11) / 2**53

    def happens(self, purpose: str, probability: float) -> bool:
        return probability > 0 and self.uniform(purpose) < probability

    def delay(self, purpose: str, median_sigma: tuple[float, float]) -> float:
        """Lognormal seconds with the given median."""
        median, sigma = median_sigma
        if median <= 0 or sigma <= 0:
            return max(median, 0.0)
        # The quantile is finite only inside (0, 1).
        share = min(max(self.uniform(purpose), 1e-9), 1 - 1e-9)
        return round(median * math.exp(sigma * NORMAL.inv_cdf(share)), 3)

    def between(self, purpose: str, low: int, high: int) -> int:
        return low + int(self.uniform(purpose) * (high - low + 1))


@dataclass(frozen=True, slots=True)
class Knobs:
    """Probabilities are per message or per webhook; times are seconds of the virtual clock."""

    delay_sent: tuple[float, float] = (0.3, 0.3)
    delay_delivered: tuple[float, float] = (2.0, 0.5)
    delay_read: tuple[float, float] = (60.0, 0.8)
    p_read: float = 0.6
    p_unreachable: float = 0.0
    p_loss: float = 0.0
    p_duplicate: float = 0.0
    p_reorder: float = 0.0
    reorder_window_s: float = 30.0
    p_skip_delivered_before_read: float = 0.0
    p_delivered_after_failed: float = 0.0
    batch_size: int = 50
    p_small_batch: float = 0.0
    p_missing_contacts: float = 0.0
    p_bad_signature: float = 0.0
    p_truncated: float = 0.0
    clock_skew_s: float = 0.0
    p_sync_5xx: float = 0.0
    p_timeout_before_accept: float = 0.0
    p_timeout_after_accept: float = 0.0
    p_reset_after_accept: float = 0.0
    p_nonjson_200: float = 0.0
    hang_s: float = 30.0
    magic_numbers: bool = True
    random_http_status: bool = False
    rate_mps: float = 80.0
    rate_burst: float = 80.0
    pair_s: float = 6.0
    pair_burst: int = 45
    tier: int = 2000
    tier_exhausted: str = "async:131048"
    tier_upgrade_lag_h: float | None = None
    allow_list: tuple[str, ...] | None = None
    permissions: tuple[str, ...] = ("messaging", "management")
    quality_yellow: float = 0.02
    quality_red: float = 0.05
    quality_min: int = 50
    pacing_first_n: int = 0
    pacing_hold_min: float = 30.0
    pacing_outcome: str = "release"
    token_expires_at: float | None = None
    maintenance_window: tuple[float, float] | None = None
    # Shares of the people that `--people generated` makes up; whoever is left acts promptly.
    p_needs_reminder: float = 0.0
    p_ignores: float = 0.0
    p_suspicious: float = 0.0
    p_wrong_person: float = 0.0
    p_blocks_us: float = 0.0
    p_opts_out: float = 0.0
    p_username: float = 0.0
    p_no_receipts: float = 0.0
    p_inbox_full: float = 0.0
    p_changes_number: float = 0.0
    p_sleeps: float = 0.0
    delay_tap: tuple[float, float] = (1800.0, 1.2)


CALM = Knobs()
REALISTIC = Knobs(
    delay_sent=(0.8, 0.6), delay_delivered=(4.0, 1.4), delay_read=(900.0, 1.6), p_read=0.55,
    p_unreachable=0.04, p_loss=0.002, p_duplicate=0.01, p_reorder=0.02,
    p_skip_delivered_before_read=0.01, p_delivered_after_failed=0.002, p_missing_contacts=0.3,
    p_small_batch=0.5, clock_skew_s=2.0, p_sync_5xx=0.002, p_timeout_after_accept=0.001,
    p_reset_after_accept=0.001, p_needs_reminder=0.25, p_ignores=0.2, p_suspicious=0.01, p_wrong_person=0.02,
    p_blocks_us=0.003, p_opts_out=0.01, p_username=0.05, p_no_receipts=0.3, p_inbox_full=0.05,
    p_changes_number=0.01, p_sleeps=1.0,
)  # fmt: skip
STORM = Knobs(
    delay_sent=(2.0, 1.2), delay_delivered=(20.0, 2.0), delay_read=(1800.0, 2.0), p_read=0.5,
    p_unreachable=0.08, p_loss=0.03, p_duplicate=0.1, p_reorder=0.2, reorder_window_s=300.0,
    p_skip_delivered_before_read=0.1, p_delivered_after_failed=0.05, p_missing_contacts=0.6,
    p_small_batch=0.7, p_bad_signature=0.02, p_truncated=0.02, clock_skew_s=30.0, p_sync_5xx=0.03,
    p_timeout_before_accept=0.005, p_timeout_after_accept=0.01, p_reset_after_accept=0.02,
    p_nonjson_200=0.01, random_http_status=True, p_needs_reminder=0.2, p_ignores=0.2, p_suspicious=0.04,
    p_wrong_person=0.04, p_blocks_us=0.02, p_opts_out=0.04, p_username=0.2, p_no_receipts=0.5,
    p_inbox_full=0.2, p_changes_number=0.05, p_sleeps=1.0,
)  # fmt: skip
PROFILES = {"calm": CALM, "realistic": REALISTIC, "storm": STORM}


class Chaos:
    """The knobs in force: a profile, the options of the command line, then what was patched while running."""

    def __init__(self, profile: str, options: dict[str, Any], patched: dict[str, Any]) -> None:
        self._options = options
        self.profile = profile
        self.patched: dict[str, Any] = {}
        self.knobs = replace(PROFILES[profile], **options)
        self.patch(patched)

    def patch(self, changes: dict[str, Any]) -> None:
        changes = dict(changes)
        profile = changes.pop("profile", None)
        if profile is not None:
            if profile not in PROFILES:
                raise ValueError(f"profile: one of {', '.join(PROFILES)}")
            self.profile, self.patched = profile, {"profile": profile}
        base = replace(PROFILES[self.profile], **self._options)
        kept = {name: value for name, value in self.patched.items() if name != "profile"}
        merged = kept | {name: checked(name, value) for name, value in changes.items()}
        self.knobs = replace(base, **merged)
        self.patched |= merged

    def shown(self) -> dict[str, Any]:
        return {"profile": self.profile, **asdict(self.knobs)}


def checked(name: str, value: Any) -> Any:
    """Refuse a misspelt knob or an impossible value: a test that turns nothing must not pass."""
    known = {field.name for field in fields(Knobs)}
    if name not in known:
        raise ValueError(f"{name}: no such knob; known are {', '.join(sorted(known))}")
    default = getattr(CALM, name)
    if isinstance(value, list):
        value = tuple(value)
    if value is None and name not in OPTIONAL:
        raise ValueError(f"{name}: a value is needed")
    if isinstance(default, int | float) and not isinstance(value, int | float):
        raise ValueError(f"{name}: a number is needed")
    if isinstance(value, int | float) and value < 0:
        raise ValueError(f"{name}: not below zero")
    if name.startswith("p_") and value > 1:
        raise ValueError(f"{name}: a probability is at most 1")
    return CHECKS[name](value) if name in CHECKS else value


def _one_of(*words: str) -> Any:
    def check(value: Any) -> Any:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return value

    return check


def _pair(value: Any) -> Any:
    if value is not None and not (isinstance(value, tuple) and len(value) == 2):
        raise ValueError("two numbers are needed")
    return value


def _exhausted(value: Any) -> str:
    mode, _, code = str(value).partition(":")
    if mode not in ("sync", "async") or not code.isdigit():
        raise ValueError("tier_exhausted: sync:<code> or async:<code>")
    return str(value)


def _batch(value: Any) -> int:
    if not 1 <= value <= 50:
        raise ValueError("batch_size: 1 to 50")
    return int(value)


OPTIONAL = {"tier_upgrade_lag_h", "allow_list", "token_expires_at", "maintenance_window"}
CHECKS: dict[str, Any] = {
    "delay_sent": _pair, "delay_delivered": _pair, "delay_read": _pair, "delay_tap": _pair,
    "maintenance_window": _pair,
    "batch_size": _batch, "tier_exhausted": _exhausted, "pacing_outcome": _one_of("release", "drop"),
}  # fmt: skip
