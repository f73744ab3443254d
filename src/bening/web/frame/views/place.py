"""What an address names: round, institution, group, version. Whatever a role does not reach is not found."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from bening.core.kinds import Group
from bening.web.frame.models import Roster
from bening.web.registry.guard import Staff, institution_for
from bening.web.registry.models import Institution, Participant, Role, Round, Unit

READERS = ("officer", "statistician", "auditor", "inspectorate", "unit_contact")
WORDS = ("officer", "inspectorate", "unit_contact")  # may read what quotes a cell


class List(NamedTuple):
    """One list: an institution's people of a group, as one role sees it."""

    role: Role
    round: Round
    institution: Institution
    group: Group

    @property
    def unit(self) -> Unit | None:
        """The one unit whose rows the role may see; None for the whole list."""
        return self.role.unit

    @property
    def agency(self) -> bool:
        """Whether findings that tell about other institutions are shown."""
        return self.role.institution_id is None

    @property
    def reads(self) -> bool:
        """Whether the role may read words that quote a cell."""
        return self.role.name in WORDS

    def versions(self) -> list[Roster]:
        """Every version, the newest first."""
        own = Roster.objects.filter(round=self.round, institution=self.institution, group=self.group)
        return list(own.select_related("round", "institution").order_by("-version"))

    def newest(self) -> Roster:
        """The newest version; not found while there is none."""
        found = self.versions()
        if not found:
            raise Http404
        return found[0]

    def version(self, number: int) -> Roster:
        """One version."""
        return get_object_or_404(
            Roster.objects.select_related("round", "institution"),
            round=self.round, institution=self.institution, group=self.group, version=number,
        )  # fmt: skip


def current() -> Round:
    """The round these pages are about."""
    round_ = Round.current()
    if round_ is None:
        raise Http404
    return round_


def list_of(request: Staff, code: str, group: str) -> List:
    """The list of an address; an institution has to take part in the round."""
    round_ = current()
    institution = institution_for(request.role, code)
    get_object_or_404(Participant, round=round_, institution=institution)
    if group not in {one.value for one in GROUPS}:
        raise Http404
    if request.role.unit_id and group == Group.EXPERT:
        raise Http404  # experts speak about the whole institution
    return List(request.role, round_, institution, Group(group))


def unguarded(spot: List) -> None:
    """Stops a role that may see counts only."""
    if not spot.reads:
        raise PermissionDenied


def who(request: Staff) -> str:
    """Whoever acts, as the audit trail names them."""
    return request.user.get_username()


def is_frozen(round_: Round) -> bool:
    """Whether no list of the round changes any more."""
    return Roster.objects.filter(round=round_, state="frozen").exists()


GROUPS = (Group.INTERNAL, Group.EXTERNAL, Group.EXPERT)
