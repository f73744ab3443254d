"""From an invitation to a signed-in account in a real browser, with a real passkey of the browser's own."""

import re
import socket

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.core.management import call_command

from bening.web.registry.models import Institution, Invitation
from bening.web.registry.steps import withdraw_invitation
from tests.web.registry.accounts import PASSWORD, code_on, invited, officer, totp
from tests.web.small import make_places, make_round

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def hall(live_server, settings):
    """The staff door, no demo."""
    settings.DEPLOYMENT = "one-machine"
    settings.ORIGIN_HALL = live_server.url.replace("127.0.0.1", "localhost")
    cache.clear()
    return settings.ORIGIN_HALL


@pytest.fixture
def window(browser):
    """A fresh window: its language, its size."""
    opened = []

    def fresh(language="en-GB", **size):
        context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900} | size)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda said: seen.append(said.text) if said.type == "error" else None)
        return page

    seen = []
    yield fresh
    for context in opened:
        context.close()
    assert [text for text in seen if "Content Security Policy" in text] == []


def sound(page):
    """No accessibility violation, nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


def with_device(page):
    """A device that makes and keeps passkeys."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def first_link(capsys, username, name):
    """What the console prints."""
    call_command("invite_first", "--username", username, "--name", name)
    return capsys.readouterr().out.split()[0]


def arrive(page, link, username=None):
    """Open the link and choose a password; ends at the page that asks for a second factor."""
    page.goto(link)
    page.wait_for_selector("input[name=password]")
    assert "#" not in page.url
    if username:
        page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.click("button.main")
    page.wait_for_url("**/akun/keamanan")


def sign_in(page, hall, username):
    """The first of the two factors."""
    page.goto(f"{hall}/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.main")


def leave(page):
    """By the menu of the account."""
    page.click(".account summary")
    page.click(".account button")


def test_an_officer_arrives_makes_a_passkey_and_signs_in_with_it(hall, window, capsys):
    page = with_device(window())
    arrive(page, first_link(capsys, "ratih", "Ratih"))
    assert "Set up a second factor" in page.inner_text("h1")
    sound(page)
    page.goto(f"{hall}/orang")
    assert page.url.endswith("/akun/keamanan")
    page.click("text=Add a passkey")
    page.fill("input[name=name]", "laptop kantor")
    page.click("main button.main")
    page.wait_for_url("**/akun/cadangan")
    assert page.locator(".codes li").count() == 10
    sound(page)
    page.goto(f"{hall}/orang")
    assert "1 person may act" in page.inner_text("h1")
    leave(page)
    sign_in(page, hall, "ratih")
    page.wait_for_url("**/akun/faktor")
    sound(page)
    page.click("#passkey button")
    page.wait_for_url(f"{hall}/")
    page.goto(f"{hall}/akun/kunci")
    assert "laptop kantor" in page.inner_text("main")
    page.goto(f"{hall}/orang/undang")
    assert page.url.startswith(f"{hall}/akun/ulang")
    page.click("text=Use a passkey instead")
    page.click("#passkey button")
    page.wait_for_url("**/orang/undang")


def test_another_device_s_passkey_does_not_open_the_account(hall, window, capsys):
    page = with_device(window())
    arrive(page, first_link(capsys, "ratih", "Ratih"))
    page.goto(f"{hall}/akun/kunci/tambah")
    page.click("main button.main")
    page.wait_for_url("**/akun/cadangan")
    stranger = with_device(window())
    sign_in(stranger, hall, "ratih")
    stranger.wait_for_url("**/akun/faktor")
    stranger.click("#passkey button")
    stranger.wait_for_selector("#passkey [role=alert]:not([hidden])")
    stranger.goto(f"{hall}/orang")
    assert stranger.url == f"{hall}/akun/faktor"


def test_an_app_for_codes_on_a_small_phone_in_indonesian(hall, window, capsys):
    page = window("id-ID", **PHONE)
    arrive(page, first_link(capsys, "budi", "Budi"), "budi.santoso")
    page.click("text=Atau pakai aplikasi")
    sound(page)
    secret = page.inner_text("main code")
    page.fill("input[name=code]", totp(secret))
    page.click("main button.main")
    page.wait_for_url("**/akun/cadangan")
    page.click("text=Sudah saya catat")
    leave(page)
    sign_in(page, hall, "budi.santoso")
    page.wait_for_url("**/akun/faktor")
    sound(page)
    cache.clear()  # within the same half minute
    page.fill("input[name=code]", totp(secret))
    page.click("text=Pakai kode")
    page.wait_for_url(f"{hall}/")


@pytest.fixture
def letters(settings):
    """A mail server on loopback, and what it was given."""

    class Box:
        taken = []

        async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
            self.taken.append(envelope)
            return "250 OK"

    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield box.taken
    server.stop()


