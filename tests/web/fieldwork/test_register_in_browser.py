"""The registration pages in a real browser: readable, reachable, quiet, in both languages."""

import json
import os

import pytest
from django.conf import settings as house
from django.contrib.auth.models import User

from bening.web.config.settings import cek
from bening.web.fieldwork.models import Registration
from bening.web.fieldwork.steps import register as steps
from bening.web.fieldwork.steps.freeze import freeze_round
from bening.web.questionnaire.steps import freeze_instrument
from bening.web.registry.models import Unit
from bening.web.registry.steps import grant
from tests.web.fieldwork.conftest import make_keys
from tests.web.fieldwork.test_pages_in_browser import LOOKS, sound, window
from tests.web.fieldwork.test_register import DAY
from tests.web.small import FORMS

assert window
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "gate"], transaction=True),
]


@pytest.fixture
def doorway(drawn, settings):
    """A frozen round in which users of one unit may register."""
    text = json.loads((FORMS / "external.json").read_text()) | {"name": "visitor", "group": "visitor"}
    freeze_instrument(by="ratna", round=drawn, data=json.dumps(text).encode())
    unit = Unit.objects.get(code="opd.01")
    return steps.declare(by="siti", round=drawn, unit=unit, quota=30, expected=400)


def look(page, name):
    """Keep a picture where somebody asked for one."""
    if folder := os.environ.get("SHOTS"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_somebody_registers(doorway, settings, window, language, scheme):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = "bening.web.config.urls_cek", cek.MIDDLEWARE
    settings.NOW = lambda: DAY
    make_keys(doorway.round, settings)
    freeze_round(by="siti", round=doorway.round)
    page = window(language, scheme)
    page.goto(f"/cek/daftar/{doorway.token}?bahasa={language}")
    sound(page, "form")
    look(page, f"form-{language}")
    page.click("button.main")
    sound(page, "faults")
    look(page, f"faults-{language}")
    page.fill("#id_number", "0812 9999 0001")
    page.fill("#id_service", "KTP")
    page.select_option("#id_month", "2025-08")
    page.check("#id_consent")
    page.click("button.main")
    assert page.url.split("?")[0].endswith("/diterima")
    sound(page, "taken")
    look(page, f"taken-{language}")
    assert page.context.cookies() == []
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_board_of_the_agency(doorway, client, window, language, scheme):
    grant(by="siti", username="officer", name="Officer", role="officer")
    client.force_login(User.objects.get(username="officer"))
    cookie = {"name": house.SESSION_COOKIE_NAME, "value": client.cookies[house.SESSION_COOKIE_NAME].value}
    page = window(language, scheme, [cookie])
    page.goto("/pendaftar")
    sound(page, "board")
    look(page, f"board-{language}")
