"""From a run to a folder: two people, one body, whole or not at all."""

import hashlib
import json
import shutil

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.web.publish.models import Aggregate, Approval, Release
from bening.web.publish.steps import approve, prepare, release
from bening.web.publish.steps.clear import clear, half
from bening.web.quality.models import Status
from bening.web.registry.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def now(run):
    return run.created


@pytest.fixture
def prepared(run, now, history):
    return prepare(by="officer", run=run, now=now, history=history)


@pytest.fixture
def approved(prepared, now):
    for name in ("first", "second"):
        approve(by=name, release=prepared, now=now)
    return prepared


def code_of(refused):
    return refused.value.problems[0].code


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_every_page_and_table_with_true_checksums(approved, tmp_path, now):
    release(by="officer", release=approved, folder=tmp_path / "release", now=now)
    files = snapshot(tmp_path / "release")
    sums = files.pop("SHA256SUMS").decode()
    assert sums == "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    assert {path for path in files if "/" not in path} == {
        "index.html",
        "method.html",
        "index.json",
        "index.csv",
        "dimensions.csv",
        "loci.csv",
        "history.csv",
    }
    assert len([path for path in files if path.startswith("institutions/")]) == 16
    assert {path.removeprefix("en/") for path in files if path.startswith("en/")} == {
        path for path in files if path.endswith(".html") and not path.startswith("en/")
    }
    assert len(json.loads(files["index.json"])["institutions"]) == 16


def test_one_person_is_not_enough(prepared, tmp_path, now):
    """DSC-11: without both yeses nothing leaves."""
    approve(by="first", release=prepared, now=now)
    with pytest.raises(Refused) as refused:
        release(by="officer", release=prepared, folder=tmp_path / "release", now=now)
    assert code_of(refused) == "PUBLISH-122"
    assert not (tmp_path / "release").exists()


def test_the_same_person_cannot_approve_twice(prepared, now):
    approve(by="first", release=prepared, now=now)
    with pytest.raises(Refused) as refused:
        approve(by="first", release=prepared, now=now)
    assert code_of(refused) == "PUBLISH-121"


def test_the_database_refuses_a_second_approval_of_one_person(prepared, now):
    for expected in (1, 2):
        row = Approval(release=prepared, by="first", at=now, digest=prepared.digest)
        if expected == 1:
            row.save()
            continue
        with pytest.raises(IntegrityError, match="approval_once_a_person"), transaction.atomic():
            row.save()


def test_the_database_refuses_a_second_open_release(prepared, run, now):
    with pytest.raises(IntegrityError, match="one_open_release_a_round"), transaction.atomic():
        Release.objects.create(round=run.round, run=run, body={}, digest="d", prepared=now, by="x")


def test_the_database_refuses_a_release_without_sums(prepared, now):
    with pytest.raises(IntegrityError, match="release_has_its_sums"), transaction.atomic():
        Release.objects.filter(pk=prepared.pk).update(released=now)


def test_the_ledger_names_an_aggregate_once(prepared):
    row = Aggregate.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError, match="aggregate_once_a_release"), transaction.atomic():
        row.save(force_insert=True)


def test_approvals_are_lost_when_the_content_changes(approved, run, tmp_path, now, history):
    Status.objects.filter(institution__code="mesuji").update(code="security", reason_id="R.", reason_en="R.")
    changed = prepare(by="officer", run=run, now=now, history=history)
    assert changed.approvals.count() == 0
    assert Release.objects.count() == 1


def test_preparing_the_same_again_changes_nothing(approved, run, now, history):
    assert prepare(by="officer", run=run, now=now, history=history) == approved
    assert approved.approvals.count() == 2
    assert Audit.objects.filter(verb="prepare_release").count() == 1


def test_releasing_again_restores_the_same_bytes(approved, tmp_path, now):
    folder = tmp_path / "release"
    first = release(by="officer", release=approved, folder=folder, now=now)
    before = snapshot(folder)
    (folder / "index.html").write_text("x")
    shutil.rmtree(folder / "en")
    again = release(by="officer", release=first, folder=folder, now=now)
    assert snapshot(folder) == before
    assert (again.released, again.sums) == (first.released, first.sums)
    assert Audit.objects.filter(verb="release").count() == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release"]


