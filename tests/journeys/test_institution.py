"""The institution's side of a round, from an empty database to a draw that others repeat.

Cast: Siti and Budi, agency officers; Ratna, statistician; Wayan, auditor; Dewi, inspectorate of a regency;
Rina, contact person of its health office; Agus, its leader. None of the last three ever sees who was drawn.
"""

import csv
import io
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from bening.core.kinds import Group
from bening.core.sample import draw_by, read_design
from bening.demo.stages import GROUPS, TRUSTEES, form
from bening.outside.redraw import read_frame
from tests.core.frame.conftest import TITLES
from tests.journeys.people import (
    INSTITUTIONS,
    LOCI,
    UNITS,
    arrive,
    bring,
    command,
    experts,
    invite,
    look,
    mended,
    reached,
    serving,
    staff,
    users,
)
from tests.web.frame.test_browser import filled, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
ROUND = "spi-2024"
LIST = "/daftar/kab-ls"
OTHERS = ("rencana", "komitmen", "undian", "ulang", "ulang/paket", "penghapusan")


@pytest.fixture
def house(tmp_path):
    """The processes of an installation without a single row."""
    with serving(tmp_path / "house") as started:
        yield started


def test_from_nothing_to_a_draw_that_others_repeat(house, window, tmp_path):
    siti, budi, ratna, wayan = (window("en-GB", base_url=house.door("hall")) for _ in range(4))
    dewi, agus = (window("en-GB", base_url=house.door("hall")) for _ in range(2))
    rina = window("id-ID", base_url=house.door("hall"))
    the_officer_arrives_and_opens_a_round(house, siti)
    the_register_is_filled(siti)
    everybody_arrives(siti, dewi, rina, {
        "budi": (budi, "officer"), "ratna": (ratna, "statistician"), "wayan": (wayan, "auditor"),
        "dewi": (dewi, "inspectorate"), "agus": (agus, "leader"),
    })  # fmt: skip
    rows, expected = a_list_with_every_fault_is_checked(dewi)
    the_list_goes_back_and_comes_again(siti, dewi, mended(rows, expected))
    the_lists_are_frozen(siti, dewi, {"external": users(), "expert": experts()})
    before = {name: reached(page) for name, page in (("dewi", dewi), ("rina", rina), ("agus", agus))}
    one_commits_and_another_draws(ratna, siti, budi)
    the_round_is_frozen(house)
    people, drawn = the_auditor_repeats_the_draw(house, wayan, tmp_path / "package")
    for name, page in (("dewi", dewi), ("rina", rina), ("agus", agus)):
        nobody_there_learns_who_was_drawn(page, before[name], people)
    assert 0 < len(drawn) < len(people)


def the_officer_arrives_and_opens_a_round(house, siti):
    said = command(house, "invite_first", "--username", "siti", "--name", "Siti")
    arrive(siti, said.split()[0], "siti")
    siti.goto("/putaran")
    look(siti)
    siti.click("text=Open a round")
    siti.select_option("select[name=method]", "spi-2024:illustrative-20-70-10")
    siti.click("text=Read the rules")
    days = {"opens": "2024-08-01", "closes": "2024-08-30", "reference": "2024-07-29"}
    words = dict.fromkeys(("agency", "agency_short", "survey", "sender", "hotline"), "Badan Contoh")
    for name, value in ({"name": "Survei Integritas 2024", "code": ROUND} | days | words).items():
        siti.fill(f"#id_{name}", value)
    look(siti)
    siti.click("button:has-text('Open the round')")
    siti.get_by_text("The round is open.").wait_for()
    look(siti)


def the_register_is_filled(siti):
    assert bring(siti, "institutions", INSTITUTIONS).startswith("1 would be new")
    siti.click("text=Take it in")
    wrong = UNITS.replace("Kalianda;puskesmas", "Kalianda;puskemas")
    assert bring(siti, "units", wrong) == "1 problem in the file; nothing was changed"
    cells = siti.locator("main tbody td").all_inner_texts()
    assert cells[:2] == ["3", "D kind"]
    assert bring(siti, "units", UNITS).startswith(f"{len(LOCI)} would be new")
    siti.click("text=Take it in")
    siti.goto("/instansi/kab-ls")
    look(siti)
    assert siti.locator("main tbody tr").count() == len(LOCI)


