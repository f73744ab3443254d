"""Every screen speaks both languages, and every template can be read."""

import pytest
from django.template.loader import get_template

from bening.web.config import messages
from bening.web.config.messages import WEB

TEMPLATES = sorted(
    str(path.relative_to(folder)) for folder in WEB.glob("*/templates") for path in folder.rglob("*.html")
)


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_every_text_has_an_indonesian_one(room):
    assert messages.missing(room) == []


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_no_translation_outlives_its_text(room):
    """A text nobody shows any more would be kept and maintained for nothing."""
    said = {messages.key(message.id) for message in messages.catalogue(room) if message.id}
    kept = {messages.key(message.id) for message in messages.translated(room) if message.id}
    assert kept - said == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name):
    get_template(name)


def test_placeholders_are_the_same_in_both_languages():
    """`%(n)s` lost in translation would show as an error to whoever reads Indonesian."""
    wrong = []
    for room in messages.rooms():
        for message in messages.translated(room):
            if message.id and message.string and message.python_format:
                wrong += [str(message.id) for _ in message.check()]
    assert wrong == []
