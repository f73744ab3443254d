"""An officer fills the register in a real browser, from nothing to two rounds that are compared."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening.web.registry.models import Institution, Locus, Unit
from bening.web.registry.steps import grant, propose_locus
from tests.web.registry.test_places_files import PEOPLE, PLACES, UNITS
from tests.web.registry.test_places_files import bring as take_in_file
from tests.web.small import make_round

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFICES = [f"kab-ls;opd.{n:02};Dinas Nomor {n};office;2;;Y" for n in range(1, 17)]
CENTRES = [f"kab-ls;pkm.{n:02};Puskesmas {n};puskesmas;4;opd.02;{{}}" for n in range(1, 21)]
HEAD = "institution;code;name;kind;echelon;parent;locus"
PLACE = "code;name;kind;province;size\nkab-ls;Kabupaten Lampung Selatan;regency;18;besar\n"


def units(mark):
    """The 36 units of the starting case; `mark` says whether health centres are loci."""
    return "\n".join([HEAD, *OFFICES, *(row.format(mark) for row in CENTRES)]) + "\n"


@pytest.fixture
def window(browser, live_server, client):
    """A window of somebody who is signed in."""
    opened = []

    def of(user, language="en-GB", scheme="light", width=1280):
        client.force_login(user)
        context = browser.new_context(
            locale=language, color_scheme=scheme, viewport={"width": width, "height": 900},
            base_url=live_server.url, accept_downloads=True,
        )  # fmt: skip
        cookie = {"name": "session", "value": client.cookies["session"].value, "url": live_server.url}
        context.add_cookies([cookie])
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield of
    for context in opened:
        context.close()


def sound(page):
    """No accessibility violation, nothing wider than the screen, at most one filled button."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert page.locator("main .button, main button.main").count() <= 1, page.url


def bring(page, table, text, name="berkas.csv"):
    """Choose a file and look at what it would do."""
    page.goto("/register/unggah")
    page.check(f"input[name=table][value={table}]")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.click("text=Check the file")
    return page.inner_text("h1")


@pytest.mark.django_db(transaction=True)
def test_from_nothing_to_two_rounds(window):
    siti = grant(by="x", username="siti", name="Siti", role="officer")
    page = window(siti)
    page.goto("/register/unggah")
    assert page.inner_text("h1") == "Open a round first"
    sound(page)
    open_round(page, "spi-2024", "2024-08-01", "2024-08-30")
    assert bring(page, "institutions", PLACE).startswith("1 would be new")
    page.click("text=Take it in")

    wrong = units("T").replace("Nomor 3;office", "Nomor 3;ofice").replace(";4;opd.02", ";4;opd.20", 1)
    assert bring(page, "units", wrong) == "2 problems in the file; nothing was changed"
    table = page.inner_text("table")
    assert "D kind" in table
    assert "F parent" in table
    sound(page)
    assert not Unit.objects.exists()
    assert bring(page, "units", units("T")).startswith("36 would be new, 0 would change")
    sound(page)
    page.click("text=Take it in")
    assert Locus.objects.count() == 16

    open_round(page, "spi-2025", "2025-08-01", "2025-08-30")
    bring(page, "institutions", PLACE)
    page.click("text=Take it in")
    assert bring(page, "units", "\ufeff" + units("Y")).startswith("0 would be new, 36 would change")
    sound(page)
    page.click("text=Take it in")
    page.goto("/instansi/kab-ls/putaran")
    assert page.inner_text("h1") == "16 → 36 loci: not comparable as a whole; 16 loci can be compared"
    sound(page)

    page.goto("/instansi")
    with page.expect_download() as started:
        page.click("text=Units and loci (CSV)")
    out = started.value.path().read_bytes()
    assert bring(page, "units", out.decode()) == "The file changes nothing"
    sound(page)


def open_round(page, code, opens, closes):
    """By the rules of edition 2025, on the page."""
    page.goto("/putaran-baru")
    page.select_option("select", "spi-2025:equal-thirds")
    page.click("text=Read the rules")
    words = {"name": f"Survei {code}", "code": code, "opens": opens, "closes": closes, "reference": opens}
    others = dict.fromkeys(("agency", "agency_short", "survey", "sender", "hotline"), "Badan Contoh")
    for name, value in (words | others).items():
        page.fill(f"#id_{name}", value)
    sound(page)
    page.click("button:has-text('Open the round')")
    assert "The round is open" in page.inner_text("body")


@pytest.fixture
def filled(transactional_db):
    """A regency with a unit that is proposed as a locus, and somebody of each role there."""
    round_ = make_round()
    for table, text in (("institutions", PLACES), ("units", UNITS), ("contacts", PEOPLE)):
        take_in_file(round_, table, text)
    place = Institution.objects.get()
    propose_locus(
        by="dewi", round=round_, unit=place.units.get(code="sd-1"), wanted=True, reason="Banyak guru."
    )
    part = place.units.get(code="dinkes")
    roles = {"officer": None, "inspectorate": None, "leader": None, "unit_contact": part}
    return {
        role: grant(
            by="x", username=role, name=role, role=role, institution=place if role != "officer" else None,
            unit=unit,
        )
        for role, unit in roles.items()
    }  # fmt: skip


PAGES = {
    "officer": (
        "/instansi", "/instansi?q=zzz", "/instansi/kab-x", "/instansi/kab-x/putaran",
        "/instansi/kab-x/unit/sd-1", "/instansi/kab-x/unit/dinkes", "/instansi/kab-x/unit/dinkes/ubah",
        "/register/unggah", "/instansi/kab-x/narahubung", "/putaran", "/putaran/uji-2025", "/putaran-baru",
        "/putaran-baru?method=spi-2025:equal-thirds",
    ),
    "inspectorate": ("/instansi/kab-x", "/instansi/kab-x/unit/sd-1", "/register/unggah"),
    "leader": ("/instansi/kab-x", "/instansi/kab-x/unit/sd-1"),
    "unit_contact": ("/instansi/kab-x/unit/dinkes",),
}  # fmt: skip


@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_sound_on_every_screen(filled, window, role):
    for language, scheme, width in (
        ("en-GB", "light", 1280), ("id-ID", "dark", 360), ("id-ID", "light", 320),
    ):  # fmt: skip
        page = window(filled[role], language, scheme, width)
        for path in PAGES[role]:
            page.goto(path)
            sound(page)


def test_a_wrong_form_leads_to_its_fields_by_keyboard(filled, window):
    page = window(filled["inspectorate"], width=360)
    page.goto("/instansi/kab-x/narahubung")
    page.fill("#id_name", "Bayu")
    page.fill("#id_phone", "12")
    page.keyboard.press("Enter")
    page.wait_for_selector(".faults a")
    sound(page)
    page.focus(".faults a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_phone"
    page.fill("#id_phone", "0811234567")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Saved.")
    assert "Bayu" in page.inner_text("main")


def test_a_proposal_is_decided_by_keyboard(filled, window):
    page = window(filled["officer"])
    page.goto("/instansi/kab-x/unit/sd-1")
    page.focus("#id_answer")
    page.keyboard.type("Setuju.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=SDN 1 is a locus of this round")
    assert "The agency followed the institution’s proposal" in page.inner_text("main")
    assert Locus.objects.filter(unit__code="sd-1").exists()
