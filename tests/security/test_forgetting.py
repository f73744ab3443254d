"""What PostgreSQL would write down about the order of things, and is told not to."""

import pytest

from bening.web.config import postgres
from tests.security.world import World


@pytest.mark.parametrize("door", ["gate", "box"])
@pytest.mark.parametrize("name", sorted(postgres.QUIET))
def test_the_cluster_writes_down_as_little_as_it_can(round_: World, door, name):
    (value,) = round_.rows(door, "SELECT current_setting(%s)", name)[0]
    assert value == postgres.QUIET[name]


def test_the_counters_commit_to_the_disk_before_they_answer(round_):
    """A receipt given means a ballot stored, also when the power fails: nothing above may loosen that."""
    for door in ("gate", "box"):
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert round_.rows(door, f"SHOW {name}") == [("on",)]


def test_a_cluster_is_told_once(tmp_path):
    """Every start of every process passes here."""
    (tmp_path / "postgresql.conf").write_text("port = 5432\n")
    postgres.configure(tmp_path)
    once = (tmp_path / "postgresql.conf").read_text()
    postgres.configure(tmp_path)
    assert (tmp_path / "postgresql.conf").read_text() == once
    assert once.startswith("port = 5432\n")
    assert once.count("wal_recycle = off") == 1
