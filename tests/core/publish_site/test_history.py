"""Published figures keep the classes of their edition and are joined only where they can be compared."""

import csv
from pathlib import Path

import pytest

from bening.core.problems import Refused
from bening.core.publish.history import Past, Quoted, name_key, past, read_quoted
from bening.methods import load

FILE = Path(__file__).parents[3] / "src/bening/demo/data/spi_scores.csv"
BOUNDS = {
    edition: load(f"spi-{edition}:equal-thirds").bounds
    for edition in ("2021", "2022", "2023", "2024", "2025")
}


def published():
    with FILE.open(encoding="utf-8", newline="") as file:
        return read_quoted(csv.DictReader(file), FILE.name)


def of(name):
    return [quote for quote in published() if name_key(quote.institution) == name_key(name)]


def quote(edition, score, certainty="B"):
    return Quoted("Kabupaten Contoh", edition, score, certainty, "https://contoh.id", "")


def test_every_published_row_is_kept():
    with FILE.open(encoding="utf-8") as file:
        assert len(published()) == sum(1 for _ in csv.reader(file)) - 1


def test_lampung_selatan_goes_from_sangat_rentan_to_waspada():
    points = past(of("Kab. Lampung Selatan"), BOUNDS, None)
    assert [(p["edition"], p["score"], p["class_name"]["id"]) for p in points] == [
        ("2021", 58.68, "Sangat Rentan"),
        ("2024", 73.91, "Waspada"),
        ("", 71.68, ""),
    ]
    assert points[1]["breaks"] == ["bounds", "gap"]


def test_a_figure_without_a_year_is_kept_and_never_classed():
    undated = [quote for quote in published() if not quote.edition]
    assert len(undated) == 5
    assert {point["class_code"] for point in past(undated, BOUNDS, None)} == {""}


def test_neighbouring_editions_with_the_same_bounds_are_joined():
    points = past([quote("2024", 77.97), quote("2023", 75.0)], BOUNDS, None)
    assert [(p["edition"], p["breaks"]) for p in points] == [("2023", []), ("2024", [])]
    assert points[1]["class_code"] == points[0]["class_code"]


def test_contradicting_sources_break_the_line():
    assert past([quote("2023", 70.0), quote("2024", 71.0, "X")], BOUNDS, None)[1]["breaks"] == ["conflict"]


def test_our_own_figure_is_never_joined_to_a_published_one():
    now = Past(
        edition="2025",
        score=72.0,
        lower=70.0,
        upper=74.0,
        class_code="rentan",
        class_name={"id": "", "en": ""},
        mark="red",
        certainty="",
        source="",
        note="",
        computed=True,
        breaks=[],
    )
    assert past([quote("2024", 73.0)], BOUNDS, now)[-1]["breaks"] == ["weights"]


@pytest.mark.parametrize("spelling", ["Kab. Mesuji", "KABUPATEN  MESUJI", "Kabupaten Mesuji"])
def test_two_spellings_are_one_government(spelling):
    assert name_key(spelling) == name_key("Kabupaten Mesuji")


def test_a_city_is_not_the_regency_of_the_same_name():
    assert name_key("Kota Tangerang") != name_key("Kabupaten Tangerang")


ROW = {
    "institution": "A",
    "edition_year": "2024",
    "score_0_100": "70",
    "certainty": "B",
    "source_url": "",
    "note": "",
}


@pytest.mark.parametrize("score", ["", "tujuh puluh", "-1", "100.1", "nan"])
def test_an_unreadable_score_is_named_with_its_row(score):
    with pytest.raises(Refused) as refused:
        read_quoted([ROW, ROW | {"score_0_100": score}], "history.csv")
    place = refused.value.problems[0].place
    assert (refused.value.problems[0].code, place.file, place.row, place.column) == (
        "PUBLISH-120",
        "history.csv",
        3,
        "score_0_100",
    )


def test_a_missing_column_is_named():
    with pytest.raises(Refused) as refused:
        read_quoted([{key: value for key, value in ROW.items() if key != "certainty"}], "history.csv")
    assert refused.value.problems[0].place.column == "certainty"
