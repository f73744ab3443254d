"""What somebody else needs to repeat a draw: the design in bytes, digests, the draw itself (SMP-7)."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from bening.core import canonical
from bening.core.kinds import Draw, FramePlace, Group, GroupDesign, PlannedStratum, SampleDesign
from bening.core.problems import Refused, refuse
from bening.core.sample.draw import draw
from bening.core.sample.plan import plan

VERSION = 1
People = Mapping[FramePlace, Collection[str]]  # the refs of the frame by where they stand


def draw_by(
    people: People, design: SampleDesign, seed: bytes
) -> tuple[tuple[PlannedStratum, ...], tuple[Draw, ...]]:
    """Plan the strata of a frame and draw them; both sorted by code."""
    planned = plan({place: len(refs) for place, refs in people.items()}, design)
    refs = {one.key.code: [ref for place in one.places for ref in people[place]] for one in planned}
    return planned, draw(refs, {one.key.code: one.allocation.sampled for one in planned}, seed)


def frame_digest(people: People) -> str:
    """SHA-256 over reference, institution, group and unit of everybody, in the order of references."""
    digest = hashlib.sha256()
    rows = ((ref, place) for place, refs in people.items() for ref in refs)
    for ref, place in sorted(rows, key=lambda row: row[0]):
        digest.update("\0".join((ref, place.institution, place.group, place.unit)).encode() + b"\n")
    return digest.hexdigest()


def selection_digest(draws: Iterable[Draw]) -> str:
    """SHA-256 over the whole drawing order of every stratum: how many of how many, then each ref a line."""
    digest = hashlib.sha256()
    for one in sorted(draws, key=lambda made: made.code):
        order = (*one.drawn, *one.reserve)
        digest.update(f"{one.code}\n{len(one.drawn)} {len(order)}\n".encode())
        digest.update("".join(f"{ref}\n" for ref in order).encode())
    return digest.hexdigest()


def differing(one: Iterable[Draw], other: Iterable[Draw]) -> tuple[str, ...]:
    """The codes of the strata that two draws do not share to the last place, sorted."""
    ours, theirs = ({made.code: made for made in draws} for draws in (one, other))
    return tuple(code for code in sorted({*ours, *theirs}) if ours.get(code) != theirs.get(code))


def write_design(design: SampleDesign) -> bytes:
    """The canonical bytes of a design; fractions stand as the shortest text that gives them back."""
    groups = {
        group.value: {
            "by": wanted.by,
            "answers": wanted.answers,
            "total": wanted.total,
            "response": repr(float(wanted.response)),
            "sd": repr(float(wanted.sd)),
        }
        for group, wanted in design.groups.items()
    }
    return canonical.dump({"v": VERSION, "groups": groups, "reserve": design.reserve})


def read_design(data: bytes) -> SampleDesign:
    """The design that these bytes say (SAMPLE-117)."""
    try:
        said = canonical.parse(data)
        groups = {
            Group(name): GroupDesign(
                by=str(wanted["by"]),
                answers=int(wanted["answers"]),
                total=int(wanted["total"]),
                response=float(wanted["response"]),
                sd=float(wanted["sd"]),
            )
            for name, wanted in said["groups"].items()
        }
        design = SampleDesign(groups, bool(said["reserve"]))
    except (Refused, ValueError, TypeError, KeyError, AttributeError) as error:
        raise refuse("SAMPLE-117", what=str(error)[:120]) from error
    if write_design(design) != data:  # another version, or words that nobody would read
        raise refuse("SAMPLE-117", what="fields")
    return design
