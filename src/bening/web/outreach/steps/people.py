"""How many people are eligible, by unit and staff category. Counts: this room asks frame for nobody."""

from collections import Counter

from django.db.models import Count, Max

from bening.core.frame.columns import CATEGORIES as CATEGORIES
from bening.core.kinds import Group, Verdict
from bening.web.frame.models import Contact, Roster
from bening.web.registry.models import Institution, Round

Staff = dict[tuple[str, str], int]  # by locus and staff category


def eligible_staff(*, round: Round, institution: Institution) -> Staff:
    """Eligible staff of the newest list of an institution, by locus and category; "" where none is given."""
    lists = Roster.objects.filter(round=round, institution=institution, group=Group.INTERNAL)
    newest = lists.aggregate(version=Max("version"))["version"]
    people = Contact.objects.filter(
        roster__in=lists.filter(version=newest), verdict=Verdict.ELIGIBLE, unit__isnull=False
    )
    found: Counter[tuple[str, str]] = Counter()
    for unit, category, n in people.order_by().values_list("unit", "category").annotate(Count("id")):
        found[str(unit), category] += n
    return dict(found)