def prepared():
    """An officer with an app, and an inspectorate of one of two institutions."""
    make_places(make_round(), {"kab-x": ["dinkes"], "kab-y": ["dinkes"]})
    return officer("ratih")


def ready(page, hall, username):
    """Signed in with an app."""
    sign_in(page, hall, username)
    page.wait_for_url("**/akun/faktor")
    cache.clear()
    page.fill("input[name=code]", totp())
    page.click("main button.main >> nth=-1")
    page.wait_for_url(f"{hall}/")


def invite(page, hall, **given):
    """Fill in and send the form, showing the password first if asked."""
    page.goto(f"{hall}/orang/undang")
    if "/akun/ulang" in page.url:
        sound(page)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button.main")
        page.wait_for_url("**/orang/undang")
    page.select_option("select[name=role]", given.pop("role"))
    for name, value in given.items():
        page.fill(f"input[name={name}]", value)
    sound(page)
    page.click("main button.main")


def test_an_invitation_by_mail_arrives_and_works_once(hall, window, letters):
    prepared()
    page = window()
    ready(page, hall, "ratih")
    invite(page, hall, name="Dewi", role="inspectorate", institution="kab-x", email="dewi@kab-x.test")
    page.wait_for_url("**/orang")
    assert "on its way to dewi@kab-x.test" in page.inner_text("body")
    sound(page)
    assert [envelope.rcpt_tos for envelope in letters] == [["dewi@kab-x.test"]]
    text = letters[0].content.decode()
    link = re.search(rf"{hall}/undangan#\S+", text)[0]
    assert "Kabupaten kab-x" in text
    dewi = window("id-ID", **PHONE)
    dewi.goto(link)
    dewi.wait_for_selector("input[name=password]")
    assert "Dewi, Anda diundang" in dewi.inner_text("h1")
    sound(dewi)
    arrive(dewi, link, "dewi")
    late = window("id-ID", **PHONE)
    late.goto(link)
    late.wait_for_selector(".faults")
    assert "sudah dipakai" in late.inner_text(".faults")
    sound(late)


def test_a_printed_invitation_is_one_page_and_its_code_can_be_typed(hall, window):
    prepared()
    page = window()
    ready(page, hall, "ratih")
    invite(page, hall, name="Wayan", role="auditor")
    page.wait_for_selector(".letter")
    sound(page)
    assert page.locator(".letter svg").count() == 1
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    assert sheets == 1
    code = code_on(page.inner_text(".letter"))
    wayan = window()
    wayan.goto(f"{hall}/undangan")
    sound(wayan)
    wayan.fill("input[name=code]", code.lower().replace("-", " "))
    wayan.click("main button.main")
    wayan.wait_for_selector("input[name=password]")
    withdraw_invitation(by="ratih", invitation=Invitation.objects.get(name="Wayan"))
    wayan.reload()
    assert "was withdrawn" in wayan.inner_text("main")
    sound(wayan)


def test_when_the_mail_server_is_gone_the_invitation_is_printed(hall, window, letters, settings):
    prepared()
    page = window()
    ready(page, hall, "ratih")
    settings.EMAIL_PORT = 9
    invite(page, hall, name="Wayan", role="auditor", email="wayan@agency.test")
    page.wait_for_selector(".letter")
    assert "did not take the letter" in page.inner_text("[role=alert]")
    assert letters == []
    assert Invitation.objects.get(name="Wayan", withdrawn=None).email == ""


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("id-ID", 360, "light"), ("en-GB", 360, "dark"), ("id-ID", 1280, "dark"), ("en-GB", 1280, "light")],
)
def test_every_page_of_accounts_is_sound(hall, window, language, width, scheme, settings):
    ratih = prepared()
    settings.EMAIL_URL = "smtp://127.0.0.1"
    invited("ratih", "officer", "dewi", "inspectorate", institution=Institution.objects.get(code="kab-x"))
    page = window(language, width=width, height=740)
    page.emulate_media(color_scheme=scheme)
    for address in ("/akun/masuk", "/akun/sandi/lupa", "/akun/sandi/terkirim", "/akun/ditutup", "/undangan"):
        page.goto(hall + address)
        sound(page)
    ready(page, hall, "ratih")
    for address in (
        "/akun/keamanan", "/akun/sandi", "/akun/kunci", "/akun/ulang",
        "/orang", f"/orang/{ratih.pk}", "/peran",
    ):  # fmt: skip
        page.goto(hall + address)
        sound(page)
    page.goto(hall + "/akun/kunci/tambah")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.main")
    for address in ("/akun/kunci/tambah", "/akun/cadangan/baru", "/akun/aplikasi/hapus", "/orang/undang"):
        page.goto(hall + address)
        assert page.url == hall + address
        sound(page)
    page.click(".account summary")
    sound(page)
