"""Collecting texts keeps what people translated, also when a text gains or loses its plural."""

import pytest

from bening.web.config import messages

CODE = 'gettext("Save")\nngettext("%(n)s row", "%(n)s rows", n)\n'


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room of one file, translated."""
    monkeypatch.setattr(messages, "WEB", tmp_path)
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "views.py").write_text(CODE)
    messages.collect(folder)
    path = messages.path_of(folder)
    text = path.read_text().replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Simpan"')
    path.write_text(text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s baris"'))
    assert messages.missing(folder) == []
    return folder


def test_collecting_again_changes_nothing(room):
    before = messages.path_of(room).read_text()
    messages.collect(room)
    assert messages.path_of(room).read_text() == before


def test_a_text_that_changes_its_number_keeps_its_translation(room):
    (room / "views.py").write_text('ngettext("Save", "Saves", n)\ngettext("%(n)s row")\n')
    messages.collect(room)
    text = messages.path_of(room).read_text()
    assert 'msgstr[0] "Simpan"' in text
    assert 'msgid "%(n)s row"\nmsgstr "%(n)s baris"' in text
    assert messages.missing(room) == []
