"""A fabricated round of Lampung: 16 governments, 36 loci in one, answers and scores behind every number."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from bening.core.kinds import Group, InstitutionKind
from bening.core.publish.history import name_key, read_quoted
from bening.core.publish.shape import Heading, Locus, Member, Sources
from bening.core.publish.site import site_data
from bening.core.publish.tables import Figure
from bening.methods import load
from bening.web.estimate.models import Run, Score
from bening.web.quality.models import Status, Verdict
from bening.web.registry.models import Institution, Participant, Round, Unit
from bening.web.registry.models import Locus as Listed
from bening.web.response.models import Label, Reply, Tally

NOW = datetime(2025, 11, 22, 3, tzinfo=UTC)
METHOD = load("spi-2025:illustrative-20-70-10")
HISTORY = Path(__file__).parents[3] / "src/bening/demo/data/spi_scores.csv"
REGENCIES = (
    "Lampung Barat",
    "Lampung Selatan",
    "Lampung Tengah",
    "Lampung Timur",
    "Lampung Utara",
    "Mesuji",
    "Pesawaran",
    "Pesisir Barat",
    "Pringsewu",
    "Tanggamus",
    "Tulang Bawang",
    "Tulang Bawang Barat",
    "Way Kanan",
)
PLACES = [
    ("lampung", "Provinsi Lampung", InstitutionKind.PROVINCE),
    *((name.lower().replace(" ", "-"), f"Kabupaten {name}", InstitutionKind.REGENCY) for name in REGENCIES),
    ("bandar-lampung", "Kota Bandar Lampung", InstitutionKind.CITY),
    ("metro", "Kota Metro", InstitutionKind.CITY),
]
SIZES = {"internal": 60, "external": 55, "expert": 13}
SPREAD = {"internal": (5, 1.4), "external": (0, 1.6), "expert": (-9, 2.2)}
LOCI = [
    *(Locus(f"dinas-{i:02}", f"Dinas Pekerjaan Umum dan Penataan Ruang {i}", "office") for i in range(1, 17)),
    *(Locus(f"puskesmas-{i:02}", f"Puskesmas Way {i}", "puskesmas") for i in range(1, 21)),
]
ANSWERS = {locus.code: 6 + number for number, locus in enumerate(LOCI)}  # 6 to 41: withheld, banded and shown


def whole(code, rng):
    """All figures of one institution."""
    found, level = {}, {}
    base = rng.normal(74, 4)
    n = SIZES | ({"internal": sum(ANSWERS.values())} if code == "lampung-selatan" else {})
    for group, (shift, se) in SPREAD.items():
        names = [d.code for d in METHOD.dimensions if d.group == group]
        values = [
            65.0 + len(name) % 5 if group == "expert" else base + shift + rng.normal(0, 3) for name in names
        ]
        flags = ("strata_collapsed",) if group == "expert" else ()
        level[group] = float(np.mean(values))
        for name, value in [*zip(names, values, strict=True), ("", level[group])]:
            kind = "dimension" if name else "group"
            found["", group, name] = Figure(
                code, kind, group, name, "", float(value), se, value - 2 * se, value + 2 * se, n[group], flags
            )
    value = sum(METHOD.groups[Group(group)] * level[group] for group in level)
    flags = ("strata_collapsed",)
    found["", "", ""] = Figure(
        code, "index", "", "", "", value, 1.2, value - 2.4, value + 2.4, sum(n.values()), flags
    )
    return found


def units(code, own, rng):
    """Figures of the loci."""
    found = {}
    for unit, n in ANSWERS.items():
        shift = rng.normal(0, 4)
        for key in ("", *(d.code for d in METHOD.dimensions if d.group == "internal")):
            value = float(np.clip(own["", "internal", key].value + shift + rng.normal(0, 3), 5, 98))
            kind = "dimension" if key else "group"
            found[unit, "internal", key] = Figure(
                code, kind, "internal", key, unit, value, 3.0, value - 6, min(value + 6, 100), n
            )
    return found


@pytest.fixture(scope="session")
def figures():
    """Figures of all governments with places among the 15 regencies and cities."""
    rng = np.random.default_rng(5)
    found = {code: whole(code, rng) for code, _, _ in PLACES}
    found["lampung-selatan"] |= units("lampung-selatan", found["lampung-selatan"], rng)
    local = {
        code: found[code]["", "", ""].value for code, _, kind in PLACES if kind != InstitutionKind.PROVINCE
    }
    for code, value in local.items():
        better, worse = (sum(sign * (other - value) > 4 for other in local.values()) for sign in (1, -1))
        index = found[code]["", "", ""]
        found[code]["", "", ""] = replace(
            index, rank_lower=1 + better, rank_upper=15 - worse, p_top3=max(0.0, 0.6 - better / 8)
        )
    return found


@pytest.fixture(scope="session")
def site(figures):
    """The content of a release made from them, without a database."""
    quotes = {}
    with HISTORY.open(encoding="utf-8", newline="") as file:
        for quote in read_quoted(csv.DictReader(file), HISTORY.name):
            quotes.setdefault(name_key(quote.institution), []).append(quote)
    bounds = {
        year: load(f"spi-{year}:{METHOD.profile}").bounds for year in ("2021", "2022", "2023", "2024", "2025")
    }
    members = [
        Member(code, name, kind, loci=tuple(LOCI) if code == "lampung-selatan" else ())
        for code, name, kind in PLACES
    ]
    heading = Heading(
        "lampung-2025",
        "SPI Lampung 2025",
        "Komisi Contoh",
        "SPI",
        "20251122",
        {"frame": "cd" * 32, "answers": "ab" * 32},
        "2025-11-22",
        True,
        False,
    )
    return site_data(heading, METHOD, members=members, sources=Sources(figures, frozenset(), quotes, bounds))


@pytest.fixture
def run(db, figures):
    """The same in the tables: institutions, answers that count, scores and statuses."""
    round_ = Round.objects.create(
        code="lampung-2025",
        name="SPI Lampung 2025",
        edition="2025",
        profile=METHOD.profile,
        opens=date(2025, 8, 1),
        closes=date(2025, 10, 31),
        reference=date(2025, 7, 30),
        agency="Komisi Contoh",
        agency_short="KC",
        survey="SPI",
        sender="-",
        hotline="-",
    )
    tally = Tally.objects.create(round=round_, digest="a" * 64, manifest="b" * 64)
    places = {
        code: Institution.objects.create(code=code, name=name, kind=kind, province="18")
        for code, name, kind in PLACES
    }
    inside = {
        locus.code: Unit.objects.create(
            institution=places["lampung-selatan"], code=locus.code, name=locus.name, kind=locus.kind
        )
        for locus in LOCI
    }
    Listed.objects.bulk_create(Listed(round=round_, unit=unit) for unit in inside.values())
    Participant.objects.bulk_create(Participant(round=round_, institution=place) for place in places.values())
    Status.objects.bulk_create(
        Status(round=round_, institution=place, code="published", by="s", second="t")
        for place in places.values()
    )
    fill(tally, places, inside)
    made = Run.objects.create(
        round=round_,
        method_id=METHOD.id,
        method_label={"id": METHOD.label.id, "en": METHOD.label.en},
        digests={"answers": "c" * 64},
        seed="20251122",
        created=NOW,
    )
    Score.objects.bulk_create(
        score(made, figure, places, inside) for own in figures.values() for figure in own.values()
    )
    return made


def fill(tally, places, inside):
    """Labels with as many kept replies as the figures claim."""
    wanted = [("18/expert", Group.EXPERT, None, None, SIZES["expert"])]
    for code, place in places.items():
        wanted.append((f"{code}/external", Group.EXTERNAL, place, None, SIZES["external"]))
        if code != "lampung-selatan":
            wanted.append((f"{code}/internal", Group.INTERNAL, place, None, SIZES["internal"]))
    wanted += [
        (f"lampung-selatan/{code}/internal", Group.INTERNAL, places["lampung-selatan"], unit, ANSWERS[code])
        for code, unit in inside.items()
    ]
    labels = Label.objects.bulk_create(
        Label(
            tally=tally,
            label=name,
            group=group,
            institution=place,
            unit=unit,
            population=9 * n,
            sampled=3 * n,
            issued=2 * n,
            reissued=0,
            counted=n,
        )
        for name, group, place, unit, n in wanted
    )
    replies = Reply.objects.bulk_create(
        Reply(label=label, place=number, answers={}, paradata={})
        for label in labels
        for number in range(label.counted)
    )
    Verdict.objects.bulk_create(Verdict(reply=reply, kept=True) for reply in replies)


def score(run, figure, places, inside):
    """A figure as a row."""
    words = {
        name: getattr(figure, name)
        for name in (
            "level",
            "group",
            "dimension",
            "value",
            "se",
            "lower",
            "upper",
            "n",
            "rank_lower",
            "rank_upper",
            "p_top3",
        )
    }
    return Score(
        run=run,
        institution=places[figure.institution],
        unit=inside.get(figure.unit),
        df=40.0,
        population=1000,
        flags=list(figure.flags),
        **words,
    )


@pytest.fixture
def history():
    """The published figures that the demo brings."""
    return HISTORY
