"""Who may act, and for whom."""

from django.contrib.auth.models import User
from django.db import transaction

from bening.core.problems import refuse
from bening.web.registry.models import Institution, Role, Unit
from bening.web.registry.steps.audit import record


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
