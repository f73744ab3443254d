"""The draw again: on this machine, and as a package that somebody repeats elsewhere."""

import csv
import io
import zipfile
from dataclasses import dataclass

from django.db import transaction

from bening.core import canonical
from bening.core.kinds import Draw as Drawn
from bening.core.kinds import FramePlace, Group
from bening.core.problems import refuse
from bening.core.sample import differing, draw_by, frame_digest, read_design
from bening.web.registry.models import Audit, Round
from bening.web.registry.steps import record
from bening.web.sample.models import Draw, Selection, Stratum
from bening.web.sample.steps.people import lists

COLUMNS = ("ref", "institution", "province", "group", "unit", "kind")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same package whenever it is taken


@dataclass(frozen=True, slots=True)
class Package:
    """Everything for an independent re-draw, in one file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Repeated:
    """What came of drawing again."""

    strata: int
    people: int  # drawn
    frame: bool  # whether the frame is still the one of the commitment
    differing: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether frame and every drawing order are the same."""
        return self.frame and not self.differing


def opened(round: Round) -> Draw | None:
    """The draw whose seed the auditor may use: drawn, the round frozen, the seed not yet purged."""
    found = Draw.objects.filter(round=round, drawn__isnull=False, seed__isnull=False)
    frozen = Audit.objects.filter(verb="freeze_round", on=round.code).exists()
    return found.select_related("design", "seed").first() if frozen else None


@transaction.atomic
def redraw(*, by: str, round: Round) -> Repeated:
    """Draw again from the frozen frame with the committed seed and compare with what is kept (SMP-7)."""
    draw = allowed(round)
    people = lists(round)
    design = read_design(bytes(draw.design.body))
    _, again = draw_by(people, design, bytes(draw.seed.value))
    reserve = design.reserve
    expected = [one if reserve else Drawn(one.code, one.drawn, ()) for one in again]
    found = Repeated(
        strata=len(again),
        people=sum(len(one.drawn) for one in again),
        frame=frame_digest(people) == draw.frame_digest,
        differing=differing(kept(round), expected),
    )
    record(
        by=by,
        verb="redraw",
        on=round.code,
        detail={"identical": found.identical, "strata": found.strata, "differing": list(found.differing)},
    )
    return found


def kept(round: Round) -> list[Drawn]:
    """The drawing order of every stratum as the tables hold it."""
    found: dict[str, tuple[list[str], list[str]]] = {
        label: ([], [])
        for label in Stratum.objects.filter(round=round)
        .exclude(group=Group.VISITOR)  # nobody drew them
        .values_list("label", flat=True)
    }
    rows = Selection.objects.filter(stratum__round=round).order_by("stratum", "place")
    for label, ref, drawn in rows.values_list("stratum__label", "contact_ref", "drawn").iterator():
        found[label][0 if drawn else 1].append(ref)
    return [Drawn(label, tuple(drawn), tuple(reserve)) for label, (drawn, reserve) in found.items()]


@transaction.atomic
def take_package(*, by: str, round: Round) -> Package:
    """The frame by random references, the design, the seed and the digests, for `bening redraw`."""
    draw = allowed(round)
    facts = {
        "v": 1,
        "round": round.code,
        "commitment": draw.commitment,
        "frame": draw.frame_digest,
        "design": draw.design.digest,
        "selection": draw.selection_digest,
        "seed": bytes(draw.seed.value).hex(),
    }
    parts = {
        "frame.csv": table(lists(round)),
        "design.json": bytes(draw.design.body),
        "draw.json": canonical.dump(facts),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    record(by=by, verb="take_redraw_package", on=round.code, detail={"selection": draw.selection_digest})
    return Package(f"redraw-{round.code}.zip", packed.getvalue())


def table(people: dict[FramePlace, list[str]]) -> bytes:
    """The frame as CSV in the order of references; refs are random, so no cell can be a formula."""
    rows = ((ref, place) for place, refs in people.items() for ref in refs)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (ref, at.institution, at.province, at.group, at.unit, at.kind)
        for ref, at in sorted(rows, key=lambda row: row[0])
    )
    return text.getvalue().encode()


def allowed(round: Round) -> Draw:
    """The draw whose seed may be used now (SAMPLE-122)."""
    draw = opened(round)
    if draw is None:
        raise refuse("SAMPLE-122", round=round.code)
    return draw
