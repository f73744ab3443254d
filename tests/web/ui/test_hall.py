"""The frame of the staff pages."""

from types import SimpleNamespace

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from bening.web.ui.templatetags.parts import stage_bar


@pytest.fixture
def hall():
    """A staff page of an inspectorate."""
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True)
    words = {
        "role": SimpleNamespace(name="inspectorate", institution="Kabupaten Lampung Selatan"),
        "round": SimpleNamespace(name="SPI Lampung 2025"),
        "user": request.user,
        "messages": [],
    }
    page = Template("{% extends 'ui/base.html' %}{% block main %}<h1>Isi</h1>{% endblock %}")
    with translation.override("id"):
        return page.render(RequestContext(request, words))


def test_the_frame_says_which_round_and_whose_page(hall):
    assert "SPI Lampung 2025" in hall
    assert "Inspektorat, Kabupaten Lampung Selatan" in hall


def test_language_and_leaving_are_forms_with_a_token(hall):
    """A link would let another site sign somebody out."""
    assert hall.count("csrfmiddlewaretoken") == hall.count("<form") == 2


def test_the_frame_has_nothing_inline(hall):
    assert "<script" not in hall
    assert "style=" not in hall


def test_the_first_stage_that_is_not_done_is_the_present_one():
    drawn = stage_bar([("a", True), ("b", False), ("c", False)])["stages"]
    assert [stage["state"] for stage in drawn] == ["done", "now", "later"]
    assert [stage["state"] for stage in stage_bar([("a", True)])["stages"]] == ["done"]
