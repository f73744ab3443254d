"""Texts and prints: one version, both languages, nothing promised that was not earned, fetches counted."""

from datetime import date

import pytest

from bening.core.canonical import dump
from bening.core.kinds import Audience, Tier
from bening.core.problems import Refused
from bening.web.outreach import steps
from bening.web.outreach.models import Announcement, HandedOut
from bening.web.outreach.steps.paper import printed, qr
from bening.web.outreach.steps.prints import notices, office_sheets, print_of
from bening.web.outreach.steps.texts import PRINTS, material, plain, protection, texts, version, words
from bening.web.registry.models import Unit
from tests.web.outreach.conftest import HOME, MONDAY

pytestmark = pytest.mark.django_db
LANGUAGES = ("id", "en")


def leaves(part, path=()):
    if isinstance(part, dict):
        for key, each in part.items():
            yield from leaves(each, (*path, key))
    elif isinstance(part, list):
        for n, each in enumerate(part):
            yield from leaves(each, (*path, n))
    else:
        yield path, part


def test_every_text_speaks_both_languages_with_the_same_open_words():
    for path, _ in leaves(texts()):
        if "id" in path:
            other = tuple("en" if step == "id" else step for step in path)
            assert other in dict(leaves(texts())), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PRINTS)
def test_every_print_is_one_page_of_pdf_and_a_text_with_its_version(round_, home, name, language):
    made = print_of(name, round=round_, institution=home, language=language)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n") <= 1
    text = plain(name, language, words(round_, language, institution=str(home)))
    assert version() in text
    assert "{" not in text
    assert "Komisi Integritas Contoh" in text or name == "poster"


def test_sheets_of_offices_and_notices_of_units_are_pdf(round_, home, invite, clock):
    one = invite("dinkes")
    unit = Unit.objects.get(code="sd-1")
    assert office_sheets(round=round_, invited=[one], language="id").startswith(b"%PDF")
    assert notices(round=round_, posted=[(unit, "x" * 22)], language="en").startswith(b"%PDF")


def test_a_name_cannot_act_as_markup():
    data = {
        "title": "#panic()", "agency": "#read(1)", "language": "id", "intro": "*", "headline": "$x",
        "use": "[", "body": ["#eval(\"1\")", "@ref"], "qr": qr("https://contoh.id"), "qr_alt": "QR",
        "qr_words": "_", "qr_typed": "`", "foot": "]",
    }  # fmt: skip
    assert printed("sheet", data).startswith(b"%PDF")


TRUSTEES = {"k": 3, "n": 5, "names": ["a", "b", "c", "d", "e"]}


@pytest.mark.parametrize(
    ("deployment", "record", "must", "never"),
    [
        ("demo", "https://agency.test/ceremony", "tidak ada kerahasiaan", "dikunci"),
        ("one-machine", "", "satu pengelola", "termasuk pengelola"),
        ("one-machine", "https://agency.test/ceremony", "termasuk pengelola", "pihak yang berbeda"),
        ("split", "", "satu pengelola", "pihak yang berbeda"),
    ],
)
def test_the_claim_follows_the_deployment(round_, settings, tmp_path, deployment, record, must, never):
    settings.DEPLOYMENT, settings.CEREMONY_RECORD = deployment, record
    settings.TALLY_KEY = tmp_path / "tally.json"
    settings.TALLY_KEY.write_bytes(dump({"tally_pk": "x", "trustees": TRUSTEES}))
    said = " ".join(protection("id", words(round_, "id")))
    assert must in said
    assert never not in said


def test_the_demo_promises_nothing_on_its_page(client, round_):
    page = client.get("/bahan?bahasa=en").content.decode()
    assert "No confidentiality is promised here" in page
    assert "kept apart" not in page


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        ("/bahan", "Di mana saja"),
        ("/bahan/guru", "Mengapa sekolah?"),
        ("/bahan/kesehatan", "Mengapa puskesmas"),
    ],
)
def test_the_page_for_everybody_has_its_editions(client, round_, path, sign):
    page = client.get(f"{path}?bahasa=id")
    assert sign in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    assert "Siapa pun bisa terpilih" in page.content.decode()


def test_without_a_round_the_page_says_that_nothing_runs(client, db):
    assert "No survey is running" in client.get("/bahan?bahasa=en").content.decode()
    assert client.get("/bahan/lain").status_code == 404


def test_a_fetch_is_counted_for_the_institution_and_day(enter, round_, home, clock):
    client = enter("dewi")
    for form in ("pdf", "text"):
        page = client.post(f"/sosialisasi/{HOME}/bahan/poster", {"language": "id", "form": form})
        assert page.status_code == 200
    row = HandedOut.objects.get()
    assert (row.institution, row.unit, row.material, row.version, row.count) == (
        home,
        None,
        "poster",
        version(),
        2,
    )
    assert {f.name for f in HandedOut._meta.fields} == {
        "id", "round", "institution", "unit", "material", "version", "day", "count",
    }  # fmt: skip
    assert client.post(f"/sosialisasi/{HOME}/bahan/rahasia").status_code == 404


def announce(round_, home, to, material="group"):
    return steps.announce(
        by="dewi", round=round_, institution=home, to=to, material=material, means="group",
        day=date(2025, 7, 20), reached=10,
    )  # fmt: skip


def test_an_announcement_goes_to_a_whole_and_is_kept_once(round_, home):
    unit = Unit.objects.get(code="disdik")
    wholes = (
        steps.Whole(Audience.INSTITUTION), steps.Whole(Audience.UNIT, unit=unit), steps.Whole(Audience.USERS),
        steps.Whole(Audience.TIER, tier=Tier.SECTION), steps.Whole(Audience.CATEGORY, category="guru"),
    )  # fmt: skip
    for to in wholes:
        assert announce(round_, home, to) == announce(round_, home, to)
    assert Announcement.objects.count() == len(wholes)


@pytest.mark.parametrize(
    "to",
    [
        steps.Whole(Audience.UNIT),
        steps.Whole(Audience.TIER, tier="7"),
        steps.Whole(Audience.CATEGORY, category="yang terpilih"),
        steps.Whole(Audience.INSTITUTION, category="guru"),
    ],
)
def test_a_part_of_an_audience_is_refused(round_, home, to):
    with pytest.raises(Refused, match="OUTREACH-106"):
        announce(round_, home, to)


def test_a_unit_of_another_institution_is_no_audience(round_, home):
    with pytest.raises(Refused, match="OUTREACH-102"):
        announce(round_, home, steps.Whole(Audience.UNIT, unit=Unit.objects.get(code="rsud")))


def test_the_check_questions_have_one_right_answer_each_and_an_explanation(round_):
    for question in texts()["briefing"]["questions"]:
        keys = [option["key"] for option in question["options"]]
        assert question["right"] in keys
        assert len(set(keys)) == len(keys) == 3
        assert material("briefing", "en", words(round_, "en"))["questions"]
    assert MONDAY.tzinfo is not None
