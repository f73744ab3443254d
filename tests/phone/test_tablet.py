"""The interviewer's tablet: held without a signal, sealed on the spot, sent with the next one."""

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bening import phone
from bening.core import canonical
from bening.core.fieldwork import tablet
from bening.core.questionnaire import check, dump
from bening.crypto import seal
from bening.web.fieldwork.steps.tablets import INFO
from tests.phone.conftest import KEPT, MEDIA, Survey, Walk

OWN = phone.FOLDER / "tablet"
FILES = {path.name: path.read_bytes() for path in OWN.iterdir()}
SECRETS = [bytes([n]) * 16 for n in (1, 2)]
VAULT = """async () => {
  const opened = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await opened(indexedDB.open("bening-tablet"));
  const found = {};
  for (const name of ["own", "visits"]) {
    const store = database.transaction(name).objectStore(name);
    found[name] = await opened(store.getAll());
  }
  database.close();
  found.private = found.own.map((one) => one.privateKey?.extractable);
  found.own = found.own.length;
  return found;
}"""
UNSAID = """async () => {
  const opened = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await opened(indexedDB.open("bening-tablet"));
  const store = database.transaction("visits", "readwrite").objectStore("visits");
  const visit = await opened(store.get(1));
  await opened(store.put({ ...visit, stage: "open" }, 1));
  database.close();
}"""
pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Two(Survey):
    """A round with a right for each of two visits, and the tablet's files beside the phone's."""

    def freeze(self) -> None:
        super().freeze()
        sources = {f.name: f.read_bytes() for f in phone.FOLDER.iterdir() if f.suffix in (".js", ".css")}
        sources["round.js"] = self.files["round.js"]
        placed = tablet(
            sources,
            FILES,
            {f"q/{self.group}.json": dump(self.instrument)},
            origins=self.manifest.origins,
            agency="Lembaga Survei Integritas (demo)",
        )
        self.tablet = {f"/{path}" for path in placed}
        self.files |= {f"/{path}": data for path, data in placed.items()}
        self.spent: dict[str, str] = {}
        self.secrets = SECRETS

    def hello(self, body: bytes):
        status, fields = super().hello(body)
        return status, fields | {"state": json.loads(body)["secret"].encode().hex().ljust(64, "0")}

    def issue(self, body: bytes):
        asked = json.loads(body)
        self.issued = self.spent.get(asked["secret"])  # each secret opens a right of its own
        status, fields = super().issue(body)
        self.spent[asked["secret"]] = asked["blinded"]
        return status, fields


