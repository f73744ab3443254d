"""A printed letter: one page a person, and the code on the page, read from its pixels, is that person's."""

import secrets

import numpy as np
import pytest
import segno

from bening.crypto.invites import link_text
from bening.web.outreach.channels.letter.render import render
from bening.web.outreach.channels.letter.send import MOST, made
from bening.web.outreach.channels.letter.settings import Paper
from tests.web.outreach import pixels
from tests.web.outreach.test_channels import ACCOUNTS, WORDS, Message

ADDRESS = "Ibu Contoh\nJalan Melati 1\nBandar Lampung 35111"


def letter(n=0, **words):
    return Message(f"{n:032x}", 1, "invite", "id", ADDRESS, WORDS | words, link_text(secrets.token_bytes(16)))


@pytest.mark.parametrize("length", [20, 40, 60, 80, 100])
def test_the_reader_reads_what_another_program_drew(length):
    """So that a code which it reads on a page is known to be right."""
    said = ("https://contoh.go.id/i#" + "aB3_" * 30)[:length]
    code = segno.make(said, error="m", micro=False, boost_error=False, mode="byte")
    square = np.array([[bool(cell) for cell in row] for row in code.matrix])
    assert pixels.text(square) == said


def test_the_code_on_the_page_opens_the_survey_for_this_person_alone():
    letters = [letter(n) for n in range(2)]
    for page, one in enumerate(letters, 1):
        png = made(letters, ACCOUNTS["letter"], "png", page)
        assert pixels.read(png) == ACCOUNTS["letter"].link + one.secret


def test_a_long_address_of_the_agency_is_still_readable():
    paper = Paper(
        "https://survei-integritas.lembaga-contoh.go.id/i#", "survei-integritas.lembaga-contoh.go.id"
    )
    one = letter()
    assert pixels.read(made([one], paper, "png")) == paper.link + one.secret


def test_a_batch_is_one_file_of_at_most_two_hundred_pages():
    assert made([letter()], ACCOUNTS["letter"]).startswith(b"%PDF")
    for many in (0, MOST + 1):
        with pytest.raises(ValueError, match="letters in one file"):
            made([letter()] * many, ACCOUNTS["letter"])


def test_the_page_carries_what_every_message_to_this_person_carries():
    page = render(letter(), ACCOUNTS["letter"])
    said = str(page)
    for word in ("K7Q2-9XMA", "teduh rimba", "K7Q2-9XMA-4RT8-0ZNE-5Y", WORDS["check"], WORDS["hotline"]):
        assert word in said
    assert page["to"][0] == "Ibu Contoh"
    assert page["never"] not in page["body"][0]
