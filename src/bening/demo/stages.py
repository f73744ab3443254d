"""The stages of the demo's round, in order. Each may be cut off anywhere and run again."""

import csv
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
import urllib3

from bening import methods
from bening.core.kinds import Instrument
from bening.core.questionnaire import load
from bening.demo import browser, opinions, phones, places, rosters
from bening.demo.house import Failed, House, Told
from bening.demo.people import Person, people

ROUND = "spi-2025-lampung"
METHOD = "spi-2025:illustrative-20-70-10"
OPENS, CLOSES = date(2025, 8, 4), date(2025, 8, 29)
MORNING = datetime(2025, 8, 4, 2, 0, tzinfo=UTC)  # nine o'clock in Jakarta, the day fieldwork opens
AFTERWARDS = datetime(2025, 9, 2, 2, 0, tzinfo=UTC)  # closing day and grace are over
REVISIT = datetime(2025, 8, 20, 2, 0, tzinfo=UTC)  # where the clock stands while the demo serves
ROUNDS_OF_GRACE = 3
FINAL = ("delivered", "failed", "expired", "cancelled")
GROUPS = ("internal", "external", "expert")
DESIGN = """\
[internal]
by = "locus"
answers = 25
total = 0
response = 0.58
sd = 15.0

[external]
by = "kind"
answers = 40
total = 90
response = 0.38
sd = 18.0

[expert]
by = "province"
answers = 60
total = 60
response = 0.80
sd = 14.0
"""
STAFF = (
    ("siti", "Siti", "officer", "", ""),
    ("budi", "Budi", "officer", "", ""),
    ("ratna", "Ratna", "statistician", "", ""),
    ("wayan", "Wayan", "auditor", "", ""),
    ("dewi", "Dewi", "inspectorate", places.HOME, ""),
    ("agus", "Agus", "leader", places.HOME, ""),
    ("rina", "Rina", "unit_contact", places.HOME, "opd.01"),
)
TRUSTEES = ("Komisi", "Universitas", "Dewan Pers", "Ombudsman", "Masyarakat")
REAL_PHONES = 3


@dataclass
class Demo:
    """One demo: its folder, its seed, its house, and what it knows of its own country."""

    house: House
    scale: str
    seed: int
    told: Told
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where everything of this demo lies."""
        return self.house.folder

    @cached_property
    def areas(self) -> tuple[places.Area, ...]:
        """The institutions."""
        return places.country(self.scale)

    @cached_property
    def people(self) -> list[Person]:
        """Everybody eligible."""
        return people(self.areas, self.seed, OPENS)

    @cached_property
    def bundle(self) -> Path:
        """The folder of the phone's files, which bears their hash."""
        page = (self.folder / "client" / "index.html").read_text()
        (named,) = set(re.findall(r"/c/[0-9a-f]{64}/", page))
        return self.folder / "client" / named.strip("/")

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """The questionnaires as every phone knows them: they lie in the bundle once the round is frozen."""
        return {group: load((self.bundle / "q" / f"{group}.json").read_bytes()) for group in GROUPS}

    @cached_property
    def world(self) -> opinions.World:
        """What everybody would answer."""
        return opinions.opinions(self.areas, self.people, self.instruments, self.seed)


def form(group: str) -> Path:
    """The house's own questionnaire of a group, as sheets."""
    return Path(str(methods.FILES.joinpath("questionnaires", group)))


def registry(demo: Demo) -> str:
    """Institutions, units, loci, accounts; the round."""
    folder = demo.folder / "registry"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "round.toml").write_text(round_file())
    table(
        folder / "institutions.csv",
        ("code", "name", "kind", "province", "size"),
        [(area.code, area.name, area.kind, places.PROVINCE, area.size) for area in demo.areas],
    )
    table(
        folder / "units.csv",
        ("institution", "code", "name", "kind", "echelon", "parent", "locus"),
        [
            (area.code, unit.code, unit.name, unit.kind, unit.echelon, unit.parent, "Y" if unit.locus else "")
            for area in demo.areas
            for unit in sorted(area.units, key=lambda unit: bool(unit.parent))
        ],
    )
    table(folder / "people.csv", ("username", "name", "role", "institution", "unit"), STAFF)
    return demo.house.run("open_round", str(folder), "--by", "siti")


def round_file() -> str:
    """The round as its officer writes it."""
    return f"""\
[round]
code = "{ROUND}"
edition = "2025"
profile = "illustrative-20-70-10"
opens = {OPENS}
closes = {CLOSES}
reference = {OPENS}

[round.words]
name = "Survei Integritas Lampung 2025 (demo)"
agency = "Lembaga Bening Nusantara"
agency_short = "LBN-demo"
survey = "Survei Integritas"
sender = "+62 811-0000-0000"
hotline = "0800-000-0000"
"""


