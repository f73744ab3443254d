"""The checker page before a real browser, real counters and a real witness: true data and altered data."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening.core.canonical import b64u, parse
from bening.crypto import merkle, notes
from tests.phone import checked as c
from tests.phone.conftest import Walk
from tests.phone.test_receipts import WITHOUT
from tests.security.world import CLOSES, STRATA, entries

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("check")]

DONE = """name => {
  const line = document.getElementById(`${name}-result`);
  return line && line.innerText !== "Memeriksa …";
}"""


@pytest.fixture(scope="module")
def round_(tmp_path_factory, browser):
    """A round in which this phone has answered, and six others; `stages`: what it was told on the way."""
    with c.checked_round(tmp_path_factory.mktemp("k")) as made:
        made.link = c.invited(made)
        made.page = c.phone_page(browser)
        others(made, 6)
        made.page.goto(made.link)
        walk = Walk(made.page)
        walk.begin()
        walk.to_review()
        walk.send()
        stages(made)
        yield made
        made.page.context.close()


def others(made, count):
    """So many other people answer."""
    for _ in range(count):
        phone = made.made.phone(entries(STRATA[:2])[0].kid).admitted(STRATA[0])
        assert phone.post(made.line("box"), phone.ballot({"gift": "no"}))[0] == 201


def stages(made):
    """From the evening of the answer to the witness's second look."""
    made.stages["before"] = recorded(made), said(opened(made), "client")
    made.night()
    made.stages["own word"] = recorded(made), said(opened(made), "client")
    assert made.look() == 0
    made.stages["witnessed"] = recorded(made), said(opened(made), "client")
    others(made, 1)
    made.night()
    made.stages["witness behind"] = recorded(made), said(opened(made), "client")
    assert made.look() == 0


@pytest.fixture
def untouched(round_):
    """Files of log, witness and client, put back after the test."""
    folders = (round_.log, round_.witness, round_.client)
    before = {path: path.read_bytes() for one in folders for path in one.rglob("*") if path.is_file()}
    yield
    for path in sorted(before, key=lambda path: path.name == "checkpoint"):
        path.write_bytes(before[path])


def opened(round_, word=""):
    """The checker page, drawn."""
    round_.page.goto("about:blank")
    round_.page.goto(f"{round_.origin}/check.html{word}")
    round_.page.get_by_role("heading", name="Periksa sendiri").wait_for()
    return round_.page


def said(page, name, press=True):
    """Mark and words below one check, after its button was pressed."""
    if press:
        page.locator(f"#{name}").get_by_role("button", name="Periksa").click()
        page.wait_for_function(
            DONE,
            arg=name,
        )
    line = page.locator(f"#{name}-result")
    kind = line.get_attribute("class").split()[1]
    return kind, line.inner_text()


def recorded(round_):
    return said(opened(round_), "recorded")


def resign(round_, leaves):
    """The box's operator publishes other lines under the log's own key."""
    secret = (round_.made.folder / "secrets" / "log").read_bytes()
    c.published(round_.log, leaves, secret)


def mine(round_):
    """The line of this phone's ballot."""
    return b"\1" + bytes.fromhex(round_.right()["h"])


def test_before_the_first_night_nothing_is_recorded_and_the_page_says_when(round_):
    (kind, words), (other, unpublished) = round_.stages["before"]
    assert (kind, "sekali sehari" in words) == ("open", True)
    assert (other, "belum terbit" in unpublished) == ("open", True)


def test_without_a_witness_a_ballot_is_recorded_by_the_boxs_own_word(round_):
    (kind, words), (other, client) = round_.stages["own word"]
    assert (kind, "catatan kotak suara sendiri" in words) == ("good", True)
    assert (other, "kotak suara sendiri" in client) == ("good", True)


@pytest.mark.parametrize("stage", ["witnessed", "witness behind"])
def test_with_a_witness_a_ballot_is_recorded_under_the_witnesss_root(round_, stage):
    """Also when the box has gone on: the path is asked for at the size that the witness has seen."""
    for kind, words in round_.stages[stage]:
        assert (kind, "disaksikan 127.0.0.1" in words) == ("good", True)


