"""Nobody reaches what is not theirs: every address, every role, own and foreign objects, GET and POST.

The addresses come from the address books themselves. An argument that `MAKERS` does not know fails the test:
whoever adds an address says what stands in it.
"""

import io
import re
import zipfile
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from bening.web.registry.models import Round
from tests.house.test_house import URLCONFS
from tests.house.world import AGENCY, FOREIGN, LOCAL, OWN, World, build, routes

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "gate"])]

# What stands in an address: by "name of the address:argument", or by the argument alone. FREE ones name
# nothing of an institution's own.
MAKERS: dict[str, Callable[[SimpleNamespace], object]] = {
    "code": lambda thing: thing.institution.code,
    "unit": lambda thing: thing.unit.code,
    "word": lambda thing: thing.unit.code,
    "key": lambda thing: thing.upload.key,
    "number": lambda thing: thing.meeting.pk,
    "token": lambda thing: thing.token,
    "person:pk": lambda thing: thing.user.pk,
    "reset-person:pk": lambda thing: thing.user.pk,
    "take-role:pk": lambda thing: thing.role.pk,
    "withdraw-invitation:pk": lambda thing: thing.invitation.pk,
    "contact:pk": lambda thing: thing.contact.pk,
    "unit-service-drop:pk": lambda thing: thing.service.pk,
    "frame-reply:pk": lambda thing: thing.question.pk,
}
QUESTIONNAIRES = ["questionnaire"]
QUESTIONNAIRES += [f"questionnaire-{word}" for word in ("freeze", "difference", "preview", "preview-file")]
FREE: dict[str, object] = {
    "visit:number": 1,
    "door": "ABCDEFGHJK",
    "visits-lost:tablet": 1,
    "round:code": "uji-2025",
    "information-edition:word": "x",
    "mfa_remove_webauthn:pk": 1,
    "account_reset_password_from_key:uidb36": "1",
    "account_reset_password_from_key:key": "x-y",
    **{f"{name}:name": "internal" for name in QUESTIONNAIRES},
    **{f"{name}:number": 1 for name in QUESTIONNAIRES},
    "other": "external",
    "other_number": 1,
    "file": "preview.html",
    "group": "internal",
    "version": 1,
    "table": "contacts",
    "tier": "2",
    "name": "poster",
    "form": "xlsx",
    "provider_id": "lembaga",
}
# Codes of units are the same at every institution here, so these alone do not make an address foreign.
SHARED = {"unit", "word"}
HALL, CEK = URLCONFS[:2]
REFUSED = {403, 404}
METHODS = ("get", "post")


@pytest.fixture
def world(settings, tmp_path) -> World:
    settings.CLIENT_DIR = tmp_path / "client"
    return build()


