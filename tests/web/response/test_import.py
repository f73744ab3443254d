"""What the offline tally wrote comes in once, as announced, with the counts of every member stratum."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.kinds import Group, GroupDesign, Record
from bening.core.problems import Refused
from bening.core.response.merge import merge_small
from bening.core.response.output import Seen, files, opened, report
from bening.web.fieldwork.steps.freeze import entry
from bening.web.registry.models import Audit
from bening.web.response.models import Label, Reply, Tally, Text
from bening.web.response.steps import import_tally, tally_digest
from bening.web.sample.models import Stratum
from tests import strong_room
from tests.web.small import make_draw, make_people, make_places, make_round

pytestmark = pytest.mark.django_db
LOCI = {"opd.01": 25, "opd.02": 12, "opd.03": 4, "opd.04": 0}
DESIGN = {Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0)}


@pytest.fixture
def round_():
    """Four strata of two governments, of which one alone is too small to be told apart."""
    row = make_round()
    make_places(row, {"kab-x": list(LOCI), "kab-y": ["opd.01"]})
    make_people(row, "kab-x", Group.INTERNAL, dict.fromkeys(LOCI, 65))
    make_people(row, "kab-y", Group.INTERNAL, {"opd.01": 65})
    make_draw(row, DESIGN, seed=bytes(32))
    return row


def counted(stratum):
    """How many answered in a stratum."""
    return 7 if stratum.startswith("kab-y") else LOCI[stratum.rsplit("/", 1)[1]]


def code(stratum, n):
    """A receipt code."""
    return f"{stratum:08d}{n:08d}"


@pytest.fixture
def written(round_, tmp_path, settings):
    """The four files of the tally, made by the tally's own functions, and the gate's counts."""
    settings.CLIENT_DIR = tmp_path / "client"
    strata = list(Stratum.objects.all())
    keys = {row.label: strong_room.modulus(row.label) for row in strata}
    entries = [entry(row, "internal", keys) for row in strata]
    numbers = {e.stratum: counted(e.stratum) for e in entries}
    merged = merge_small(entries, numbers, least=10, least_census=20)
    records = [
        opened(
            Record(s, {"info": str(n % 5 + 1)}, {"d": 2, "w": 1}, code(at, n), (("remark", f"kata {n}"),)),
            rated=False,
        )
        for at, (s, many) in enumerate(numbers.items())
        for n in range(many)
    ]
    answers, texts, codes = files(records, merged, bars=dict.fromkeys(merged.labels, 10))
    seen = Seen(numbers, numbers, {"invalid": 0}, {})
    last = report(entries, seen, merged, round="uji-2025", manifest="c" * 64, codes=codes)
    for name, data in zip(
        ("answers.jsonl", "texts.jsonl", "codes.txt", "report.json"),
        (answers, texts, codes, last),
        strict=True,
    ):
        (tmp_path / name).write_bytes(data)
    labels = {s: {"sampled": 44, "issued": n + 2, "reissued": 1} for s, n in numbers.items()}
    (tmp_path / "counts.json").write_text(json.dumps({"round": "uji-2025", "labels": labels}))
    return tmp_path


def take(round_, folder, **changes):
    facts = {"by": "ratna", "counts": folder / "counts.json", "digest": tally_digest(folder)}
    return import_tally(round=round_, folder=folder, **facts | changes)


def test_every_counted_record_comes_in_with_its_line_as_its_only_order(round_, written):
    take(round_, written)
    lines = [json.loads(line) for line in (written / "answers.jsonl").read_text().splitlines()]
    rows = Reply.objects.order_by("place").values_list("label__label", "answers", "paradata", "place")
    assert [list(row) for row in rows] == [[*line[:3], number] for number, line in enumerate(lines, 1)]
    assert Text.objects.count() == len((written / "texts.jsonl").read_text().splitlines()) == len(rows)


def test_a_phone_finds_its_code_by_the_first_two_characters(round_, written, settings):
    """It fetches a part of the list, so the server does not learn which code it looks for."""
    take(round_, written)
    folder = settings.CLIENT_DIR / "codes"
    whole = (folder / "all.txt").read_text().splitlines()
    assert whole == sorted((written / "codes.txt").read_text().splitlines())
    assert (folder / "00.txt").read_text().splitlines() == whole
    assert (folder / "ZZ.txt").read_text() == ""
    assert len(list(folder.iterdir())) == 32 * 32 + 1


def test_a_merged_label_carries_the_counts_of_all_its_strata_empty_ones_too(round_, written):
    """4 and 0 in one government and 7 in the other: together eleven, under the province."""
    take(round_, written)
    assert sorted(Label.objects.values_list("label", "counted")) == [
        ("18/internal/merged", 11), ("kab-x/internal/opd.01", 25), ("kab-x/internal/opd.02", 12)
    ]  # fmt: skip
    merged = Label.objects.get(counted=11)
    assert merged.strata == ["kab-x/internal/opd.03", "kab-x/internal/opd.04", "kab-y/internal/opd.01"]
    drawn = sum(row.sampled for row in Stratum.objects.filter(label__in=merged.strata))
    assert (merged.population, merged.sampled, merged.issued, merged.reissued) == (195, drawn, 11 + 6, 3)
    assert (merged.institution, merged.unit) == (None, None)


def test_a_label_of_one_unit_names_it(round_, written):
    take(round_, written)
    row = Label.objects.get(label="kab-x/internal/opd.02")
    assert (row.institution.code, row.unit.code, row.group) == ("kab-x", "opd.02", "internal")
    assert (row.population, row.counted) == (65, 12)


def test_the_digest_is_the_one_that_the_trustees_announce(written):
    parts = [hashlib.sha256((written / name).read_bytes()).digest() for name in
             ("answers.jsonl", "texts.jsonl", "codes.txt", "report.json")]  # fmt: skip
    assert tally_digest(written) == hashlib.sha256(b"".join(parts)).hexdigest()


@pytest.mark.parametrize("name", ["answers.jsonl", "texts.jsonl", "codes.txt", "report.json"])
def test_a_file_that_was_changed_after_the_announcement_is_refused(round_, written, name):
    announced = tally_digest(written)
    with (written / name).open("a") as file:
        file.write(" ")
    with pytest.raises(Refused, match="BALLOT-150"):
        take(round_, written, digest=announced)
    assert not Tally.objects.exists()
    assert not Reply.objects.exists()


@pytest.mark.parametrize("name", ["report.json", "counts.json"])
def test_files_of_another_round_are_refused(round_, written, name):
    text = (written / name).read_text().replace('"uji-2025"', '"uji-2024"')
    (written / name).write_text(text)
    with pytest.raises(Refused, match=f"BALLOT-151.*{name}"):
        take(round_, written)
    assert not Tally.objects.exists()


def test_importing_again_changes_nothing(round_, written):
    first = take(round_, written)
    before = list(Reply.objects.order_by("pk").values())
    assert take(round_, written, by="budi", digest="0" * 64).pk == first.pk
    assert list(Reply.objects.order_by("pk").values()) == before
    assert Audit.objects.filter(verb="import_tally").count() == 1


def test_counts_that_cannot_be_true_change_nothing(round_, written):
    """More answers than rights that were used."""
    table = json.loads((written / "counts.json").read_text())
    table["labels"]["kab-x/internal/opd.01"]["issued"] = 3
    (written / "counts.json").write_text(json.dumps(table))
    with pytest.raises(IntegrityError, match="counted_within_issued"), transaction.atomic():
        take(round_, written)
    assert not Tally.objects.exists()


def test_the_database_refuses_what_no_import_would_write(round_, written):
    tally = take(round_, written)
    label, reply = Label.objects.first(), Reply.objects.first()
    for name, write in {
        "label_once": lambda: Label.objects.create(
            tally=tally, label=label.label, population=1, sampled=1, issued=1, reissued=0, counted=1
        ),
        "issued_within_sampled": lambda: Label.objects.filter(pk=label.pk).update(issued=9999),
        "counted_within_issued": lambda: Label.objects.filter(pk=label.pk).update(counted=label.issued + 1),
        "reply_once": lambda: Reply.objects.create(
            label=reply.label, place=reply.place, answers={}, paradata={}
        ),
        "response_tally_round_id": lambda: Tally.objects.create(round=round_),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def test_the_command_says_how_many_answers_came_in(round_, written, capsys):
    words = [
        "uji-2025",
        str(written),
        "--counts",
        str(written / "counts.json"),
        "--digest",
        tally_digest(written),
    ]
    call_command("import_tally", *words, "--by", "ratna")
    assert capsys.readouterr().out.strip() == "48"
