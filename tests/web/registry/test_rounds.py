"""Rounds: opened on a page by rules that were read first, and compared with the one before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.problems import Refused
from bening.web.registry.models import Audit, Institution, Round, Unit
from bening.web.registry.steps import contacts_of, decide_locus, open_round
from bening.web.registry.steps.compare import Edition, compare, editions_of
from tests.web.registry.test_places_files import PEOPLE, PLACES, bring
from tests.web.registry.test_places_pages import enter, see, send, text  # noqa: F401  a fixture
from tests.web.small import make_places, make_round

WORDS = {
    "name": "Survei 2026", "code": "spi-2026", "opens": "2026-08-03", "closes": "2026-08-28",
    "reference": "2026-08-03", "agency": "Badan Contoh", "agency_short": "BC", "survey": "Survei",
    "sender": "+62", "hotline": "0800",
}  # fmt: skip
METHOD = "spi-2025:equal-thirds"
RULES = {"internal": (("months_ge", 24),)}


def edition(loci, **changes):
    """A round with these loci; the first letter of a unit's code is its kind."""
    facts = {"round": "r", "name": "R", "profile": "p", "size": "kecil", "rules": RULES}
    return Edition(**facts | changes, loci={unit: unit[0] for unit in loci})


def test_sixteen_loci_then_thirty_six():
    """Lampung Selatan: Puskesmas were added in 2022 (S20)."""
    offices, centres = [f"o{n}" for n in range(16)], [f"p{n}" for n in range(20)]
    pair = compare(edition(offices), edition(offices + centres))
    assert (len(pair.kept), len(pair.added), len(pair.dropped)) == (16, 20, 0)
    assert pair.share == pytest.approx(16 / 36)
    assert (pair.reasons, pair.kinds) == (("kinds", "loci"), ("p",))
    assert pair.parts
    assert not pair.whole


@pytest.mark.parametrize(
    ("changes", "reason", "parts"),
    [
        ({"profile": "q"}, "profile", False),
        ({"rules": {"internal": (("months_ge", 12),)}}, "rules", False),
        ({"size": "besar"}, "size", True),
    ],
)
def test_each_reason_against_comparing(changes, reason, parts):
    pair = compare(edition(["o1"]), edition(["o1"], **changes))
    assert (pair.reasons, pair.whole, pair.parts) == ((reason,), False, parts)


def test_the_same_again_can_be_compared_as_a_whole():
    assert compare(edition(["o1", "p1"]), edition(["o1", "p1"])).whole


def test_without_a_common_locus_nothing_can_be_compared():
    pair = compare(edition(["o1"]), edition(["o2"]))
    assert (pair.reasons, pair.parts, pair.share) == (("loci",), False, 0.0)
    assert compare(edition(["o1"]), edition([])).share == 0.0


UNITS = st.frozensets(st.sampled_from([f"{kind}{n}" for kind in "op" for n in range(4)]))


@given(UNITS, UNITS)
def test_every_locus_is_kept_added_or_dropped(before, after):
    pair = compare(edition(before), edition(after))
    assert {*pair.kept, *pair.added} == after
    assert {*pair.kept, *pair.dropped} == before
    assert len(pair.kept) + len(pair.added) + len(pair.dropped) == len(before | after)
    assert pair.whole == (before == after)
    back = compare(edition(after), edition(before))
    assert (back.kept, back.added, back.dropped) == (pair.kept, pair.dropped, pair.added)


@pytest.fixture
def two_rounds(db):
    """2024 with two loci, 2025 with the same two and a Puskesmas; another edition has other rules."""
    first = make_round(
        code="spi-2024",
        edition="2024",
        opens=date(2024, 8, 1),
        closes=date(2024, 8, 30),
        reference=date(2024, 8, 1),
    )
    make_places(first, {"kab-x": ["dinkes", "disdik"]})
    second = make_round(code="spi-2025")
    bring(second, "institutions", PLACES)
    make_places(second, {"kab-x": ["dinkes", "disdik", "pkm"]})
    Unit.objects.filter(code="pkm").update(kind="puskesmas")
    return first, second


def test_the_page_says_what_can_be_compared(two_rounds, enter):  # noqa: F811
    page = see(enter("leader", "kab-x"), "/instansi/kab-x/putaran")
    assert "2 → 3 loci: not comparable" in page  # editions 2024 and 2025 ask other people
    assert "Other rules on who may be asked: staff, experts." in page
    assert "Kinds of units that only one of the rounds has: health centre." in page
    assert "Other loci: 1 came." in page
    assert "2 of the earlier 2 loci stayed; they are 67 % of the later 3." in page