def test_a_status_other_than_published_has_no_number_in_any_file(run, tmp_path, now):
    """The ledger holds nothing of it either."""
    Status.objects.filter(institution__code="lampung-selatan").update(
        code="integrity_issue", reason_id="Alasan uji.", reason_en="A reason."
    )
    made = prepare(by="officer", run=run, now=now)
    for name in ("first", "second"):
        approve(by=name, release=made, now=now)
    release(by="officer", release=made, folder=tmp_path / "release", now=now)
    files = snapshot(tmp_path / "release")
    row = next(
        line for line in files["index.csv"].decode().splitlines() if line.startswith("lampung-selatan,")
    )
    assert row.split(",")[3:14] == ["integrity_issue", *[""] * 10]
    assert b"lampung-selatan" not in files["loci.csv"] + files["dimensions.csv"]
    assert b"Alasan uji." in files["institutions/lampung-selatan.html"]
    assert not Aggregate.objects.filter(family="lampung-selatan").exists()


def test_units_below_ten_answers_are_withheld_everywhere(prepared):
    """Answers of the loci run from 6 to 41: four of them are below the floor."""
    page = next(page for page in prepared.body["institutions"] if page["code"] == "lampung-selatan")
    hidden = [row["code"] for row in page["loci"] if not row["cells"][0]["shown"]]
    assert hidden == ["dinas-01", "dinas-02", "dinas-03", "dinas-04"]
    assert set(prepared.report["lampung-selatan"]["withheld"].values()) == {"floor"}


def test_a_second_release_is_attacked_together_with_the_first(approved, run, tmp_path, now):
    """After the release the ledger feeds the next check: earlier rows stand beside the new ones."""
    release(by="officer", release=approved, folder=tmp_path / "release", now=now)
    count = Aggregate.objects.filter(family="mesuji").count()
    assert count == 4
    assert all(each.disclosure.safe for each in clear(run))


def test_nothing_is_released_when_an_earlier_release_gave_a_group_away(approved, run, tmp_path, now):
    """A row over five people that is already published: no pattern can take it back (DSC-6)."""
    release(by="officer", release=approved, folder=tmp_path / "release", now=now)
    Aggregate.objects.create(
        release=approved, family="mesuji", aggregate="five", rounding="DSC-2", parts=[["1", f"{0b11111:x}"]]
    )
    with pytest.raises(Refused) as refused:
        prepare(by="officer", run=run, now=now)
    assert code_of(refused) == "PUBLISH-125"


def test_a_round_without_status_is_not_released(run, now):
    Status.objects.filter(institution__code="metro").delete()
    with pytest.raises(Refused) as refused:
        prepare(by="officer", run=run, now=now)
    assert code_of(refused) == "PUBLISH-123"


def test_a_folder_with_other_files_is_left_alone(approved, tmp_path, now):
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "letter.txt").write_text("mine")
    with pytest.raises(Refused) as refused:
        release(by="officer", release=approved, folder=tmp_path / "release", now=now)
    assert code_of(refused) == "PUBLISH-124"
    assert (tmp_path / "release" / "letter.txt").read_text() == "mine"


def test_an_interrupted_exchange_is_finished(approved, tmp_path, now):
    """Killed after the old folder stepped aside: it comes back, then the new one takes its place."""
    (tmp_path / ".release.old").mkdir()
    (tmp_path / ".release.old" / "SHA256SUMS").write_text("")
    (tmp_path / ".release.fresh").mkdir()
    release(by="officer", release=approved, folder=tmp_path / "release", now=now)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release"]
    assert (tmp_path / "release" / "index.html").exists()


def test_a_missing_history_file_is_named(run, tmp_path, now):
    with pytest.raises(Refused) as refused:
        prepare(by="officer", run=run, now=now, history=tmp_path / "gone.csv")
    assert (code_of(refused), refused.value.problems[0].place.file) == ("PUBLISH-120", "gone.csv")


def test_the_commands_lead_from_run_to_folder(run, tmp_path, history, capsys):
    call_command("prepare_release", "lampung-2025", "--by", "officer", "--history", str(history))
    for name in ("first", "second"):
        call_command("approve_release", "lampung-2025", "--by", name)
    call_command("write_release", "lampung-2025", "--by", "officer", "--folder", str(tmp_path / "release"))
    sums = hashlib.sha256((tmp_path / "release" / "SHA256SUMS").read_bytes()).hexdigest()
    assert capsys.readouterr().out.split()[-1] == sums


def test_a_dimension_counts_from_half_of_its_questions():
    """EST-4: two of four are enough, one is not; an answer without a score is none."""

    class Given:
        answers = {"q1": "yes", "q2": "unknown", "q3": "yes"}

    class Asked:
        def __init__(self, name):
            self.id, self.scores = name, (("yes", 100.0), ("unknown", None))

    assert half(Given(), [Asked(name) for name in ("q1", "q2", "q3", "q4")])
    assert not half(Given(), [Asked(name) for name in ("q1", "q2", "q4", "q5")])