@pytest.fixture
def survey(monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    """The round."""
    for suffix, media in {".svg": "image/svg+xml", ".webmanifest": "application/manifest+json"}.items():
        monkeypatch.setitem(MEDIA, suffix, media)
    world = Two(group="external")
    yield world
    for server in (world.gate, world.box, world.static):
        server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tablet of 800 x 1280; any error on the page fails the test."""
    context = browser.new_context(viewport={"width": 800, "height": 1280}, locale="id-ID", has_touch=True)
    context.set_default_timeout(20_000)
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda line: errors.append(line.text) if "Security Policy" in line.text else None)
    yield made
    context.close()
    assert errors == []


def address(survey, words=""):
    return f"{survey.static.origin}/tablet.html{words}"


def key_of(page, survey):
    """The public key that the tablet offers to the page it came from."""
    page.goto(address(survey, "#kembali=http%3A%2F%2Flocalhost%3A9%2Fkunjungan"))
    link = page.get_by_role("link", name="Kembali ke daftar kunjungan")
    return re.search(r"tablet=([\w-]+)", link.get_attribute("href"))[1]


def sealed(key, secrets=SECRETS, expires="2099-12-31"):
    """Assignments as the worker seals them."""
    visits = [{"number": n, "secret": canonical.b64u(one)} for n, one in enumerate(secrets, 1)]
    words = canonical.dump({"expires": expires, "visits": visits})
    return canonical.b64u(seal.seal(words, INFO, key=canonical.from_b64u(key, length=65)))


def loaded(page, survey, **words):
    """A tablet with both visits, ready to be used without a signal."""
    blob = sealed(key_of(page, survey), **words)
    page.goto("about:blank")
    page.goto(address(survey, f"#muat={blob}"))
    page.get_by_text("Siap dipakai tanpa sinyal.").wait_for()


def held(page, number=1, choice=0, text=""):
    """One interview up to the code."""
    walk = Walk(page)
    page.get_by_role("listitem").filter(has_text=f"Kunjungan {number}").get_by_role("button").click()
    walk.press("Saya responden, tablet sudah di tangan saya")
    page.get_by_role("button", name=re.compile("Mulai")).click()
    walk.to_review(choice=choice, text=text)
    walk.press("Kirim jawaban")
    page.get_by_role("heading", name="Jawaban Anda terkunci").wait_for()
    return walk.code()


def given_back(page):
    """From the code to the interviewer's list."""
    walk = Walk(page)
    walk.press("Sudah saya catat, kembalikan tablet")
    walk.press("Saya pewawancara")


def row(page, number, words):
    """The line of a visit, once it says so."""
    return page.get_by_role("listitem").filter(has_text=f"Kunjungan {number}").filter(has_text=words)


def test_an_interview_without_a_signal_is_counted_once_there_is_one(page, survey):
    loaded(page, survey)
    before = len(survey.requests)
    page.context.set_offline(True)
    page.reload()  # from the cache
    code = held(page, text="Antrean panjang.")
    assert len(survey.requests) == before
    given_back(page)
    row(page, 1, "terkunci, menunggu sinyal").wait_for()
    page.get_by_text("Siap dipakai tanpa sinyal.").wait_for()
    page.context.set_offline(False)
    row(page, 1, "terkirim").wait_for()
    ((_, record),) = survey.opened()
    assert record.code == code
    assert record.paradata["m"] == "tablet"
    assert check(survey.instrument, record.answers, record.texts) == ()
    assert [words for _, words in record.texts] == ["Antrean panjang."]
    assert page.evaluate(KEPT) == {"rights": [], "drafts": [], "links": []}
    (first, _) = page.evaluate(VAULT)["visits"]
    assert first == {"number": 1, "expires": "2099-12-31", "stage": "sent"}


def test_nothing_readable_is_left_once_it_is_sealed(page, survey):
    loaded(page, survey)
    page.context.set_offline(True)
    page.reload()
    held(page, text="rahasia besar")
    kept, vault = page.evaluate(KEPT), page.evaluate(VAULT)
    (right,) = kept["rights"]
    assert right["stage"] == "sealed"
    assert right["pair"]["privateKey"] == "key:false"
    assert {"closed", "text", "blinded", "inverse"} <= set(right)
    assert kept["drafts"] == []
    assert "rahasia" not in str(kept) + str(vault)
    ids = [question.id for question in survey.instrument.questions]
    assert not any(f"'{name}'" in str(kept) + str(vault) for name in ids if name != "text")
    assert vault["private"] == [False]
    assert "rahasia" not in page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_there_is_no_way_back_into_a_sealed_interview(page, survey):
    loaded(page, survey)
    page.context.set_offline(True)
    page.reload()
    code = held(page)
    page.go_back()
    page.goto(address(survey))
    row(page, 1, "terkunci").wait_for()
    assert row(page, 1, "terkunci").get_by_role("button").count() == 0
    assert code not in page.content().replace("-", "")
    assert page.locator("fieldset").count() == 0


def test_a_second_interview_on_the_same_tablet_has_a_key_of_its_own(page, survey):
    loaded(page, survey)
    page.context.set_offline(True)
    page.reload()
    one = held(page, 1, choice=0)
    given_back(page)
    two = held(page, 2, choice=1)
    given_back(page)
    assert one != two
    page.context.set_offline(False)
    row(page, 1, "terkirim").wait_for()
    row(page, 2, "terkirim").wait_for()
    (left, first), (right, second) = survey.opened()
    assert {first.code, second.code} == {one, two}
    assert left.token != right.token
    assert page.evaluate(KEPT)["rights"] == []


def test_assignments_loaded_again_leave_a_sealed_interview_alone(page, survey):
    loaded(page, survey)
    page.context.set_offline(True)
    page.reload()
    code = held(page)
    key = key_of(page, survey)
    survey.refuse["/g/issue"] = [(503, "try_later")] * 2  # the queue waits while the list is loaded
    page.context.set_offline(False)
    page.goto("about:blank")
    page.goto(address(survey, f"#muat={sealed(key)}"))
    row(page, 1, "terkirim").wait_for()
    ((_, record),) = survey.opened()
    assert record.code == code


def test_a_list_opened_twice_offers_no_interview_a_second_time(page, survey):
    loaded(page, survey)
    held(page)
    given_back(page)
    row(page, 1, "terkirim").wait_for()
    blob = sealed(key_of(page, survey))
    page.goto("about:blank")
    page.goto(address(survey, f"#muat={blob}"))
    row(page, 2, "Mulai").wait_for()
    row(page, 1, "terkirim").wait_for()
    assert row(page, 1, "").get_by_role("button").count() == 0


def test_a_crash_between_seal_and_list_does_not_open_the_interview_again(page, survey):
    loaded(page, survey)
    page.context.set_offline(True)
    page.reload()
    held(page)
    page.evaluate(UNSAID)
    page.reload()
    row(page, 1, "terkunci").wait_for()
    assert row(page, 1, "").get_by_role("button").count() == 0


def test_a_page_closed_in_the_middle_forgets_the_answers(page, survey):
    loaded(page, survey)
    row(page, 1, "").get_by_role("button").click()
    page.get_by_role("button", name="Saya responden, tablet sudah di tangan saya").click()
    page.get_by_role("button", name=re.compile("Mulai")).click()
    page.locator("fieldset .option").first.click()
    page.reload()
    row(page, 1, "").get_by_role("button").wait_for()
    assert page.evaluate(KEPT) == {"rights": [], "drafts": [], "links": []}


def test_the_respondent_is_told_that_the_interview_is_seen_and_may_refuse(page, survey):
    loaded(page, survey)
    row(page, 1, "").get_by_role("button").click()
    page.get_by_role("heading", name="Serahkan tablet kepada responden").wait_for()
    page.get_by_role("button", name="Saya responden, tablet sudah di tangan saya").click()
    page.get_by_text("melihat bahwa wawancara ini berlangsung").wait_for()
    page.get_by_role("button", name="Saya tidak mau ikut").click()
    page.get_by_role("heading", name="Kembalikan tablet kepada pewawancara").wait_for()


def test_assignments_of_another_tablet_open_nothing(page, survey):
    key_of(page, survey)
    stranger = canonical.b64u(seal.public(seal.make()))
    page.goto("about:blank")
    page.goto(address(survey, f"#muat={sealed(stranger)}"))
    page.get_by_text("dikunci untuk tablet lain").wait_for()
    assert page.evaluate(VAULT)["visits"] == []


def test_assignments_that_met_no_signal_are_loaded_later(page, survey):
    blob = sealed(key_of(page, survey))
    survey.refuse["/g/hello"] = [(503, "try_later")]
    page.goto("about:blank")
    page.goto(address(survey, f"#muat={blob}"))
    page.get_by_role("button", name="Coba lagi").click()
    row(page, 2, "").wait_for()
    assert "#" not in page.url


def test_a_right_used_elsewhere_says_so_and_the_queue_can_be_purged(page, survey):
    loaded(page, survey)
    survey.refuse["/g/issue"] = [(409, "right_used")]
    held(page)
    given_back(page)
    row(page, 1, "sudah dipakai").wait_for()
    page.get_by_role("button", name="Hapus semua dari tablet ini").click()
    page.get_by_text("1 wawancara terkunci belum terkirim").wait_for()
    page.get_by_role("button", name="Hapus semua dari tablet ini").click()
    page.get_by_role("heading", name="Belum ada penugasan").wait_for()
    assert page.evaluate(KEPT) == {"rights": [], "drafts": [], "links": []}
    assert page.evaluate(VAULT) == {"own": 0, "visits": [], "private": []}


def test_an_expired_list_offers_no_interview(page, survey):
    loaded(page, survey, expires="2020-01-01")
    page.reload()
    page.get_by_role("heading", name="Belum ada penugasan").wait_for()


def faults(page):
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags})
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]]


