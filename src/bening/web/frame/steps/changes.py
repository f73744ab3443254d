"""What changed between two stored versions of a list."""

from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings

from bening.core.frame import Changes, compare, plain_name
from bening.core.frame.changes import Keyed
from bening.crypto import fields
from bening.web.frame.models import Contact, ContactPoint, Roster
from bening.web.frame.steps.keep import NAME


def changes(*, old: Roster, new: Roster) -> Changes:
    """The accepted rows of two versions, paired by staff number or else by name and unit."""
    return compare(keyed(old), keyed(new))


def keyed(roster: Roster) -> Iterator[Keyed]:
    """The rows of a version in their order. Names are compared here and leave as row numbers only."""
    secret = settings.SECRET("fields")
    points: dict[int, set[bytes]] = defaultdict(set)
    for contact, index in ContactPoint.objects.filter(contact__roster=roster).values_list("contact", "index"):
        points[contact].add(bytes(index))
    for row in Contact.objects.filter(roster=roster).order_by("row").iterator():
        name = plain_name(fields.decrypt(secret, bytes(row.name), field=NAME))
        key = bytes(row.staff_index) if row.staff_index else (name, row.unit_id)
        yield key, row.row, {
            "nama": name,
            "kode_lokus": row.unit_id,
            "status": row.status,
            "kategori": row.category,
            "kontak": points[row.pk],
            "kelayakan": (row.verdict, tuple(row.failed), tuple(row.unknown)),
        }  # fmt: skip
