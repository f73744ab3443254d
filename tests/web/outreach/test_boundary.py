"""The hard boundary: outreach knows whole audiences and counts; nothing in it is about who was drawn."""

import ast
import logging
import re
from pathlib import Path

import pytest
from django.apps import apps

import bening.web.outreach
from bening.core.kinds import Audience, Group
from bening.web.outreach import forms, steps
from bening.web.outreach.models import Reading
from bening.web.outreach.views import briefing
from bening.web.registry.models import Unit
from tests.web.outreach.conftest import HOME, MONDAY, OTHER

ROOM = Path(bening.web.outreach.__file__).parent
FILES = [
    path for path in ROOM.rglob("*.py") if "migrations" not in path.parts and "channels" not in path.parts
]
# What outreach may have from the locked room: counts, days, what is owed. `Contact` is counted in one file.
FROM_FRAME = {"hatch", "Owed", "owed", "Contact", "Roster"}
PEOPLE = re.compile(
    r"Contact\b|ContactPoint|Eligible|Selection|\brefs?\b|phones?\b|numbers\b|recipients|persons?\b"
)
PATHS = ("", "/cakupan", "/rapat", "/pimpinan", "/bahan", "/pengumuman", "/kontak", "/rapat/daftar-hadir")


def functions(path):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


def test_no_code_path_accepts_a_list_of_people():
    """Neither by name nor by type of any argument, but where the webhook inbox and senders work by key."""
    wrong = [
        f"{path.name}:{node.name}({argument.arg})"
        for path in FILES
        if path.name not in ("senders.py", "inbox.py", "rows.py", "transport.py")
        for node in functions(path)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if PEOPLE.search(argument.arg)
        or (argument.annotation and PEOPLE.search(ast.unparse(argument.annotation)))
    ]
    assert [
        each for each in wrong if each != "nudges.py:tell(person)"
    ] == []  # one contact person of an office


def test_only_counts_and_debts_come_out_of_the_frame():
    taken = {
        alias.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bening.web.frame")
        for alias in node.names
    }
    assert taken <= FROM_FRAME
    users = {path.name for path in FILES if re.search(r"import .*\bContact\b", path.read_text())}
    assert users == {"people.py"}
    assert "values_list" in (ROOM / "steps" / "people.py").read_text()


def test_the_only_audiences_are_wholes():
    assert set(Audience) == {"institution", "unit", "tier", "category", "users", "suppliers"}
    assert steps.Whole._fields == ("audience", "unit", "tier", "category")


def test_no_table_of_this_room_points_at_a_person_or_a_draw():
    for model in apps.get_app_config("outreach").get_models():
        for field in model._meta.fields:
            if field.is_relation:
                assert field.related_model._meta.app_label in ("registry", "outreach"), (model, field)


def test_no_form_takes_people(round_):
    fields = {
        name
        for form in (
            forms.MeetingForm(loci=[]),
            forms.AddressForm(),
            forms.AnnounceForm(units=[], names={name: name for name in forms.PRINTS}),
        )
        for name in form.fields
    }
    assert fields == {
        "day", "place", "chair", "agenda", "decisions", "email", "to", "material", "means", "reached",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["dewi", "agus", "siti"])
def test_pages_do_not_change_with_what_follows_the_draw(enter, staff, role, clock):
    """The lists as they are drawn from change nothing here: frozen or accepted, the counts are the same."""
    client = enter(role)

    def seen():
        pages = {}
        for path in PATHS:
            page = client.get(f"/sosialisasi/{HOME}{path}")
            pages[path] = (page.status_code, re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode()))
        return pages

    before = seen()
    assert {status for status, _ in before.values()} <= {200, 403}
    type(staff).objects.filter(pk=staff.pk).update(state="frozen")
    after = seen()
    assert before == after | {"/kontak": before["/kontak"]}  # what was owed is owed no more


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_another_institution_and_others_nothing_at_all(enter, staff, path, clock):
    assert enter("mira").get(f"/sosialisasi/{HOME}{path}").status_code == 404
    for username in ("wayan", "rina"):
        assert enter(username).get(f"/sosialisasi/{HOME}{path}").status_code == 403


