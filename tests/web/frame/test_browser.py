"""The lists in a real browser, with a worker process beside it: forty faults, back and forth, frozen."""

import io
import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from openpyxl import load_workbook

from bening.core.kinds import Group, Verdict
from bening.web.frame.models import Roster
from bening.web.frame.steps import load_reference
from bening.web.registry.models import Institution, Round
from tests.core.frame.conftest import GOOD, TITLES
from tests.core.frame.test_planted import EXTERNAL, INTERNAL, PAIRED, clean_row, sheet
from tests.web.frame.test_uploads import until, worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROUPS = {Group.INTERNAL: (INTERNAL, PAIRED), Group.EXTERNAL: (EXTERNAL, [])}
WIDTHS = (1280, 360)


@pytest.fixture
def year_2024(people, monkeypatch) -> Round:
    """The rules and the day that the planted faults were written for."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread
    Round.objects.update(edition="2024", reference=date(2024, 7, 29))
    round_ = Round.objects.get()
    load_reference(
        by="siti", round=round_, institution=Institution.objects.get(code="kab-x"), kind="titles",
        data="\n".join(TITLES).encode(), name="jabatan.csv", now=settings.NOW(),
    )  # fmt: skip
    return round_


@pytest.fixture
def window(live_server, browser):
    """A window of somebody who signed in; every page it stands on can be checked with `sound`."""
    opened = []

    def signed_in(username: str, *, language: str = "en-GB", width: int = 1280):
        context = browser.new_context(
            locale=language, viewport={"width": width, "height": 900}, base_url=live_server.url
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto("/masuk")
        page.locator(f"form:has([name=username][value={username}]) button").first.click()
        return page

    yield signed_in
    for context in opened:
        context.close()


def sound(page) -> None:
    """No accessibility violation, nothing wider than the screen, nothing refused by the content policy."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert [text for text in page.said if "Content Security Policy" in text] == [], page.url