def table(path: Path, headers: tuple[str, ...], rows: object) -> None:
    """A CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows(rows)  # type: ignore[arg-type]  # an iterable of rows


def frame(demo: Demo) -> str:
    """Rosters handed over, checked, accepted, frozen; the planted faults compared with those found."""
    folder = demo.folder / "rosters"
    planted = rosters.write_rosters(folder, demo.people, seed=demo.seed, reference=OPENS)
    report = demo.folder / "roster-report.json"
    demo.house.run(
        "load_rosters", ROUND, str(folder), "--report", str(report), "--by", "dewi", told=demo.told
    )
    found = {(row["file"], row["row"], row["code"]) for row in json.loads(report.read_text())["problems"]}
    missed = [fault for fault in planted if (fault.file, fault.row, fault.code) not in found]
    if missed:
        raise SystemExit(f"planted faults were not found: {missed[:5]}")
    demo.house.run("freeze_frame", ROUND, "--by", "siti")
    return f"{len(demo.people)} eligible people; all {len(planted)} planted faults found"


def sample(demo: Demo) -> str:
    """A design that can be shown, drawn from a committed seed."""
    path = demo.folder / "design.toml"
    path.write_text(DESIGN)
    seed = f"{demo.seed:064x}"
    demo.house.run("commit_seed", ROUND, "--design", str(path), "--seed", seed, "--by", "ratna")
    return "commitment " + demo.house.run("draw_sample", ROUND, "--by", "siti")[:16]


def freeze(demo: Demo) -> str:
    """Questionnaires, checked and compiled as an agency does it; keys, manifest and the phones' client."""
    forms = [str(form(group)) for group in GROUPS]
    demo.house.run("questionnaire", "check", *forms)
    demo.house.run("freeze_instrument", ROUND, *forms, "--by", "ratna")
    keys(demo)
    return "manifest " + demo.house.run("freeze_round", ROUND, "--by", "siti")[:16]


def keys(demo: Demo) -> None:
    """The signer's keys, and the ceremony of five simulated trustees, whose words lie in files here."""
    labels, signer = demo.folder / "strata.txt", demo.folder / "signer"
    labels.write_text(demo.house.run("strata", ROUND))
    words = (
        "--strata",
        str(labels),
        "--keys",
        str(signer / "keys"),
        "--public",
        str(signer / "public.jsonl"),
    )
    demo.house.run("signer", "keygen", *words, told=demo.told)
    tally = demo.folder / "tally.json"
    if not tally.exists():  # a second ceremony would make a second key
        people = ("--trustees", ",".join(TRUSTEES), "--needed", "3")
        demo.house.run("ceremony", *people, "--out", str(tally), "--sheets", str(demo.folder / "trustees"))


def invitations(demo: Demo) -> str:
    """Everybody drawn gets a message through the emulator."""
    house = demo.house
    planned = approved(house)
    for _ in range(ROUNDS_OF_GRACE):
        house.run("deliveries", ROUND, "--wait", "sent", told=demo.told)
        house.ask("POST", "/_emu/flush")
        counts = json.loads(house.run("deliveries", ROUND, "--wait", "settled", told=demo.told))
        if sum(counts.get(state, 0) for state in FINAL) == planned:
            break
        # Outcomes that a crash left unknown and no report explained: past their grace they are sent again.
        house.move_clock(house.offset() + timedelta(minutes=66).total_seconds())
    accepted = house.ask("GET", "/_emu/ledger?summary=1")["accepted"]
    demo.figures |= {"invited": planned, "messages": accepted}
    return f"{planned} invitations planned, {accepted} messages accepted by the provider"


def approved(house: House) -> int:
    """Plan the wave; the provider takes its time to approve the template, so the clock helps once."""
    try:
        return int(house.run("invite", ROUND, "--by", "siti"))
    except Failed:
        house.move_clock(house.offset() + timedelta(minutes=10).total_seconds())
        return int(house.run("invite", ROUND, "--by", "siti"))


def real_phones(demo: Demo) -> str:
    """A few people answer in a real browser."""
    executable = browser.installed()
    chosen = chosen_for_browser(demo)
    if executable is None:
        demo.figures["browser"] = 0
        return "no Chromium found: HTTP phones answer for everybody"
    known = dict(phones.by_number(demo.world.people, demo.world.answers))
    links = {number: (link, known[number][1]) for number, link in chosen.items()}
    done = browser.answer(links, executable, demo.told, profiles=demo.folder / "phones")
    demo.figures["browser"] = done
    return f"{done} answers through real Chromium"


