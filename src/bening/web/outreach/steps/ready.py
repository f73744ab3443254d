"""What an institution has ready before the survey starts: facts for the rule of `core.outreach.readiness`."""

from collections.abc import Iterable

from bening.core.kinds import Preparation, Tier
from bening.core.outreach import readiness
from bening.web.frame import hatch
from bening.web.frame.steps import Owed
from bening.web.outreach.models import HandedOut, Meeting
from bening.web.outreach.steps.coverage import Coverage
from bening.web.outreach.steps.places import Places
from bening.web.registry.steps.contacts import contacts_of

TAKEN = ("accepted", "frozen")  # lists that the agency has taken
LISTS = 3
NEEDED = ("poster", "letter", "script", "group")  # by every institution; the rest is for those with schools


def preparations(found: Places, reached: Coverage, owing: Iterable[Owed]) -> tuple[Preparation, ...]:
    """Every item of one institution, in the order in which they have to be done.

    `owing` is what the round still owes (`frame.steps.owed`), read once for all institutions of a page.
    """
    own = {"round": found.round, "institution": found.institution}
    loci = [found.units[key].pk for key in found.loci]
    known = contacts_of(found.institution).filter(unit__in=loci).values("unit").distinct().count()
    lists = hatch.status(round=found.round, institution=found.institution)
    taken = sum(one.state in TAKEN for one in lists)
    # Questions and their answers pass as what is still owed: this room opens neither.
    waiting = sum(one.number for one in owing if is_question(one, found))
    handed = HandedOut.objects.filter(**own, material__in=NEEDED).values("material").distinct().count()
    facts = {
        "contacts": (known, len(found.loci)),
        "meeting": (int(Meeting.objects.filter(**own).exists()), 1),
        "lists": (taken, LISTS),
        "questions": (0, waiting),
        "leaders": added(reached, Tier.LEADER, Tier.INSPECTORATE),
        "materials": (handed, len(NEEDED)),
        "heads": added(reached, Tier.UNIT, Tier.SECTION),
        "staff": (reached.whole.covered, max(1, reached.whole.eligible)),
    }
    return readiness(facts)


def is_question(one: Owed, found: Places) -> bool:
    """Whether something owed is an open question to this institution."""
    return one.what == "answer" and one.institution == found.institution


def added(reached: Coverage, *tiers: Tier) -> tuple[int, int]:
    """Heads of these levels: acknowledged, expected."""
    pairs = [reached.levels.get(tier, (0, 0)) for tier in tiers]
    return sum(done for done, _ in pairs), sum(expected for _, expected in pairs)
