"""What a reader gets: the same numbers everywhere, relative links, small pages, both languages."""

import csv
import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest

from bening.web.publish.steps.release import files_of

LARGEST = 100_000


class Links(HTMLParser):
    """Addresses, ids and tags that a page uses."""

    def __init__(self):
        super().__init__()
        self.links, self.ids, self.tags, self.attributes = [], set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.add(value)
            if name in ("href", "src"):
                self.links.append(value)


@pytest.fixture(scope="module")
def files(site):
    return files_of(site)


@pytest.fixture(scope="module")
def pages(files):
    found = {}
    for path, body in files.items():
        if path.endswith(".html"):
            found[path] = Links()
            found[path].feed(body.decode())
    return found


def table(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def text(files, path):
    """A page as people read it."""
    bare = re.sub(r"<(style|svg)\b.*?</\1>", " ", files[path].decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def test_every_link_leads_to_a_file_of_the_folder(files, pages):
    """Relative links only: the folder opens from a disk and from any host."""
    broken = []
    for path, page in pages.items():
        for link in page.links:
            target, _, part = link.partition("#")
            if link.startswith(("https://", "http://")):
                continue
            there = normpath(join(dirname(path), target)) if target else path
            if there not in {*files, "SHA256SUMS"} or (part and part not in pages[there].ids):
                broken.append((path, link))
    assert broken == []


def test_a_withheld_number_leads_to_its_reason(site):
    """Also on the page of an institution without a heat map, where the reason usually stands."""
    changed = json.loads(json.dumps(site))
    page = next(page for page in changed["institutions"] if page["code"] == "metro")
    for row in [row for row in [*page["groups"], *page["dimensions"]] if row["group"] == "expert"]:
        row["cell"] |= {
            "shown": False,
            "value": None,
            "se": None,
            "lower": None,
            "upper": None,
            "n_band": None,
        }
    read = Links()
    read.feed(files_of(changed)["institutions/metro.html"].decode())
    assert "#withheld" in read.links
    assert "withheld" in read.ids


def test_a_strict_policy_has_nothing_to_refuse(pages):
    for page in pages.values():
        assert not {"script", "style", "iframe", "object", "img", "form"} & page.tags
        assert not {name for name in page.attributes if name == "style" or name.startswith("on")}


def test_no_page_is_larger_than_100_kb(files):
    assert max(len(body) for path, body in files.items() if path.endswith(".html")) < LARGEST


def test_page_json_and_csv_print_the_same_numbers(files):
    """One source: a second rounding anywhere would show here."""
    rows = {row["code"]: row for row in table(files, "index.csv")}
    for entry in json.loads(files["index.json"])["institutions"]:
        page = text(files, f"en/institutions/{entry['code']}.html")
        row = rows[entry["code"]]
        for key in ("estimate", "se", "lower", "upper", "n_band", "rank_lower", "rank_upper"):
            assert row[key] == ("" if entry[key] is None else str(entry[key]))
        assert f"{entry['name']}: {entry['estimate']}" in page
        assert f"between {entry['lower']} and {entry['upper']}" in page
        assert f"about {entry['n_band']} answers" in page


def test_dimensions_of_page_and_csv_agree(files):
    page = text(files, "en/institutions/lampung-selatan.html")
    rows = [
        row for row in table(files, "dimensions.csv") if row["code"] == "lampung-selatan" and row["dimension"]
    ]
    assert len(rows) == 17
    for row in rows:
        assert f"{row['estimate']} {row['lower']}–{row['upper']}" in page


def test_every_row_carries_the_name_of_the_weights(files, site):
    label = f"{site['label']['id']} / {site['label']['en']}"
    for name in ("index.csv", "dimensions.csv", "loci.csv", "history.csv"):
        assert {row["method_label"] for row in table(files, name)} == {label}
    for path in files:
        if path.endswith(".html"):
            assert site["label"]["en" if path.startswith("en/") else "id"] in text(files, path)


def test_every_page_says_what_it_is_not(files):
    for path in files:
        if path.endswith(".html"):
            words = (
                ("Demo data", "not KPK's official", "No confidentiality")
                if path.startswith("en/")
                else ("Data demo", "bukan bobot resmi", "Tanpa kerahasiaan")
            )
            banner = text(files, path)
            assert [word for word in words if word not in banner] == []


def test_numbers_are_written_as_the_language_writes_them(files):
    indonesian = text(files, "institutions/metro.html")
    entry = next(row for row in table(files, "index.csv") if row["code"] == "metro")
    assert entry["estimate"].replace(".", ",") in indonesian
    assert not re.search(
        r"\d\.\d", indonesian.split("Data")[1].split("SHA")[0].replace("spi-2025:illustrative", "")
    )


def test_a_rank_never_stands_without_its_range(files):
    for row in table(files, "index.csv"):
        if row["rank_lower"] and row["rank_lower"] != row["rank_upper"]:
            page = text(files, f"en/institutions/{row['code']}.html")
            assert f"Place {row['rank_lower']} to {row['rank_upper']} of 15" in page


def test_units_are_listed_by_name_and_never_ranked(files):
    rows = [row["unit"] for row in table(files, "loci.csv")]
    assert rows == sorted(rows)
    assert {row["n_band"] for row in table(files, "loci.csv") if row["shown"] == "false"} == {""}


def test_a_unit_with_few_answers_shows_a_word_instead_of_a_number(files):
    banded = [row for row in table(files, "loci.csv") if row["band"]]
    assert banded
    assert {(row["estimate"], row["lower"], row["upper"]) for row in banded} == {("", "", "")}


def test_published_figures_are_marked_as_such(files):
    rows = [row for row in table(files, "history.csv") if row["code"] == "lampung-selatan"]
    assert [(row["edition"], row["origin"], row["class"]) for row in rows] == [
        ("2021", "published", "sangat_rentan"),
        ("2024", "published", "waspada"),
        ("2025", "computed", rows[2]["class"]),
        ("", "published", ""),
    ]
    assert rows[2]["breaks"] == "weights"


def test_the_shared_mean_of_experts_is_said_in_words(files):
    assert "Nilai bersama: ahli untuk tiap daerah terlalu sedikit" in text(files, "institutions/metro.html")


def test_degrees_of_freedom_are_in_no_file(files):
    assert not any(re.search(rb"\bdf\b", body) for path, body in files.items() if not path.endswith(".css"))


def test_the_same_content_gives_the_same_bytes(files, site):
    """A body read back from the database has its keys in another order."""
    shuffled = json.loads(json.dumps(site, sort_keys=True))
    assert files_of(shuffled) == files


def test_a_name_with_markup_stays_a_name(site):
    evil = json.loads(json.dumps(site))
    evil["institutions"][0]["name"] = "<script>alert(1)</script>"
    evil["institutions"][1]["history"][0]["source"] = (
        "javascript:alert(1)" if evil["institutions"][1]["history"] else ""
    )
    assert b"<script" not in b"".join(body for path, body in files_of(evil).items() if path.endswith(".html"))