def test_the_same_rules_leave_the_common_loci(two_rounds, enter):  # noqa: F811
    Round.objects.filter(code="spi-2024").update(edition="2025")
    page = see(enter("inspectorate", "kab-x"), "/instansi/kab-x/putaran")
    assert "2 → 3 loci: not comparable as a whole; 2 loci can be compared" in page
    decide_locus(by="siti", round=two_rounds[1], unit=Unit.objects.get(code="pkm"), listed=False)
    assert compare(*editions_of(Institution.objects.get())).whole


def test_with_one_round_there_is_nothing_to_compare(db, enter):  # noqa: F811
    make_places(make_round(), {"kab-x": ["dinkes"]})
    assert "One round so far" in see(enter("officer"), "/instansi/kab-x/putaran")


@pytest.mark.django_db
def test_a_round_is_opened_by_rules_that_were_read(enter):  # noqa: F811
    siti = enter("officer")
    assert "By which rules will this round be made?" in see(siti, "/putaran-baru")
    assert "This field is required" in see(siti, "/putaran-baru?method=")
    assert "Select a valid choice" in see(siti, "/putaran-baru?method=spi-1999:x")
    page = see(siti, f"/putaran-baru?method={METHOD}")
    assert "Illustrative weights, one third a group" in page
    assert "has worked in this institution for fewer than 24 months; 24 are required" in page
    assert "10 answers in a group; 30 in the institution" in page
    page = text(send(siti, "/putaran-baru", method=METHOD, **WORDS))
    assert "The round is open. Now list its institutions." in page
    made = Round.objects.get()
    assert (made.method_id, made.closes, made.hotline) == (METHOD, date(2026, 8, 28), "0800")
    assert Audit.objects.latest("id").verb == "open_round"
    assert "Survei 2026: 3 August 2026 to 28 August 2026" in see(siti, "/putaran")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"closes": "2026-08-01"}, "it closes before it opens"),
        ({"reference": "2026-12-01"}, "the reference day is later than the closing day"),
        ({"code": "SPI"}, "Use small letters."),
        ({"code": "a b"}, "Enter a valid"),
        ({"hotline": ""}, "This field is required"),
    ],
)
def test_a_round_that_cannot_be_is_told_and_loses_nothing(enter, wrong, told):  # noqa: F811
    page = send(enter("officer"), "/putaran-baru", method=METHOD, **WORDS | wrong)
    assert told in text(page)
    assert 'value="Badan Contoh"' in page.content.decode()
    assert not Round.objects.exists()


@pytest.mark.django_db
def test_a_code_is_taken_once_and_the_next_round_begins_with_the_last_one_s_words(enter):  # noqa: F811
    siti = enter("officer")
    send(siti, "/putaran-baru", method=METHOD, **WORDS)
    assert "There is a round of this code already." in text(
        send(siti, "/putaran-baru", method=METHOD, **WORDS)
    )
    assert 'value="0800"' in siti.get(f"/putaran-baru?method={METHOD}").content.decode()


@pytest.mark.django_db
def test_dates_out_of_order_are_refused_to_commands_too():
    with pytest.raises(Refused, match="REGISTRY-121"):
        make_round(closes=date(2025, 8, 1))


@pytest.mark.django_db
def test_everybody_reads_the_rules_and_only_an_officer_opens_a_round(enter):  # noqa: F811
    make_places(make_round(), {"kab-x": ["dinkes"]})
    dewi = enter("inspectorate", "kab-x")
    assert "Who is not asked" in see(dewi, "/putaran/uji-2025")
    assert "Open the next round" not in see(dewi, "/putaran")
    assert dewi.get("/putaran-baru").status_code == 403
    assert dewi.get("/putaran/none").status_code == 404


@pytest.mark.django_db
def test_other_rooms_learn_whom_to_call():
    round_ = make_round()
    bring(round_, "institutions", PLACES)
    make_places(round_, {"kab-x": ["dinkes"]})
    bring(round_, "contacts", PEOPLE)
    people = contacts_of(Institution.objects.get())
    assert [(person.name, person.unit and person.unit.code) for person in people] == [
        ("Dewi", None),
        ("Rina", "dinkes"),
    ]


@pytest.mark.django_db
def test_opening_again_keeps_what_it_was():
    made = make_round()
    assert open_round(
        by="x", code=made.code, edition="2025", profile="equal-thirds", opens=made.opens, closes=made.closes,
        reference=made.opens, words={},
    ) == made  # fmt: skip
