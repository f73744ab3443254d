"""What to do about a result: which dimensions to start with, and how far follow-up has come."""

from collections.abc import Mapping

Key = tuple[str, str]  # group and dimension


def recommend(
    scores: Mapping[Key, float], reference: Mapping[Key, float], weights: Mapping[Key, float], *, most: int
) -> tuple[Key, ...]:
    """Keys of the dimensions that pull an index down most, at most `most`, largest drag first.

    The drag is RSK-1's contribution w_d (s_d − ref_d), in index points; only dimensions below the
    reference count. Reference and weights know every dimension of the scores; scores 0–100.
    """
    drags = {code: weights[code] * (scores[code] - reference[code]) for code in scores}
    below = sorted((drag, code) for code, drag in drags.items() if drag < 0)
    return tuple(code for _, code in below[:most])


def follow_up_rate(asked: int, done_and_validated: int) -> float | None:
    """TLP: percent of the latest round's recommendations that were done, as inspectorate and agency agree.

    None where nothing was recommended: no duty is not the same as no work.
    """
    return None if asked == 0 else 100 * done_and_validated / asked
