"""What an institution may know of its response: coarse, by respondent group, never of few people."""

LEAST = 20  # people drawn; of fewer nothing is said
LOW, HIGH, STEP = 25, 90, 5  # per cent


def band(issued: int, sampled: int) -> str | None:
    """RPR-7: "<25", ">90" or a share in per cent rounded to five points; None below LEAST drawn."""
    if sampled < LEAST:
        return None
    if 100 * issued < LOW * sampled:
        return f"<{LOW}"
    if 100 * issued > HIGH * sampled:
        return f">{HIGH}"
    return str(STEP * ((200 * issued + STEP * sampled) // (2 * STEP * sampled)))
