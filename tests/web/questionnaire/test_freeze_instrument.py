"""A questionnaire is checked, frozen, and stays what it was."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bening.core.problems import Refused
from bening.core.questionnaire import load
from bening.methods import FILES
from bening.web.questionnaire.models import Instrument
from bening.web.questionnaire.steps import freeze_instrument, read_path
from bening.web.registry.models import Audit
from tests.web.small import FORMS, make_round

pytestmark = pytest.mark.django_db
FORM = (FORMS / "internal.json").read_bytes()


def test_the_digest_is_that_of_the_bytes_phones_will_get():
    row = freeze_instrument(by="ratna", round=make_round(), data=FORM)
    assert hashlib.sha256(row.body).hexdigest() == row.digest
    assert load(bytes(row.body)) == load(FORM)
    assert (row.group, row.name, row.version) == ("internal", "internal", 1)


def test_the_same_questionnaire_again_changes_nothing():
    round_ = make_round()
    first = freeze_instrument(by="ratna", round=round_, data=FORM)
    assert freeze_instrument(by="budi", round=round_, data=FORM + b"\n").pk == first.pk
    assert Audit.objects.filter(verb="freeze_instrument").values_list("by", flat=True).get() == "ratna"


def test_other_content_needs_another_version():
    round_ = make_round()
    freeze_instrument(by="ratna", round=round_, data=FORM)
    other = FORM.replace(b"Survei integritas: pegawai", b"Survei integritas: staf")
    assert other != FORM
    with pytest.raises(Refused, match="QUEST-126"):
        freeze_instrument(by="ratna", round=round_, data=other)
    freeze_instrument(by="ratna", round=round_, data=other.replace(b'"version": 1', b'"version": 2'))
    assert list(Instrument.objects.values_list("version", flat=True)) == [1, 2]


def test_a_file_that_is_no_questionnaire_changes_nothing():
    with pytest.raises(Refused, match="QUEST-"):
        freeze_instrument(by="ratna", round=make_round(), data=b"{}")
    assert not Instrument.objects.exists()


def test_the_database_holds_one_row_a_version():
    row = freeze_instrument(by="ratna", round=make_round(), data=FORM)
    with pytest.raises(IntegrityError, match="instrument_version_once"), transaction.atomic():
        Instrument.objects.create(
            round=row.round, name=row.name, version=1, group="internal", body=b"", digest=""
        )


def test_the_command_freezes_every_file_it_is_given(capsys):
    make_round()
    call_command(
        "freeze_instrument",
        "uji-2025",
        *(str(FORMS / f"{g}.json") for g in ("internal", "expert")),
        "--by",
        "ratna",
    )
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["internal", "expert"]


def test_the_command_compiles_the_houses_forms(capsys):
    """As they lie in the house: three folders of sheets, by the method of the round's edition."""
    make_round()
    folders = {group: FILES.joinpath("questionnaires", group) for group in ("internal", "external", "expert")}
    call_command("freeze_instrument", "uji-2025", *map(str, folders.values()), "--by", "ratna")
    for group, folder in folders.items():
        assert load(bytes(Instrument.objects.get(group=group).body)) == read_path(folder, "2025")


def test_the_command_refuses_a_form_that_cannot_stand(tmp_path):
    make_round()
    (tmp_path / "survey.csv").write_text("type,name\n")
    with pytest.raises(Refused, match="QUEST-115"):
        call_command("freeze_instrument", "uji-2025", str(tmp_path), "--by", "ratna")
    assert not Instrument.objects.exists()