def test_the_public_log_is_served_with_its_headers_and_in_parts(round_):
    box = round_.made.box
    whole = box.pool.request("GET", f"{box.origin}/log/leaves")
    assert whole.data == (round_.log / "leaves").read_bytes()
    part = box.pool.request("GET", f"{box.origin}/log/leaves", headers={"Range": "bytes=33-65"})
    assert (part.status, part.data) == (206, whole.data[33:66])
    types = {"checkpoint": "text/plain; charset=utf-8", "checkpoints": "text/plain; charset=utf-8",
             "leaves": "application/octet-stream", "landmarks": "application/json"}  # fmt: skip
    for name, media in types.items():
        reply = box.pool.request("GET", f"{box.origin}/log/{name}", headers={"Origin": round_.origin})
        expected = {
            "Content-Type": media,
            "Access-Control-Allow-Origin": round_.origin,
            "Cache-Control": "no-cache",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        assert {name: reply.headers.get(name) for name in expected} == expected
        assert {"Set-Cookie", "Location", "Content-Encoding"}.isdisjoint(reply.headers)
    (round_.log / ".leaves.part").write_bytes(b"x")  # what a killed night leaves behind
    for path in (
        "/log/",
        "/log",
        "/log/.leaves.part",
        "/log/../secrets/log",
        "/log/%2e%2e/secrets/log",
        "/log/x",
    ):
        assert box.pool.request("GET", box.origin + path).status == 404, path
    assert box.pool.request("POST", f"{box.origin}/log/leaves", body=b"x").status == 405


@pytest.mark.parametrize("kind", ["changed", "forked", "foreign", "shrunk", "forked without mine"])
def test_an_altered_log_is_noticed_by_the_phone(round_, untouched, kind):
    leaves, my = c.leaves_of(round_.log), mine(round_)
    at = next(at for at, leaf in enumerate(leaves) if leaf[:1] == b"\1" and leaf != my)
    expected = "tidak ada di tempat yang disebut"
    if kind == "changed":  # in the file alone: the signature stays
        (round_.log / "leaves").write_bytes(b"".join([*leaves[:at], b"\1" + bytes(32), *leaves[at + 1 :]]))
        (round_.log / "checkpoint").write_bytes((round_.log / "checkpoint").read_bytes())
    elif kind == "forked":
        resign(round_, [*leaves[:at], b"\1" + bytes(32), *leaves[at + 1 :]])
    elif kind == "foreign":
        root = merkle.root(leaves)
        note = notes.signed(notes.checkpoint("b", len(leaves), root), "b", bytes(32))
        (round_.witness / "checkpoint").write_text(note)
        expected = "tidak ditandatangani oleh catatan survei ini"
    elif kind == "shrunk":
        resign(round_, [leaf for leaf in leaves if leaf not in (my, leaves[at])])
        expected = "lebih pendek"
    else:
        resign(round_, [leaf if leaf != my else b"\1" + bytes(32) for leaf in leaves])
        expected = "pada ukuran yang sama"
    verdict, words = recorded(round_)
    assert (verdict, expected in words) == ("bad", True), words
    assert round_.page.locator("#recorded").get_by_role("link", name="Laporkan").count() == 1


def test_a_ballot_that_the_finished_log_lacks_is_a_broken_promise(round_, untouched):
    leaves, my = c.leaves_of(round_.log), mine(round_)
    resign(round_, [*(leaf for leaf in leaves if leaf != my), b"\1" + bytes(32), b"\4" + bytes(32)])
    kind, words = recorded(round_)
    assert (kind, "janji yang dilanggar" in words) == ("bad", True)


def test_the_group_is_the_one_of_the_manifest_and_the_root_is_printed(round_):
    page = opened(round_)
    assert said(page, "group", press=False) == ("good", "Kelompok a: 5000 orang.")
    root = parse(round_.header)["root"]
    assert root in page.locator("#group code").inner_text().replace(" ", "")


def test_a_kept_group_that_is_not_in_the_manifest_is_noticed(round_):
    page = opened(round_)
    page.evaluate("""() => new Promise((done) => {
      const request = indexedDB.open("bening");
      request.onsuccess = () => {
        const links = request.result.transaction("links", "readwrite").objectStore("links");
        links.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          window.before = structuredClone(cursor.value);
          const entry = cursor.value.entry.replace('"sampled":5000', '"sampled":5001');
          cursor.update({ ...cursor.value, entry }).onsuccess = () => { request.result.close(); done(); };
        };
      };
    })""")
    before = page.evaluate("() => window.before")
    kind, words = said(opened(round_), "group", press=False)
    assert (kind, "tidak ada dalam manifes" in words) == ("bad", True)
    round_.page.evaluate(
        """(before) => new Promise((done) => {
      const request = indexedDB.open("bening");
      request.onsuccess = () => {
        const links = request.result.transaction("links", "readwrite").objectStore("links");
        links.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          cursor.update(before).onsuccess = () => { request.result.close(); done(); };
        };
      };
    })""",
        before,
    )


def test_the_client_is_compared_file_by_file_and_with_the_log(round_, untouched):
    page = opened(round_)
    assert round_.bundle in page.locator("#client code").inner_text().replace(" ", "")
    kind, words = said(page, "client")
    assert (kind, "disaksikan 127.0.0.1" in words) == ("good", True)
    changed = round_.client / "c" / round_.bundle / "later.js"
    changed.write_bytes(changed.read_bytes() + b"//")
    kind, words = said(page, "client")
    assert (kind, "later.js bukan yang disebut" in words) == ("bad", True)


def test_a_client_that_is_not_in_the_log_is_noticed(round_, untouched):
    leaves = c.leaves_of(round_.log)
    (round_.witness / "landmarks").unlink()
    resign(round_, [leaf for leaf in leaves if leaf[:1] != b"\3"])
    kind, words = said(opened(round_), "client")
    assert (kind, "tidak ada dalam catatan umum" in words) == ("bad", True)


def test_nothing_on_the_page_tells_hash_version_or_time(round_):
    page = opened(round_)
    for name in ("recorded", "counted", "used", "client"):
        said(page, name)
    right, text = round_.right(), page.content()
    for kept in (right["h"], right["receipt"], str(right["version"])):
        assert str(kept)[:12] not in text


def test_before_the_tally_there_is_no_list_of_codes(round_):
    kind, words = said(opened(round_), "counted")
    assert (kind, "31 Januari 2026" in words) == ("open", True)


def codes(round_, *more, text=None):
    """The published part of the list in which the phone's code would stand."""
    code = round_.right()["code"]
    folder = round_.client / "codes"
    folder.mkdir(exist_ok=True)
    rows = sorted(more) if text is None else text
    (folder / f"{code[:2]}.txt").write_text("".join(f"{row}\n" for row in rows) if text is None else text)
    return code


def test_a_counted_code_is_found_and_a_missing_one_is_said_with_its_reasons(round_):
    code = round_.right()["code"]
    other = code[:15] + ("0" if code[15] != "0" else "1")
    codes(round_, code, other)
    asked = []
    round_.page.on("request", lambda request: asked.append(request.url))
    assert said(opened(round_), "counted")[0] == "good"
    assert not any(code in url for url in asked)
    codes(round_, other)
    kind, words = said(opened(round_), "counted")
    assert (kind, "terlalu kecil" in words, "dibuang" in words) == ("bad", True, True)


def test_a_typed_code_is_read_as_people_write_and_a_wrong_one_is_not_asked_for(round_):
    code = codes(round_, round_.right()["code"])
    page = opened(round_)
    field = page.get_by_label("Kode bukti")
    assert field.input_value().replace("-", "") == code
    field.fill(code.lower().replace("0", "o").replace("1", "l"))
    assert said(page, "counted")[0] == "good"
    field.fill("7QK4")
    kind, words = said(page, "counted")
    assert (kind, "16 huruf" in words, field.input_value()) == ("open", True, "7QK4")


@pytest.mark.parametrize(
    "damage", ["<p>not a list", "{code}\n{code}", "ZZ" + "0" * 14 + "\n", "{code}\n{before}\n"]
)
def test_a_list_of_codes_that_is_none_is_refused(round_, damage):
    code = round_.right()["code"]
    codes(round_, text=damage.replace("{code}", code).replace("{before}", code[:2] + "0" * 14))
    kind, words = said(opened(round_), "counted")
    assert (kind, "rusak atau diubah" in words) == ("bad", True)


def test_after_a_shared_phone_only_the_code_can_be_checked(round_):
    codes(round_, round_.right()["code"])
    page = opened(round_, "#kode")
    assert page.locator("section").count() == 1
    page.get_by_label("Kode bukti").fill(round_.right()["code"])
    assert said(page, "counted")[0] == "good"


def test_whether_a_right_was_used_is_told_after_closing_only(round_, browser):
    unused, foreign = c.invited(round_), round_.made.phone(entries(STRATA[:2])[0].kid)
    foreign.hello(round_.line("gate"))
    assert foreign.issue(round_.line("gate"))[0] == 200
    kind, words = said(opened(round_), "used")
    assert (kind, "mulai 1 Februari 2026" in words) == ("open", True)
    round_.made.clock(CLOSES + timedelta(days=1))
    try:
        kind, words = said(opened(round_), "used")
        assert (kind, "dari HP ini" in words) == ("good", True)
        page = c.phone_page(browser)
        page.goto(f"{round_.origin}/check.html")
        for text, kind, words in (
            (unused, "good", "Tidak dipakai"),
            (f"{round_.origin}/i#{b64u(foreign.secret)}", "bad", "tidak dari HP ini"),
            (f"{round_.origin}/i#{b64u(bytes(16))}", "open", "tidak dikenal"),
            ("halo", "open", "bukan tautan"),
        ):
            page.get_by_label("Tautan undangan").fill(text)
            found, line = said(page, "used")
            assert (found, words in line) == (kind, True), line
        page.context.close()
        c.forget_issue(round_)
        kind, words = said(opened(round_), "used")
        assert (kind, "Menurut gerbang" in words) == ("bad", True)
    finally:
        round_.made.clock(date(2026, 1, 20))


def test_a_browser_without_ed25519_says_that_it_cannot_tell(round_):
    page = opened(round_)
    page.evaluate(WITHOUT)
    kind, words = said(page, "recorded")
    assert (kind, "belum dapat memeriksa tanda tangan" in words) == ("open", True)


@pytest.mark.parametrize(("theme", "language"), [("light", "id"), ("dark", "en")])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(round_, theme, language):
    page = opened(round_)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("recorded", "counted", "used", "client"):
        said(page, name)
    page.locator(f"button[lang={language}]").click()
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]] == []
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    small = """() => [...document.querySelectorAll("button, input, select")]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""
    assert page.evaluate(small) == []
    page.locator("button[lang=id]").click()
    page.set_viewport_size({"width": 360, "height": 740})