def filled(template: bytes, group: Group, rows) -> bytes:
    """The template as somebody fills it in."""
    book = load_workbook(io.BytesIO(template))
    headers = [cell.value for cell in book["Data"][1]]
    for number, row in enumerate(rows, 2):
        for place, header in enumerate(headers, 1):
            cell = book["Data"].cell(number, place, row.get(header, ""))
            cell.data_type = "s"
    said = {
        "sistem_sumber": "SIMPEG", "tanggal_ekstraksi": "2024-05-01", "disusun_oleh": "Ayu",
        "diperiksa_oleh": "Budi", "kontak": "Citra 0812", "kekurangan": "tidak ada", "pernyataan": "Y",
        "jumlah_baris": str(len(rows)),
    }  # fmt: skip
    for key, value, _ in book["Pengantar"].iter_rows():
        value.value = said.get(key.value, value.value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(page) -> set[tuple[str, int, str]]:
    """Code, row and header of every finding on the pages of findings."""
    found = set()
    while True:
        for line in page.locator("table.cells tbody tr").all():
            cell, code = line.locator("th").inner_text(), line.locator("td .muted").last.inner_text()
            row, header = re.fullmatch(r"[A-Z]+(\d+) (\w+)", cell).groups()
            found.add((code, int(row), header))
        following = page.locator("a[rel=next]")
        if not following.count():
            return found
        following.click()


@pytest.mark.parametrize("group", GROUPS)
def test_every_planted_fault_is_shown_at_its_cell_and_nobody_else(year_2024, window, group):
    planted, paired = GROUPS[group]
    rows, expected = sheet(GOOD[group][0], planted, paired)
    page = window("dewi")
    page.goto(f"/daftar/kab-x/{group.value}/petunjuk")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the template").click()
    data = filled(download.value.path().read_bytes(), group, rows)
    page.get_by_role("link", name="upload the filled list").click()
    book = {"name": "daftar.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("File with the list").set_input_files(book)
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url("**/kiriman/*")
    sound(page)
    with worker():
        page.wait_for_url(f"**/daftar/kab-x/{group.value}/1")  # by itself, when the check is over
    sound(page)
    assert shown(page) == expected
    roster = Roster.objects.get()
    faulty = {row for _, row, _ in expected}
    clean = set(roster.contacts.filter(verdict=Verdict.ELIGIBLE).values_list("row", flat=True))
    late = set(roster.contacts.filter(unknown=["not_staff"]).values_list("row", flat=True))
    assert set(range(2, len(rows) + 2)) - faulty <= clean | late


def test_a_list_goes_back_and_forth_and_is_frozen(year_2024, window):
    rows = [clean_row(GOOD[Group.INTERNAL][0], number) for number in range(40)]
    wrong = [{**row, "telepon": "0812345"} if number == 3 else row for number, row in enumerate(rows)]
    dewi, siti, rina = window("dewi"), window("siti"), window("rina", language="id-ID", width=360)

    def upload(rows, version: int) -> None:
        template = dewi.request.get("/daftar/kab-x/internal/templat.xlsx").body()
        dewi.goto("/daftar/kab-x/internal/unggah")
        data = filled(template, Group.INTERNAL, rows)
        book = {"name": "daftar.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        dewi.get_by_label("File with the list").set_input_files(book)
        dewi.get_by_label("File with the list").focus()
        dewi.keyboard.press("Tab")
        dewi.keyboard.press("Enter")
        with worker():
            dewi.wait_for_url(f"**/internal/{version}")

    upload(wrong, 1)
    assert dewi.locator("h1").inner_text() == "1 of 40 rows needs correction"
    dewi.get_by_role("button", name="Hand the list over").click()
    siti.goto("/daftar")
    sound(siti)
    siti.get_by_role("link", name=re.compile(r"Kabupaten X\W+Staff")).click()
    sound(siti)
    siti.get_by_role("link", name="What the check found").click()
    siti.get_by_role("link", name="ask about it").click()
    assert siti.get_by_label("Row, if it is about one (if any)").input_value() == "5"
    siti.get_by_role("button", name="Return the list").click()
    sound(siti)
    siti.get_by_label("Who is asked").fill("Ibu Rina")
    siti.get_by_label("Question", exact=True).fill("Nomor siapa ini?")
    siti.get_by_label("Answer by").fill((settings.NOW() + timedelta(7)).date().isoformat())
    siti.get_by_role("button", name="Return the list").click()
    siti.wait_for_url("**/kab-x/internal")
    rina.goto("/daftar")
    sound(rina)
    rina.get_by_role("link", name="jawab").click()
    sound(rina)
    rina.get_by_label("Jawaban").fill("Sudah diganti.")
    rina.get_by_role("button", name="Simpan jawaban").click()
    rina.get_by_text("Jawaban tersimpan.").wait_for()
    upload(rows, 2)
    assert dewi.locator("h1").inner_text() == "No row of 40 needs correction"
    dewi.get_by_role("link", name="What changed").click()
    sound(dewi)
    assert "1 are new" in dewi.locator("h1").inner_text()
    dewi.go_back()
    dewi.get_by_role("button", name="Hand the list over").click()
    siti.goto("/daftar/kab-x/internal")
    assert "Sudah diganti." in siti.locator(".thread").inner_text()
    siti.get_by_role("button", name="Accept the list").click()
    siti.goto("/daftar/bekukan")
    sound(siti)
    siti.get_by_label("Nothing has to change any more").check()
    siti.get_by_role("button", name="Freeze the lists").click()
    assert siti.locator("h1").inner_text() == "The lists are frozen: 40 people may be drawn"
    dewi.goto("/daftar/kab-x/internal/unggah")
    assert dewi.locator("h1").inner_text() == "The lists are frozen"
    until(lambda: Roster.objects.get(version=2).state == "frozen")
