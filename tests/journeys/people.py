"""People before a house that is still empty: how they arrive, what they see, the files they bring."""

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from bening.core.kinds import Group
from tests.core.frame.conftest import GOOD
from tests.core.frame.test_planted import INTERNAL, PAIRED, clean_row, sheet, word
from tests.journeys.conftest import DOORS, Country, free_ports, sound

PASSWORD = "empat kuda di padang hijau"
INSTITUTIONS = "code;name;kind;province;size\nkab-ls;Kabupaten Lampung Selatan;regency;18;besar\n"
LOCI = {
    "dinkes": "Dinas Kesehatan;office;2;",
    "pkm.01": "Puskesmas Kalianda;puskesmas;4;dinkes",
    "rsud.01": "RSUD Bob Bazar;rsud;3;",
    "sd.01": "SDN 1 Kalianda;school;0;",
    "kec.01": "Kecamatan Natar;district;3;",
    "ptsp": "Dinas Penanaman Modal dan PTSP;office;2;",
}
UNITS = "institution;code;name;kind;echelon;parent;locus\n" + "".join(
    f"kab-ls;{code};{rest};Y\n" for code, rest in LOCI.items()
)
SHARES = dict(zip(LOCI, (0, 4, 2, 1, 1, 2), strict=True))  # of the clean rows of staff, in tenths
PLACES = [code for code, share in SHARES.items() for _ in range(share)]
CLEAN = 200  # rows of staff in the loci without planted ones


@contextmanager
def serving(folder: Path) -> Iterator[Country]:
    """`bening serve` on an empty folder, until its doors answer."""
    house = Country(folder, free_ports(len(DOORS)), "")
    folder.mkdir()
    with (
        (folder / "serve.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "bening.cli", "serve"], env=house.environment, stdout=log, stderr=log
        ) as process,
    ):
        try:
            for door in DOORS[:-1]:
                wait(house.door(door), process)
            yield house
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until anything speaks HTTP there."""
    for _ in range(900):
        assert process.poll() is None, "the house fell"
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


def command(house: Country, *words: str, exit: int = 0) -> str:
    """What a command of the house says."""
    program = [sys.executable, "-m", "bening.cli", *words]
    done = subprocess.run(program, env=house.environment, capture_output=True, text=True)
    assert done.returncode == exit, done.stdout + done.stderr
    return done.stdout.strip()


def arrive(page: Page, link: str, username: str) -> None:
    """Open an invitation, choose a name and a password, stand on the own home page."""
    page.goto(link)
    page.wait_for_selector("input[name=password]")
    assert "#" not in page.url
    look(page)
    for name, value in (("username", username), ("password", PASSWORD), ("again", PASSWORD)):
        page.fill(f"input[name={name}]", value)
    page.click("button.main")
    page.wait_for_url(re.compile(r":\d+/$"))
    look(page)


def invite(page: Page, name: str, role: str, **more: str) -> str:
    """Invite somebody by paper; the link that the printed page bears."""
    page.goto("/orang/undang")
    page.fill("input[name=name]", name)
    page.select_option("select[name=role]", role)
    if "institution" in more:
        page.fill("input[name=institution]", more["institution"])
    if "unit" in more:
        page.select_option("select[name=unit]", more["unit"])
    look(page)
    page.click("main button.main")
    page.wait_for_selector(".letter")
    look(page)
    return page.inner_text(".letter li code") + "#" + page.inner_text(".letter .code")


def bring(page: Page, table: str, text: str) -> str:
    """Choose a file of the register; the sentence of what it would do."""
    page.goto("/register/unggah")
    page.check(f"input[name=table][value={table}]")
    page.set_input_files(
        "input[type=file]", {"name": "f.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.click("text=Check the file")
    look(page)
    return page.inner_text("h1")


def look(page: Page) -> None:
    """The page as it stands is sound on a desk and on a phone."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        sound(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def staff() -> tuple[list[dict[str, str]], set[tuple[str, int, str]]]:
    """The staff list with a fault of every kind, and code, row and column of each.

    The planted rows stand in the first locus; the others have clean ones alone, some many and some few.
    """
    base = GOOD[Group.INTERNAL][0]
    rows, expected = sheet(base, INTERNAL, PAIRED)
    more = [clean_row(base, len(rows) + n) | {"kode_lokus": PLACES[n % len(PLACES)]} for n in range(CLEAN)]
    return rows + more, expected


def mended(rows: list[dict[str, str]], expected: set[tuple[str, int, str]]) -> list[dict[str, str]]:
    """The same list with every row that was accused put right."""
    faulty = {row for _, row, _ in expected}
    return [
        clean_row(GOOD[Group.INTERNAL][0], place) if place + 2 in faulty else row
        for place, row in enumerate(rows)
    ]


def users() -> list[dict[str, str]]:
    """Users of services."""
    loci = list(LOCI)
    base = GOOD[Group.EXTERNAL][0]
    return [clean_row(base, 300 + n) | {"kode_lokus": loci[n % len(loci)]} for n in range(150)]


def experts() -> list[dict[str, str]]:
    """Experts, of no unit."""
    own = [{"nama": word(500 + n), "telepon": f"0814{n * 37:04}{n:04}"} for n in range(80)]
    return [GOOD[Group.EXPERT][0] | each for each in own]


def reached(page: Page) -> dict[str, str]:
    """Every page and file of text to which somebody comes by following links, from home and sample."""
    found: dict[str, str] = {}
    waiting = ["/", "/sampel"]
    while waiting:
        path = waiting.pop(0)
        if path in found or path.startswith(("/masuk", "/static")):
            continue
        answer = page.request.get(path)
        assert answer.status == 200, (path, answer.status)
        if not answer.headers["content-type"].startswith("text/"):
            continue  # workbooks and printed matter, which hold the lists' own words
        text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", answer.text())
        found[path] = text
        if "html" in answer.headers["content-type"]:
            waiting += [link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="(/[^"#]*)', text)]
            waiting += [path.partition("?")[0] + more for more in re.findall(r'href="(\?[^"#]*)', text)]
    return found