class Visitor:
    """Somebody's browser; whatever a visit changed is undone."""

    def __init__(self, username: str | None) -> None:
        self.client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        if username:
            self.client.force_login(User.objects.get(username=username))
        self.kept = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def visit(self, method, path):
        """Status, and what a person or a program could read of the answer."""
        with transaction.atomic():
            answer = getattr(self.client, method)(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        self.client.cookies.clear()
        for name, value in self.kept.items():
            self.client.cookies[name] = value
        return answer, readable(content)


def readable(content: bytes) -> str:
    """A page as text; the parts of a workbook or package unpacked."""
    if content[:2] != b"PK":
        return content.decode(errors="replace")
    archive = zipfile.ZipFile(io.BytesIO(content))
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def arguments(entry):
    """The arguments of an address."""
    pattern = entry.pattern
    return list(pattern.converters) or sorted(pattern.regex.groupindex)


def value(name, argument, thing):
    """What stands in an address for one institution's thing."""
    for word in (f"{name}:{argument}", argument):
        if word in FREE:
            return FREE[word]
        if word in MAKERS:
            return MAKERS[word](thing)
    pytest.fail(f"The address {name!r} has an argument {argument!r} that MAKERS and FREE do not know.")


def is_bound(name, argument):
    """Whether an argument names something that belongs to one institution."""
    words = (f"{name}:{argument}", argument)
    found = next(word for word in words if word in FREE or word in MAKERS)
    return found in MAKERS and argument not in SHARED


def addresses(urlconf, world):
    """Every address: pattern, its own form, and its foreign forms: wholly, and by each argument alone."""
    own, foreign = world.things[OWN], world.things[FOREIGN]
    for entry in routes(get_resolver(urlconf)):
        assert entry.name, entry.pattern
        names = arguments(entry)
        ours = {argument: value(entry.name, argument, own) for argument in names}
        theirs = {argument: value(entry.name, argument, foreign) for argument in names}
        bound = [argument for argument in names if is_bound(entry.name, argument)]
        strange = [theirs] if bound else []
        strange += [ours | {argument: theirs[argument]} for argument in bound if len(bound) > 1]
        yield entry, path_of(entry, ours, urlconf), [path_of(entry, one, urlconf) for one in strange]


def path_of(entry, words, urlconf):
    return reverse(entry.name, kwargs=words, urlconf=urlconf)


def actors():
    """Everybody who may come: nobody's account, each agency role, each local role of the own institution."""
    return [None, *AGENCY, *(f"{name}.{OWN}" for name in LOCAL)]


def role_of(username):
    return username.split(".")[0] if username else None


@pytest.mark.parametrize("username", actors(), ids=str)
def test_every_address_keeps_to_its_roles_and_its_institution(world, username):
    """Named roles come in, others are refused, nobody reaches across, and nothing falls over."""
    visitor, role, wrong = Visitor(username), role_of(username), []
    for entry, own, strange in addresses(HALL, world):
        roles = entry.callback.roles
        everybody = "everybody" in roles
        for method in METHODS:
            for path in (own, *strange):
                answer, _ = visitor.visit(method, path)
                wrong += [
                    f"{method.upper()} {path} ({entry.name}): {answer.status_code} {why}"
                    for why in faults(answer, role, roles, everybody, is_strange=path != own)
                ]
    assert wrong == []


def faults(answer, role, roles, everybody, *, is_strange):
    """What is wrong with one answer."""
    status = answer.status_code
    if status >= 500:
        yield "falls over"
    elif everybody:
        return
    elif role is None:
        if status != 302 or not answer.headers["Location"].startswith("/masuk"):
            yield "lets somebody in who did not sign in"
    elif role not in roles:
        if status != 403:
            yield f"does not refuse a role it does not name ({role})"
    elif role in LOCAL and is_strange and status not in {*REFUSED, 405}:
        yield "reaches another institution"


@pytest.mark.parametrize("username", [f"{name}.{OWN}" for name in LOCAL], ids=str)
def test_no_page_or_file_tells_an_institution_who_was_drawn_or_whom_others_listed(world, username):
    """Canaries: references, numbers drawn, message ids; names, numbers and words of the other institution."""
    visitor, told = Visitor(username), []
    others = [*world.things[FOREIGN].phones, "KENARI kab-b", "kontak kab-b", "tanya kab-b", "tamu kab-b"]
    reached = 0
    for entry, own, strange in addresses(HALL, world):
        for method in METHODS:
            for path in (own, *strange):
                answer, page = visitor.visit(method, path)
                reached += answer.status_code == 200
                told += [
                    f"{method.upper()} {path} ({entry.name}) tells {secret!r}"
                    for secret in (*world.secrets, *others)
                    if tells(page, secret)
                ]
    assert told == []
    assert reached > 10  # the test would pass on closed doors too


def tells(page, secret):
    """Whether a page holds a secret; a number only as a number of its own."""
    if secret[0].isdigit():
        return re.search(rf"(?<![\w.,-]){re.escape(secret)}(?![\w-])", page) is not None
    return secret in page


def test_the_canaries_can_be_seen_where_they_may(world):
    """The same search finds them for the agency: it is not blind."""
    visitor = Visitor("officer")
    pages = [
        visitor.visit("get", path)[1]
        for _, own, strange in addresses(HALL, world)
        for path in (own, *strange)
    ]
    assert any("kontak kab-b" in page for page in pages)


@pytest.mark.parametrize("username", [f"unit_contact.{OWN}"])
def test_a_contact_person_does_not_reach_the_unit_next_door(world, username):
    visitor, wrong = Visitor(username), []
    own = world.things[OWN]
    for entry in routes(get_resolver(HALL)):
        names = arguments(entry)
        if "unit" not in names:
            continue
        words = {argument: value(entry.name, argument, own) for argument in names}
        path = path_of(entry, words | {"unit": own.neighbour.code}, HALL)
        for method in METHODS:
            answer, _ = visitor.visit(method, path)
            if answer.status_code not in {*REFUSED, 405}:
                wrong.append(f"{method.upper()} {path} ({entry.name}): {answer.status_code}")
    assert wrong == []


def test_the_page_that_checks_messages_knows_no_account_and_tells_nothing(world, settings, client):
    settings.ROOT_URLCONF = CEK
    for entry in routes(get_resolver(CEK)):
        assert entry.callback.roles == ("everybody",)
    for method in METHODS:
        for path in ("/", "/cek", "/cek/lapor", "/cek/lapor/diterima", "/janji"):
            with transaction.atomic():
                answer = getattr(client, method)(path)
                transaction.set_rollback(True)
            assert answer.status_code < 500
            assert not any(tells(answer.content.decode(), secret) for secret in world.secrets)


def test_an_argument_that_nobody_explained_fails_loudly():
    with pytest.raises(pytest.fail.Exception, match="'berkas'"):
        value("baru", "berkas", SimpleNamespace())


def test_there_is_a_round_and_both_worlds_are_in_it(world):
    assert Round.current() == world.round
    assert world.things[OWN].phones
    assert not set(world.things[OWN].phones) & set(world.things[FOREIGN].phones)