@pytest.mark.django_db
def test_posts_of_another_institution_are_not_found(enter, round_, clock):
    client = enter("mira")
    for path in (
        "pimpinan/pemberitahuan",
        "pimpinan/jenjang/2",
        "pimpinan/jabatan/dinkes/undang",
        "bahan/poster",
    ):
        assert client.post(f"/sosialisasi/{HOME}/{path}").status_code == 404
    assert client.get(f"/sosialisasi/{OTHER}").status_code == 200


@pytest.mark.django_db
def test_opening_a_link_changes_nothing_and_sets_no_cookie(
    client, invite, staff, django_assert_max_num_queries
):
    one = invite("disdik")
    before = [list(model.objects.values_list()) for model in apps.get_app_config("outreach").get_models()]
    for _ in range(2):
        page = client.get(f"/baca/{one.token}")
        assert page.status_code == 200
        assert not page.cookies
        assert "set-cookie" not in page.headers
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "no-store"
    after = [list(model.objects.values_list()) for model in apps.get_app_config("outreach").get_models()]
    assert before == after


@pytest.mark.django_db
def test_the_token_is_in_no_log(client, invite, staff, caplog, monkeypatch):
    """Whatever goes wrong: unknown link, wrong method, a failure inside."""
    caplog.set_level(logging.DEBUG)
    token = invite("disdik").token
    client.get(f"/baca/{token}")
    client.put(f"/baca/{token}")
    client.get(f"/baca/{token[:-1]}x")
    client.get(f"/baca/{token}/diteruskan")
    client.post(f"/baca/{token}/bahan/lain")
    client.get(f"/baca/{token}/")
    client.get(f"/baca/{token}/bahan/poster/lagi")
    monkeypatch.setattr(briefing, "head_page", lambda *_: 1 / 0)
    client.raise_request_exception = False
    assert client.get(f"/baca/{token}").status_code == 500
    assert token[:-1] not in caplog.text
    assert token[:-1] not in "".join(str(vars(record)) for record in caplog.records)


@pytest.mark.django_db
def test_a_form_without_origin_works_because_the_link_is_the_proof(invite, staff, client, clock):
    """Under `no-referrer` a browser sends `Origin: null`; see ADR 4."""
    strict = type(client)(enforce_csrf_checks=True)
    one = invite("disdik")
    given = {"group": "internal", "steer": "neither", "check": "type", "pledge": "on"}
    assert strict.post(f"/baca/{one.token}", given, headers={"origin": "null"}).status_code == 303
    assert steps.find_link(one.token).head.acknowledged
    assert strict.post(f"/baca/{one.token[:-1]}x", given, headers={"origin": "null"}).status_code == 404


@pytest.mark.django_db
def test_readings_are_limited_by_the_minute_and_nobody_can_tell(round_, client, staff, clock, monkeypatch):
    unit = Unit.objects.get(code="sd-1")
    token = steps.post_notice(by="dewi", round=round_, unit=unit, now=MONDAY)
    monkeypatch.setattr(briefing, "limit", briefing.Limit(5))
    pages = {client.post(f"/baca/{token}", {"category": "guru"}).content for _ in range(8)}
    assert len(pages) == 1
    assert Reading.objects.get().count == 5


@pytest.mark.django_db
def test_a_head_hands_on_only_after_acknowledging(invite, client, clock, staff):
    token = invite("disdik").token
    assert client.post(f"/baca/{token}/bahan/notice").status_code == 404
    steps.acknowledge(head=steps.find_link(token).head, now=MONDAY)
    page = client.post(f"/baca/{token}/bahan/notice")
    assert page.content.startswith(b"%PDF")
    assert Group.INTERNAL in set(Group)
