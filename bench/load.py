"""Interviews a second through gate and box, from simulated phones on the same machine.

The national round in fast motion comes with the deployment step; this is the part of it that exists.
"""

from bench.demo import run

BARS = {"interviews_per_s": "at least 150 (whole machine, national round)", "interview_p95_ms": "under 500"}


def measure() -> dict[str, float | int | str]:
    """One round of the demo's phones."""
    figures = run("lampung")
    return {key: figures[key] for key in BARS}
