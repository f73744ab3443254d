"""Who may act, and for whom."""

from django.contrib.auth.models import User
from django.db import transaction

from bening.core.problems import refuse
from bening.web.registry.models import Institution, Invitation, Role, Unit
from bening.web.registry.steps.audit import record

GIVES = {
    "officer": (*Role.AGENCY, "inspectorate", "leader"),
    "inspectorate": ("unit_contact", "leader"),
}  # by role: the roles it may give; an inspectorate only in its own institution


@transaction.atomic
def grant(
    *,
    by: str,
    username: str,
    name: str,
    role: str,
    institution: Institution | None = None,
    unit: Unit | None = None,
) -> User:
    """Give an account a role (REGISTRY-102); a new account is made, without a usable password."""
    known = (*Role.AGENCY, *Role.LOCAL)
    if role not in known:
        raise refuse("REGISTRY-102", role=role, known=", ".join(known))
    user, new = User.objects.get_or_create(username=username, defaults={"first_name": name})
    if new:
        user.set_unusable_password()
        user.save()
    _, granted = Role.objects.get_or_create(user=user, name=role, institution=institution, unit=unit)
    if granted:
        record(by=by, verb="grant", on=username, detail={"role": role})
    return user


@transaction.atomic
def revoke(*, by: str, role: Role) -> None:
    """Take a role away; an account without one opens no page. The last officer stays (REGISTRY-181)."""
    officers = list(Role.objects.select_for_update().filter(name="officer").values_list("pk", flat=True))
    if officers == [role.pk]:
        raise refuse("REGISTRY-181")
    gone, _ = Role.objects.filter(pk=role.pk).delete()
    if gone:
        record(by=by, verb="revoke", on=role.user.username, detail=place(role))


def place(held: Role | Invitation) -> dict[str, object]:
    """What the trail says of a role that is offered or taken: its name, and where it holds."""
    said: dict[str, object] = {"role": held.name if isinstance(held, Role) else held.role}
    for word, row in (("institution", held.institution), ("unit", held.unit)):
        if row is not None:
            said[word] = row.code
    return said
