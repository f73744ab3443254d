"""A list without its submission sheet is not taken."""

from datetime import date

import pytest

from bening.core.frame import KEYS, read_submission
from bening.core.kinds import Group
from bening.core.problems import Refused

GOOD = {
    "instansi": "kab-x",
    "kelompok": "Eksternal",
    "sistem_sumber": "Buku tamu",
    "tanggal_ekstraksi": "1 Mei 2024",
    "disusun_oleh": "A",
    "diperiksa_oleh": "B",
    "kontak": "C",
    "jumlah_baris:Dinkes-01": "12",
    "kekurangan": "tidak ada",
    "pernyataan": "Y",
}


def read(values: dict[str, str], group: Group = Group.EXTERNAL):
    """The sheet as lines."""
    return read_submission(list(enumerate(map(list, values.items()), 1)), group=group, file="d.xlsx")


def test_a_complete_sheet_is_read():
    said = read(GOOD)
    assert (said.institution, said.group, said.extracted) == ("kab-x", Group.EXTERNAL, date(2024, 5, 1))
    assert said.declared == {"Dinkes-01": 12}


@pytest.mark.parametrize("key", [*KEYS, "jumlah_baris:Dinkes-01"])
def test_every_key_is_wanted(key):
    with pytest.raises(Refused, match="FRAME-170") as stop:
        read(GOOD | {key: ""})
    assert key.partition(":")[0] in str(stop.value)


@pytest.mark.parametrize("change", [{"pernyataan": "T"}, {"tanggal_ekstraksi": "kemarin"}])
def test_a_statement_not_made_or_a_date_not_read_is_lacking(change):
    with pytest.raises(Refused, match=next(iter(change))):
        read(GOOD | change)


def test_a_sheet_of_another_group_is_refused():
    with pytest.raises(Refused, match="FRAME-177"):
        read(GOOD, Group.EXPERT)


@pytest.mark.parametrize("word", ["eksper", "ekspert", "ahli", "Expert"])
def test_spelling_variants_of_a_group_are_accepted(word):
    assert read(GOOD | {"kelompok": word}, Group.EXPERT).group == Group.EXPERT