def chosen_for_browser(demo: Demo) -> dict[str, str]:
    """The first willing number of each group: number -> link."""
    known = dict(phones.by_number(demo.world.people, demo.world.answers))
    chosen: dict[str, tuple[str, str]] = {}
    simulated = phones.Phones(client_round(demo), known, demo.seed)
    for number, link in sorted(phones.links(demo.house.emulator).items()):
        if simulated.willing(number):
            chosen.setdefault(known[number][0].group, (number, link))
    return dict(chosen[group] for group in GROUPS if group in chosen)


def http_phones(demo: Demo) -> str:
    """Everybody else who is willing answers over HTTP."""
    links = phones.links(demo.house.emulator)
    real = chosen_for_browser(demo) if demo.figures.get("browser") else {}
    links = {number: link for number, link in links.items() if number not in real}
    known = dict(phones.by_number(demo.world.people, demo.world.answers))
    simulated = phones.Phones(client_round(demo), known, demo.seed)
    started = time.monotonic()
    done = simulated.answer(links, demo.told)
    demo.house.run("nightly")
    demo.figures |= {
        "answers": done + int(str(demo.figures.get("browser", 0))),
        "interviews_per_s": round(done / (time.monotonic() - started), 1),
        "interview_p95_ms": round(1000 * float(np.percentile(simulated.times, 95)), 1),
    }
    return f"{done} answers over HTTP"


def client_round(demo: Demo) -> phones.Round:
    """What a phone finds in its bundle, fetched as a phone fetches it."""
    origins = demo.house.origins
    reply = urllib3.PoolManager().request("GET", origins["client"] + "/m/manifest.json")
    return phones.Round(json.loads(reply.data), origins["gate"], origins["box"], origins["client"])


def tally(demo: Demo) -> str:
    """After closing: counts from the gate, ballots from the box, the offline tally, the import."""
    house, folder = demo.house, demo.folder
    house.move_clock((AFTERWARDS - datetime.now(UTC)).total_seconds())
    counts = house.run("close_round", ROUND, "--by", "siti")
    house.run("box", "export", str(folder / "export"))
    said = house.run(
        "tally",
        "--export",
        str(folder / "export"),
        "--manifest",
        str(folder / "client" / "m"),
        "--questionnaires",
        str(demo.bundle / "q"),
        "--words",
        str(folder / "trustees"),
        "--out",
        str(folder / "tally"),
    )
    digest = said.split()[-1]
    house.run("box", "log", "--tally", digest)
    counted = house.run(
        "import_tally", ROUND, str(folder / "tally"), "--counts", counts, "--digest", digest, "--by", "ratna"
    )
    withheld = int(str(demo.figures["answers"])) - int(counted)
    demo.figures |= {"counted": int(counted), "withheld": withheld}
    return f"{counted} answers counted, {withheld} withheld in groups too small to open, digest {digest[:16]}"


def results(demo: Demo) -> str:
    """Quality, evidence, estimates."""
    house = demo.house
    house.run("review")
    house.run("decide", ROUND, "--by", "siti", "--second", "budi")
    house.run("weigh_evidence", ROUND, "--by", "ratna")
    return "run " + house.run("estimate_round", ROUND, "--by", "ratna")


def release(demo: Demo) -> str:
    """Disclosure check, two signatures, the static site."""
    house = demo.house
    history = Path(str(files("bening.demo").joinpath("data", "spi_scores.csv")))
    house.run("prepare_release", ROUND, "--history", str(history), "--by", "ratna")
    for who in ("siti", "budi"):
        try:
            house.run("approve_release", ROUND, "--by", who)
        except Failed as failed:
            if "PUBLISH-121" not in str(failed):  # cut off after this signature: it stands
                raise
    house.run("write_release", ROUND, "--by", "siti")
    house.run("recommend", ROUND, "--by", "siti")
    house.run("verify", str(demo.folder / "release"))
    return str(demo.folder / "release")


def coverage(demo: Demo) -> str:
    """How many of the published intervals hold the truth that only the generator knows."""
    index = json.loads((demo.folder / "release" / "index.json").read_text())
    true = opinions.truth(demo.world, demo.instruments, methods.load(METHOD))
    rows = [row for row in index["institutions"] if row["lower"] is not None]
    held = sum(row["lower"] <= true[row["code"]] <= row["upper"] for row in rows)
    demo.figures["covered"] = f"{held} of {len(rows)}"
    expected = f"about {0.95 * len(rows):.0f} expected of 95 % intervals"
    return f"{held} of {len(rows)} published intervals cover the true index ({expected})"


STAGES: tuple[tuple[str, Callable[[Demo], str]], ...] = (
    ("registry", registry),
    ("frame", frame),
    ("sample", sample),
    ("freeze", freeze),
    ("invitations", invitations),
    ("real phones", real_phones),
    ("HTTP phones", http_phones),
    ("tally", tally),
    ("results", results),
    ("release", release),
    ("coverage", coverage),
)
