"""Simulated people: who they are depends on the seed or a file, what they do on what reaches them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.emulator.chaos import Chance, Knobs
from bening.emulator.people import BEHAVIOURS, ZONES, Person, made_up, read

HEAD = "number,on_whatsapp,timezone,sleep_hours,behaviour,has_username,changes_number_at\n"


@pytest.fixture
def village(emulators, hook, tmp_path, make):
    """One person a behaviour, and one each who is not there, hides the number, moves."""
    rows = [f"{make.number(place)},,,,{word},,\n" for place, word in enumerate(BEHAVIOURS)]
    rows += [f"{make.number(20)},no,,,prompt,,\n", f"{make.number(21)},,,,suspicious,yes,\n"]
    rows.append(f"{make.number(22)},,,,prompt,,{make.START + 86_400}\n")
    people = tmp_path / "people.csv"
    people.write_text(HEAD + "".join(rows))
    options = ("--rate", "0", "--tier", "0", "--people", str(people), "--webhook", hook.url)
    emulator = emulators(*options)
    emulator.approve()
    return emulator


def spoken(hook):
    return [one for one in hook.inbound() if one["type"] != "system"]


def without_ordinal(rows):
    """In an order that does not depend on who came first."""
    kept = [{name: value for name, value in row.items() if name != "ordinal"} for row in rows]
    return sorted(kept, key=lambda row: row["key"])


def taps(emulator):
    return {link["to"] for link in emulator.call("GET", "/_emu/links").lines if link["taps"]}


def test_each_behaves_as_the_file_says(village, hook, make, until):
    everyone = {word: make.number(place) for place, word in enumerate(BEHAVIOURS)}
    for place, number in enumerate(everyone.values()):
        village.send(make.invitation(number, make.key(place)))
    assert taps(village) == {everyone["prompt"]}
    village.advance(7 * 86_400)
    # The one of the file who changes the number tells of it as well.
    said = until(lambda: len(spoken(hook)) == 3 and spoken(hook))
    words = {one["from"]: one.get("button", one.get("text")) for one in said}
    assert words[everyone["suspicious"]]["payload"] == f"fb:doubt:{make.key(3)}"
    assert words[everyone["wrong_person"]]["text"] == "Bukan untuk saya"
    assert words[everyone["opts_out"]]["body"] == "BERHENTI"
    for place, number in enumerate(everyone.values()):
        village.send(make.invitation(number, make.key(place), 2))
    assert taps(village) == {everyone["prompt"], everyone["needs_reminder"]}
    again = [entry["to"] for entry in village.ledger() if entry["code"] == 131026]
    assert again == [everyone["blocks_us"]]


def test_who_is_not_there_and_who_hides_the_number(village, hook, make, until):
    village.send(make.invitation(make.number(20), "GONE"))
    village.send(make.invitation(make.number(21), "HIDDEN"))
    assert [entry["code"] for entry in village.ledger()] == [131026, None]
    village.advance(7 * 86_400)
    said = until(lambda: spoken(hook))[0]
    assert "from" not in said
    assert said["from_user_id"].startswith("ID.")


def test_a_number_that_changes(village, hook, make, until):
    old = make.number(22)
    village.send(make.invitation(old, "BEFORE"))
    village.advance(86_400)
    change = until(lambda: hook.values("user_id_update"))[0]["user_id_update"][0]
    system = until(hook.inbound)[0]
    assert system["system"]["type"] == "user_changed_number"
    assert (system["from"], system["system"]["wa_id"]) == (old, change["wa_id"])
    village.send(make.invitation(old, "OLD"))
    village.send(make.invitation(change["wa_id"], "NEW"))
    assert [entry["code"] for entry in village.ledger()] == [None, 131026, None]
    village.kill()
    village.start()
    village.send(make.invitation(old, "AGAIN"))
    assert village.ledger()[3]["code"] == 131026


def test_generated_people_tell_the_same_story_whatever_the_order(emulators, make):
    stories = []
    for name, places in (("first", range(40)), ("second", reversed(range(40)))):
        emulator = emulators(
            "--rate", "0", "--tier", "0", "--people", "generated", "--profile", "realistic", name=name
        )
        emulator.approve()
        emulator.chaos(p_sync_5xx=0, p_timeout_after_accept=0, p_reset_after_accept=0)
        for place in places:
            emulator.send(make.invitation(make.number(place), make.key(place)))
        emulator.advance(30 * 86_400)
        links = emulator.call("GET", "/_emu/links").lines
        stories.append((without_ordinal(links), without_ordinal(emulator.ledger())))
    assert stories[0] == stories[1]


@given(st.floats(0, 1e9), st.integers(0, 23), st.integers(0, 23), st.sampled_from(sorted(ZONES)))
def test_nobody_reads_asleep(at, start, end, zone):
    person = Person(sleep=(start, end), timezone=zone)
    woken = person.awake(at)
    hour = (woken / 3600 + ZONES[zone]) % 24
    asleep = (hour - start) % 24 + 1e-6 < (end - start) % 24 - 1e-6
    assert at <= woken <= at + 86_400
    assert not asleep or start == end


def test_shares_are_kept():
    knobs = Knobs(p_ignores=0.5, p_suspicious=0.25, p_username=0.5)
    people = [made_up(Chance(1, place), knobs) for place in range(2000)]
    share = {word: sum(one.behaviour == word for one in people) / 2000 for word in BEHAVIOURS}
    assert share["ignores"] == pytest.approx(0.5, abs=0.05)
    assert share["suspicious"] == pytest.approx(0.25, abs=0.05)
    assert share["prompt"] == pytest.approx(0.25, abs=0.05)
    assert share["blocks_us"] == 0


@pytest.mark.parametrize(
    "text",
    ["name\nx\n", HEAD + "1,maybe,,,,,\n", HEAD + "1,,WIBB,,,,\n", HEAD + "1,,,22,,,\n", HEAD + "1,,,,x,,\n"],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path, text):
    path = tmp_path / "people.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"people\.csv"):
        read(path)
