"""The draw in a real browser: planned and committed by one, drawn by another, repeated by a third."""

import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from bening.outside.redraw import main
from bening.web.registry.steps import record
from bening.web.sample.models import Design, Draw, Selection

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(staff, live_server, browser, monkeypatch):
    """A window of somebody who signed in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread
    opened = []

    def signed_in(username, *, language="en-GB", scheme="light"):
        context = browser.new_context(
            locale=language,
            color_scheme=scheme,
            viewport={"width": 1280, "height": 900},
            base_url=live_server.url,
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


def sound(page, name):
    """No accessibility violation, nothing wider than a phone, nothing refused by the content policy."""
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == [], name
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), (name, width)
    assert [text for text in page.said if "Content Security Policy" in text] == [], name
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(("language", "scheme"), [("en-GB", "light"), ("id-ID", "dark")])
def test_a_draw_from_the_plan_to_the_auditor(staff, window, tmp_path, capsys, language, scheme):
    in_english = language == "en-GB"
    planner = window("ratna", language=language, scheme=scheme)
    planner.goto("/sampel/rencana")
    sound(planner, "plan")
    planner.select_option("#id_internal-by", "institution")
    whole = "The whole institution" if in_english else "Seluruh instansi"
    planner.locator("#strata th", has_text=whole).wait_for()  # refreshed without a click
    planner.select_option("#id_internal-by", "locus")
    planner.locator("#strata th", has_text="Dinas opd.01").first.wait_for()
    assert not Design.objects.exists()
    planner.click("button[value=save]")
    assert Design.objects.get().version == 1
    planner.goto("/sampel/komitmen")
    sound(planner, "commit")
    planner.click("main form button")
    commitment = Draw.objects.get().commitment
    assert commitment in planner.inner_text("main")
    sound(planner, "committed")

    officer = window("siti", language=language, scheme=scheme)
    officer.goto("/sampel/undian")
    assert commitment in officer.inner_text("main")
    sound(officer, "draw")
    officer.click("main form button")
    assert Draw.objects.get().drawn_by == "siti"
    sound(officer, "drawn")

    institution = window("dewi", language=language, scheme=scheme)
    institution.goto("/sampel")
    assert commitment in institution.inner_text("main")
    sound(institution, "institution")

    record(by="siti", verb="freeze_round", on=staff.code)
    auditor = window("wayan", language=language, scheme=scheme)
    auditor.goto("/sampel/ulang")
    sound(auditor, "again")
    auditor.click("main form:not([action]) button")
    assert ("Identical" if in_english else "Sama persis") in auditor.inner_text("h1")
    sound(auditor, "identical")
    with auditor.expect_download() as download:
        auditor.click("main form[action] button")
    zipfile.ZipFile(download.value.path()).extractall(tmp_path / "package")
    assert main([str(tmp_path / "package")]) == 0
    assert "identical" in capsys.readouterr().out

    Selection.objects.filter(stratum__label="18/expert/shared").first().delete()
    auditor.click("main form:not([action]) button")
    assert ("Not identical" if in_english else "Tidak sama") in auditor.inner_text("h1")
    sound(auditor, "differs")
    tables = {"sample_selection": [313, 0], "frame_contact": [378, 0]}
    record(by="siti", verb="purge_round", on=staff.code, detail={"tables": tables, "digest": "d" * 64})
    auditor.goto("/sampel/penghapusan")
    sound(auditor, "purged")


def test_without_scripts_the_button_recalculates(window, live_server):
    page = window("ratna")
    page.route("**/planner.js", lambda route: route.abort())
    page.goto("/sampel/rencana")
    page.select_option("#id_internal-by", "institution")
    page.click("button[value=look]")
    assert "The whole institution" in page.inner_text("#strata")
    assert not Design.objects.exists()
    page.fill("#id_internal-response", "400")
    page.evaluate("document.getElementById('design').noValidate = true")
    page.click("button[value=save]")
    assert page.input_value("#id_internal-response") == "400"
    sound(page, "faults")
    page.click("main [role=alert] a")
    assert page.evaluate("document.activeElement.id") == "id_internal-response"
