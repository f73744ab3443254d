"""A whole draw with its digests, kept: a naive twin and every other machine give the same bytes."""

import hashlib
import json
from pathlib import Path

from bening.core.kinds import FramePlace, Group
from bening.core.sample import commitment, draw_by, frame_digest, read_design, selection_digest

VECTOR = json.loads((Path(__file__).parent / "draw_v1.json").read_text())


def people():
    """The frame of the vector: references are hashes of their place, so nothing has to be stored."""
    return {
        FramePlace(Group(group), institution, "18", unit, kind): [
            hashlib.sha256(f"{institution}/{group}/{unit}/{n}".encode()).hexdigest()[:32] for n in range(size)
        ]
        for institution, group, unit, kind, size in VECTOR["frame"]
    }


def test_the_kept_draw_comes_out_to_the_last_byte():
    seed, design = bytes.fromhex(VECTOR["seed"]), read_design(VECTOR["design"].encode())
    planned, drawn = draw_by(people(), design, seed)
    assert commitment(seed) == VECTOR["commitment"]
    assert frame_digest(people()) == VECTOR["frame_digest"]
    assert [[one.key.code, one.allocation.population, one.allocation.sampled] for one in planned] == VECTOR[
        "strata"
    ]
    assert selection_digest(drawn) == VECTOR["selection_digest"]


def test_a_naive_twin_of_the_draw_agrees():
    """Strata from the vector, order by whole digests, no shared code."""
    seed, lines = bytes.fromhex(VECTOR["seed"]), b""
    homes = {code: set(units) for code, units in VECTOR["merged"].items()}
    for code, population, sampled in VECTOR["strata"]:
        institution, group, inside = code.split("/")
        mine = [
            ref
            for place, refs in people().items()
            if place.group == group and (inside == "shared" or place.institution == institution)
            if inside == "shared" or place.kind == inside or place.unit in homes.get(code, {inside})
            for ref in refs
        ]
        assert len(mine) == population
        order = sorted(
            mine,
            key=lambda ref: hashlib.sha256(seed + b"\0" + code.encode() + b"\0" + ref.encode()).hexdigest(),
        )
        lines += f"{code}\n{sampled} {population}\n".encode() + "".join(f"{ref}\n" for ref in order).encode()
    assert hashlib.sha256(lines).hexdigest() == VECTOR["selection_digest"]
