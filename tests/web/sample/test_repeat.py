"""Drawn again from the frozen frame, here and from the auditor's package: a changed ref or seed is caught."""

import io
import json
import zipfile

import pytest

from bening.core.problems import Refused
from bening.outside.redraw import main
from bening.web.frame.models import Contact
from bening.web.registry.models import Audit
from bening.web.registry.steps import record
from bening.web.sample.models import Seed, Selection
from bening.web.sample.steps import purge, redraw, take_package
from tests.web.sample.conftest import DESIGN, SEED
from tests.web.small import make_draw

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[False, True], ids=["drawn", "with a reserve"])
def drawn(round_, request):
    """Drawn and frozen."""
    make_draw(round_, DESIGN, seed=SEED, reserve=request.param)
    record(by="siti", verb="freeze_round", on=round_.code)
    return round_


@pytest.fixture
def folder(drawn, tmp_path):
    """The auditor's package, unpacked."""
    package = take_package(by="wayan", round=drawn)
    zipfile.ZipFile(io.BytesIO(package.data)).extractall(tmp_path / "package")
    return tmp_path / "package"


def test_the_seed_opens_only_after_the_round_is_frozen_and_until_the_purge(round_):
    for make in (redraw, take_package):
        with pytest.raises(Refused, match="SAMPLE-122"):
            make(by="wayan", round=round_)
    make_draw(round_, DESIGN, seed=SEED)
    with pytest.raises(Refused, match="SAMPLE-122"):
        redraw(by="wayan", round=round_)
    record(by="siti", verb="freeze_round", on=round_.code)
    assert redraw(by="wayan", round=round_).identical
    purge(by="siti", round=round_)
    with pytest.raises(Refused, match="SAMPLE-122"):
        take_package(by="wayan", round=round_)


def test_an_honest_draw_comes_out_again(drawn):
    found = redraw(by="wayan", round=drawn)
    assert found.identical
    assert found.people == Selection.objects.filter(drawn=True).count()
    assert Audit.objects.get(verb="redraw").detail["identical"] is True


def swap(drawn):
    """Somebody takes a friend's reference in."""
    row = Selection.objects.filter(stratum__label="kab-x/internal/opd.01", drawn=True).first()
    outside = Contact.objects.filter(unit__code="opd.01").exclude(
        ref__in=Selection.objects.values("contact_ref")
    )
    ref = outside.values_list("ref", flat=True).first() or "f" * 32
    Selection.objects.filter(pk=row.pk).update(contact_ref=ref)


def reseed(drawn):
    Seed.objects.update(value=bytes(32))


def drop(drawn):
    Selection.objects.filter(stratum__label="kab-x/internal/opd.01").last().delete()


@pytest.mark.parametrize(
    ("tamper", "strata"),
    [(swap, {"kab-x/internal/opd.01"}), (drop, {"kab-x/internal/opd.01"}), (reseed, None)],
)
def test_a_draw_that_was_tampered_with_is_named(drawn, tamper, strata):
    tamper(drawn)
    found = redraw(by="wayan", round=drawn)
    assert not found.identical
    assert found.frame
    assert strata is None or set(found.differing) == strata


def test_a_changed_frame_is_told_apart_from_a_changed_draw(drawn):
    person = Contact.objects.filter(unit__code="opd.01").first()
    Contact.objects.filter(pk=person.pk).update(ref="0" * 32)
    found = redraw(by="wayan", round=drawn)
    assert (found.frame, found.identical) == (False, False)


def test_the_package_holds_no_name_and_is_repeated_elsewhere(folder, capsys):
    assert sorted(path.name for path in folder.iterdir()) == ["design.json", "draw.json", "frame.csv"]
    head, first, *_ = (folder / "frame.csv").read_text().splitlines()
    assert head == "ref,institution,province,group,unit,kind"
    assert len(first.split(",")) == 6
    assert main([str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.count(" same ") == 4
    assert f"identical: {Selection.objects.filter(drawn=True).count()} people drawn in 4 strata" in said


def change_ref(folder):
    path = folder / "frame.csv"
    lines = path.read_text().splitlines(keepends=True)
    lines[5] = "0" * 32 + lines[5][32:]
    path.write_text("".join(lines))
    return {"frame", "selection"}


def change_seed(folder):
    path = folder / "draw.json"
    path.write_text(path.read_text().replace(SEED.hex(), bytes(32).hex()))
    return {"commitment", "selection"}


def change_design(folder):
    path = folder / "design.json"
    path.write_text(path.read_text().replace('"answers":25', '"answers":26'))
    return {"design", "selection"}


def move_unit_kind(folder):
    """What no digest of the frame covers shows in the draw."""
    path = folder / "frame.csv"
    path.write_text(path.read_text().replace("external,opd.01,office", "external,opd.01,rsud"))
    return {"selection"}


@pytest.mark.parametrize("change", [change_ref, change_seed, change_design, move_unit_kind])
def test_a_changed_package_is_caught(folder, change, capsys):
    expected = change(folder)
    assert main([str(folder)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "DIFFERS" in line]
    assert {line.split()[0] for line in lines} == expected


@pytest.mark.parametrize("name", ["frame.csv", "design.json", "draw.json"])
@pytest.mark.parametrize("how", ["missing", "empty", "cut"])
def test_an_unreadable_package_says_which_file(folder, name, how, capsys):
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if how != "missing":
        path.write_bytes(b"" if how == "empty" else data[: data.rindex(b",")])
    assert main([str(folder)]) == 2
    assert name.split(".")[0] in capsys.readouterr().out


def test_a_package_without_a_seed_is_no_package(folder, capsys):
    facts = json.loads((folder / "draw.json").read_text()) | {"seed": "zz"}
    (folder / "draw.json").write_text(json.dumps(facts, separators=(",", ":"), sort_keys=True))
    assert main([str(folder)]) == 2
    assert "SAMPLE-123" in capsys.readouterr().out