@pytest.mark.parametrize(("theme", "width"), [("light", 800), ("dark", 360)])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(page, survey, theme, width):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 740})
    found, wide = {}, []

    def look(name):
        found[name] = faults(page)
        if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)

    key_of(page, survey)
    look("way back")
    loaded(page, survey)
    look("list")
    page.get_by_role("button", name="Hapus semua dari tablet ini").click()
    look("purge")
    page.get_by_role("button", name="Jangan hapus").click()
    row(page, 1, "").get_by_role("button").click()
    look("hand over")
    page.get_by_role("button", name="Saya responden, tablet sudah di tangan saya").click()
    look("meet")
    page.get_by_role("button", name=re.compile("Mulai")).click()
    look("question")
    walk = Walk(page)
    walk.to_review()
    look("review")
    walk.press("Kirim jawaban")
    page.locator(".receipt").wait_for()
    look("code")
    walk.press("Sudah saya catat, kembalikan tablet")
    look("give back")
    assert {screen: lines for screen, lines in found.items() if lines} == {}
    assert wide == []


def test_the_browser_finds_an_app_to_install(page, survey):
    loaded(page, survey)
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["start_url"] == "/tablet.html"


def test_the_worker_keeps_exactly_what_the_page_needs(survey):
    worker = survey.files["/sw.js"].decode()
    kept = {path for path, _ in json.loads(worker[worker.index("[") : worker.index("];") + 1])}
    assert kept == survey.tablet - {"/sw.js"}


def test_only_the_vault_calls_cryptography_and_no_file_leaves_the_house():
    scripts = {name: data.decode() for name, data in FILES.items() if name.endswith(".js")}
    assert {name for name, text in scripts.items() if "crypto.subtle" in text} == {"vault.js"}
    for name, data in FILES.items():
        assert not re.search(r"https?://(?!www\.w3\.org)", data.decode()), name
    for name, text in scripts.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), name
        assert not re.search(r"document\.cookie|localStorage", text), name


def test_every_text_of_the_tablet_is_there_in_both_languages():
    table = FILES["rooms.js"].decode()
    found = re.findall(r'^  "?([\w-]+)"?: \[(.*?)\],$', table, re.MULTILINE | re.DOTALL)
    assert len(found) > 30
    phones = "".join((phone.FOLDER / name).read_text() for name in ("texts.js", "finish.js"))
    assert {key for key, _ in found} & set(re.findall(r'^  "?([\w-]+)"?: \[', phones, re.MULTILINE)) == set()
    for key, inner in found:
        texts = re.findall(r'"((?:[^"\\]|\\.)+)"', inner)
        assert len(texts) == 2, key
        assert sorted(re.findall(r"\{\w+\}", texts[0])) == sorted(re.findall(r"\{\w+\}", texts[1])), key
