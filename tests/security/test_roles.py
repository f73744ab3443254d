"""The databases themselves refuse what a process has no business with, whatever its program says.

All counters of these tests run under these roles, so what they must be able to do every other test shows.
"""

import psycopg
import pytest
from psycopg import errors, sql

from bening.web.config import roles

REFUSED = errors.InsufficientPrivilege
VERBS = {
    "SELECT": "SELECT * FROM {t}",
    "INSERT": "INSERT INTO {t} SELECT * FROM {t} WHERE false",
    "DELETE": "DELETE FROM {t} WHERE false",
    "TRUNCATE": "TRUNCATE {t}",
    "ALTER": "ALTER TABLE {t} ADD COLUMN more int",
}
CHANGE = "UPDATE {t} SET {c} = {c} WHERE false"


def tables(round_, door):
    """Every table of a counter's database."""
    rows = round_.rows(door, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {table for (table,) in rows}


def columns(round_, door, table):
    """Its columns."""
    return [
        name
        for (name,) in round_.rows(
            door, "SELECT column_name FROM information_schema.columns WHERE table_name = %s", table
        )
    ]


def allowed(round_, door, role, statement, **names):
    """Whether a role may do this to the named table and column; nothing is kept."""
    words = {name: sql.Identifier(value) for name, value in names.items()}
    url = roles.url_for(role, round_.urls[door])
    with psycopg.connect(url) as db:
        try:
            db.execute(sql.SQL(statement).format(**words))
        except REFUSED:
            return False
        finally:
            db.rollback()
    return True


@pytest.mark.parametrize(("role", "door"), [("gate", "gate"), ("worker", "gate"), ("box", "box")])
@pytest.mark.parametrize("night", [False, True], ids=["before a night", "after a night"])
def test_each_role_may_do_what_the_list_says_and_nothing_else(round_, role, door, night):
    if night:  # every table is a new one then
        round_.night(door)
    grants = roles.GRANTS[door][roles.DOORS[role][1]]
    assert set(grants) <= tables(round_, door)
    for table in tables(round_, door):
        may = grants.get(table, "")
        found = {verb: allowed(round_, door, role, words, t=table) for verb, words in VERBS.items()}
        assert found == {verb: verb in may for verb in VERBS}, table
        mine = may.partition("UPDATE (")[2].rstrip(")").split(", ")
        for name in columns(round_, door, table):
            assert allowed(round_, door, role, CHANGE, t=table, c=name) == (name in mine), (table, name)


def test_the_gate_spends_rights_and_cannot_clear_void_or_make_one(round_):
    """Row 3 of the table: the operator's program is one thing, what the database lets it do another."""
    assert allowed(round_, "gate", "gate", CHANGE, t="gate_right", c="issued")
    for column in ("id", "kid", "reissued", "void"):
        assert not allowed(round_, "gate", "gate", CHANGE, t="gate_right", c=column)
    assert not allowed(round_, "gate", "gate", "INSERT INTO gate_right VALUES ('a', 'b', NULL, false, false)")
    assert not allowed(round_, "gate", "gate", "SELECT * FROM django_migrations")


def test_the_box_changes_and_deletes_nothing(round_):
    for table in tables(round_, "box"):
        assert not allowed(round_, "box", "box", VERBS["DELETE"], t=table)
        for name in columns(round_, "box", table):
            assert not allowed(round_, "box", "box", CHANGE, t=table, c=name)


def test_nobody_enters_the_other_database(round_):
    for role, door in (("gate", "box"), ("box", "gate")):
        with pytest.raises((errors.InsufficientPrivilege, psycopg.OperationalError)):
            psycopg.connect(roles.url_for(role, round_.urls[door])).close()


def test_only_roles_of_the_night_own_tables_and_making_them_again_changes_nothing(round_):
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    for door in ("gate", "box"):
        roles.apply(round_.urls[door], door)
        assert round_.rows(door, owners) == [(roles.NIGHTLY[door],)]


@pytest.mark.slow
def test_a_night_under_its_own_role_does_its_whole_work(round_, kid):
    """Migrating, writing anew, forgetting: no process of an installation needs to be a superuser."""
    for door in ("gate", "box"):
        owner = psycopg.conninfo.make_conninfo(round_.urls[door], user=roles.NIGHTLY[door])
        told = round_.urls | {door: owner}
        saved, round_.urls = round_.urls, told
        try:
            round_.night(door)
        finally:
            round_.urls = saved