def everybody_arrives(siti, dewi, rina, windows):
    """The paper goes from hand to hand; the unit's contact person is the institution's to invite."""
    for username, (page, role) in windows.items():
        place = {"institution": "kab-ls"} if role in ("inspectorate", "leader") else {}
        arrive(page, invite(siti, username.title(), role, **place), username)
    arrive(rina, invite(dewi, "Rina", "unit_contact", unit="dinkes"), "rina")
    dewi.goto("/instansi/kab-ls/unit/dinkes/narahubung")
    for name, value in {"name": "Rina", "post": "Subbagian Umum", "phone": "081234567890"}.items():
        dewi.fill(f"#id_{name}", value)
    look(dewi)
    dewi.click("main button.main")
    dewi.get_by_text("Saved.").wait_for()
    assert "Rina" in dewi.inner_text("main")
    look(dewi)
    siti.goto("/orang")
    look(siti)
    assert "7 people may act" in siti.inner_text("h1")


def upload(page, group, rows, version):
    """Take the template from its page, hand it in filled, wait for the worker."""
    page.goto(f"{LIST}/{group}/petunjuk")
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the template").click()
    data = filled(download.value.path().read_bytes(), Group(group), rows)
    page.get_by_role("link", name="upload the filled list").click()
    look(page)
    book = {"name": "daftar.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("File with the list").set_input_files(book)
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url(f"**{LIST}/{group}/{version}", timeout=90_000)  # the worker's check, then by itself
    look(page)
    return page.inner_text("h1")


def a_list_with_every_fault_is_checked(dewi):
    """Each fault at its cell, on the pages and in their CSV; nobody else is accused."""
    dewi.goto(f"{LIST}/pegawai")
    look(dewi)
    titles = {"name": "jabatan.csv", "mimeType": "text/csv", "buffer": "\n".join(TITLES).encode()}
    dewi.set_input_files("#titles", titles)
    dewi.click("text=Take in the titles")
    rows, expected = staff()
    answer = upload(dewi, "internal", rows, 1)
    assert re.fullmatch(rf"\d+ of {len(rows)} rows need correction", answer)
    with dewi.expect_download() as download:
        dewi.get_by_role("link", name="Findings as CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))[1:]
    listed = {(line[0], int(line[2]), line[3].partition(" ")[2]) for line in lines if line[2]}
    assert listed == expected
    assert shown(dewi) == expected
    return rows, expected


def the_list_goes_back_and_comes_again(siti, dewi, rows):
    dewi.goto(f"{LIST}/internal")
    dewi.get_by_role("button", name="Hand the list over").click()
    siti.goto("/daftar")
    look(siti)
    siti.get_by_role("link", name=re.compile(r"Lampung Selatan\W+Staff")).click()
    look(siti)
    siti.get_by_role("link", name="What the check found").click()
    siti.get_by_role("link", name="ask about it").first.click()
    siti.get_by_label("Who is asked").fill("Ibu Rina")
    siti.get_by_label("Question", exact=True).fill("Nomor siapa ini?")
    siti.get_by_label("Answer by").fill((datetime.now(UTC) + timedelta(7)).date().isoformat())
    look(siti)
    siti.get_by_role("button", name="Return the list").click()
    siti.wait_for_url(f"**{LIST}/internal")
    dewi.goto(f"{LIST}/internal")
    look(dewi)
    dewi.get_by_label("Answer, wanted by").fill("Nomor kantor; sudah diganti.")
    dewi.get_by_role("button", name="Put the answer on record").click()
    dewi.get_by_text("sudah diganti.").wait_for()
    assert upload(dewi, "internal", rows, 2) == f"No row of {len(rows)} needs correction"
    dewi.get_by_role("link", name="What changed").click()
    look(dewi)


def the_lists_are_frozen(siti, dewi, others):
    """Handed over by the institution, accepted one by one, frozen by the agency."""
    for group, rows in others.items():
        assert upload(dewi, group, rows, 1) == f"No row of {len(rows)} needs correction"
    for group in GROUPS:
        dewi.goto(f"{LIST}/{group}")
        dewi.get_by_role("button", name="Hand the list over").click()
        siti.goto(f"{LIST}/{group}")
        look(siti)
        siti.get_by_role("button", name="Accept the list").click()
    dewi.goto("/daftar")
    look(dewi)
    assert dewi.inner_text("h1") == f"{len(LOCI)} of {len(LOCI)} loci are complete"
    siti.goto("/daftar/bekukan")
    look(siti)
    siti.get_by_label("Nothing has to change any more").check()
    siti.get_by_role("button", name="Freeze the lists").click()
    assert siti.inner_text("h1").startswith("The lists are frozen: ")
    look(siti)


def one_commits_and_another_draws(ratna, siti, budi):
    ratna.goto("/sampel/rencana")
    look(ratna)
    ratna.click("button[value=save]")
    ratna.goto("/sampel/komitmen")
    look(ratna)
    ratna.click("main form button")
    commitment = ratna.locator(".digests code").first.inner_text()
    assert ratna.request.get("/sampel/undian").status == 403  # the draw is for another
    siti.goto("/sampel")
    assert commitment in siti.inner_text("main")
    budi.goto("/sampel/undian")
    look(budi)
    assert commitment in budi.inner_text("main")
    budi.click("main form button")
    assert budi.inner_text("h1").startswith(("The sample was drawn", "A draw took place"))
    look(budi)


def the_round_is_frozen(house):
    """Questionnaires, the signer's keys, the trustees' ceremony: by commands, as an agency does it."""
    command(house, "freeze_instrument", ROUND, *(str(form(group)) for group in GROUPS), "--by", "ratna")
    labels, signer = house.folder / "strata.txt", house.folder / "signer"
    labels.write_text(command(house, "strata", ROUND))
    keys = ("--keys", str(signer / "keys"), "--public", str(signer / "public.jsonl"))
    command(house, "signer", "keygen", "--strata", str(labels), *keys)
    tally = ("--out", str(house.folder / "tally.json"), "--sheets", str(house.folder / "trustees"))
    command(house, "ceremony", "--trustees", ",".join(TRUSTEES), "--needed", "3", *tally)
    command(house, "freeze_round", ROUND, "--by", "siti")


def the_auditor_repeats_the_draw(house, wayan, folder):
    """On the agency's machine and elsewhere; every reference there is, and those that were drawn."""
    wayan.goto("/sampel/ulang")
    look(wayan)
    wayan.click("text=Draw again and compare")
    assert wayan.inner_text("h1").startswith("Identical: ")
    look(wayan)
    with wayan.expect_download() as download:
        wayan.click("text=Download the package")
    zipfile.ZipFile(download.value.path()).extractall(folder)
    assert "identical" in command(house, "redraw", str(folder))
    people = read_frame(folder / "frame.csv")
    seed = bytes.fromhex(json.loads((folder / "draw.json").read_text())["seed"])
    _, draws = draw_by(people, read_design((folder / "design.json").read_bytes()), seed)
    refs = {ref for one in people.values() for ref in one}
    forged = shutil.copytree(folder, folder.with_name("forged"))
    text, ref = (forged / "frame.csv").read_text(), min(refs)
    (forged / "frame.csv").write_text(text.replace(ref, ref[:-1] + ("0" if ref[-1] != "0" else "1")))
    assert "not identical" in command(house, "redraw", str(forged), exit=1)
    return refs, {ref for one in draws for ref in one.drawn}


def nobody_there_learns_who_was_drawn(page, before, refs):
    """No page differs by the draw but the one that says it took place, and that one counts lists alone."""
    after = reached(page)
    assert len(after) > 5
    assert {path for path in before | after if before.get(path) != after.get(path)} == {"/sampel"}
    assert not [path for path, text in after.items() if any(ref in text for ref in refs)]
    for path in ("/", "/sampel"):
        page.goto(path)
        look(page)
    eligible = re.findall(r"\d+", page.text_content(".lead"))
    assert len(eligible) == 1
    public = page.text_content("main")  # with what is hidden
    for code in page.locator("main code").all_text_contents():
        public = public.replace(code, "")
    assert re.findall(r"\d+", re.sub(r"\d+ \w+ \d{4}( \d\d\.\d\d)?", "", public)) == [*eligible, "256"]
    for path in OTHERS:
        assert page.request.get(f"/sampel/{path}").status in (403, 404), path
    assert page.request.post("/sampel/ulang/paket").status == 403
