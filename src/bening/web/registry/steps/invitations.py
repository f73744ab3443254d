"""Codes by which people come in: given out, taken back, used once."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from bening.core.problems import refuse
from bening.crypto.fields import blind_index
from bening.crypto.invites import read_typed_code, typed_code, typed_secret
from bening.web.registry.models import Institution, Invitation, Role, Unit
from bening.web.registry.steps.access import GIVES, place
from bening.web.registry.steps.audit import record

VALID = timedelta(days=14)


@transaction.atomic
def invite_person(
    *,
    by: str,
    giver: str,
    name: str,
    role: str,
    institution: Institution | None = None,
    unit: Unit | None = None,
    email: str = "",
) -> tuple[Invitation, str]:
    """An open invitation and its code, which exists only in what is handed over now.

    `giver` is the role of whoever invites; it gives only the roles of GIVES (REGISTRY-183). `email` is the
    address the code is about to be sent to. Inviting the same person again replaces the open invitation.
    """
    if role not in GIVES.get(giver, ()):
        raise refuse("REGISTRY-183", giver=giver, role=role)
    row = Invitation(name=name, role=role, institution=institution, unit=unit, email=email)
    return open_invitation(by, "invite_person", row)


@transaction.atomic
def invite_first(*, by: str, username: str, name: str) -> tuple[Invitation, str]:
    """The invitation of an officer, by whoever owns the machine: no other account has to exist.

    An account that a round's folder brought along, still without a password, is the one it opens; any other
    account of that name is somebody's (REGISTRY-185).
    """
    known = User.objects.filter(username__iexact=username).first()
    if known is not None and known.has_usable_password():
        raise refuse("REGISTRY-185", username=username)
    row = Invitation(name=name, role="officer", username=username, account=known)
    return open_invitation(by, "invite_first", row)


@transaction.atomic
def reset_second_factor(*, by: str, user: User, email: str = "") -> tuple[Invitation, str]:
    """Make everything useless that opens an account, and give out a code that lets its owner in again.

    Password, second factors, recovery codes and open sessions end at once. Nobody does that to themselves
    (REGISTRY-182).
    """
    if by == user.username:
        raise refuse("REGISTRY-182")
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()  # sessions carry a digest of the password and end with it
    user.save(update_fields=["password"])
    row = Invitation(name=user.first_name or user.username, username=user.username, account=user, email=email)
    return open_invitation(by, "reset_second_factor", row)


def open_invitation(by: str, verb: str, row: Invitation) -> tuple[Invitation, str]:
    """Write a new invitation down in place of the open ones to the same person for the same thing."""
    now = settings.NOW()
    Invitation.objects.filter(
        name=row.name, role=row.role, institution=row.institution, unit=row.unit, account=row.account,
        accepted=None, withdrawn=None,
    ).update(withdrawn=now)  # fmt: skip
    code = typed_code(typed_secret())
    row.digest, row.invited_by, row.expires = digest(code), by, now + VALID
    row.save()
    record(by=by, verb=verb, on=row.username or f"invitation {row.pk}", detail=place(row))
    return row, code


def digest(code: str) -> bytes:
    """All that is stored of a code in its printed form (32 bytes)."""
    return blind_index(settings.SECRET("index"), code, field="registry.invitation")


def link(code: str) -> str:
    """The address in an invitation: the code stands behind `#`, so no server and no log gets to see it."""
    return f"{settings.ORIGIN_HALL}{reverse('arrive')}#{code}"


def find_invitation(text: str) -> Invitation | None:
    """The invitation of a code as somebody typed it, in whatever state; None if there never was one."""
    secret = read_typed_code(text)
    wanted = digest(typed_code(secret)) if secret else b""
    row = Invitation.objects.filter(digest=wanted).first()
    return row if row and constant_time_compare(bytes(row.digest).hex(), wanted.hex()) else None


@transaction.atomic
def withdraw_invitation(*, by: str, invitation: Invitation) -> None:
    """Take an open invitation back; one that has ended stays as it is."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.state in ("open", "expired"):
        row.withdrawn = settings.NOW()
        row.save(update_fields=["withdrawn"])
        record(
            by=by, verb="withdraw_invitation", on=row.username or f"invitation {row.pk}", detail=place(row)
        )


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, user: User | None = None, username: str = "", password: str = ""
) -> User:
    """Use an invitation, once (REGISTRY-184): for the account of `user`, or for a new one (REGISTRY-185).

    An invitation that lets somebody back in goes to the account it names, whatever else is said.
    """
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.state != "open":
        raise refuse("REGISTRY-184")
    person = row.account or user or new_account(row, username)
    if person != user:
        person.set_password(password)
        person.save(update_fields=["password"])
    keep_address(row, person)
    row.account, row.accepted = person, settings.NOW()
    row.save(update_fields=["account", "accepted"])
    if row.role:
        Role.objects.get_or_create(user=person, name=row.role, institution=row.institution, unit=row.unit)
    detail = place(row) | {"invited_by": row.invited_by}
    record(by=person.username, verb="accept_invitation", on=person.username, detail=detail)
    return person


def new_account(row: Invitation, username: str) -> User:
    """An account under a name that nobody has, whatever its capitals (REGISTRY-185)."""
    if User.objects.filter(username__iexact=username).exists():
        raise refuse("REGISTRY-185", username=username)
    return User.objects.create(username=username, first_name=row.name)


def keep_address(row: Invitation, person: User) -> None:
    """Whoever typed a code that was sent by e-mail reads that address; one address belongs to one account."""
    taken = EmailAddress.objects.filter(email__iexact=row.email).exists()
    if not row.email or taken or EmailAddress.objects.filter(user=person).exists():
        return
    EmailAddress.objects.create(user=person, email=row.email.lower(), verified=True, primary=True)
    person.email = row.email.lower()
    person.save(update_fields=["email"])
