"""Messages per second, per person, and different persons in any 24 hours."""

from hypothesis import given
from hypothesis import strategies as st

from bening.emulator.chaos import Knobs
from bening.emulator.faults import GraphError
from bening.emulator.limits import DAY, Limits


def test_the_bucket_holds_one_burst_and_refills_with_time(emulators, make):
    emulator = emulators("--rate", "5", "--tier", "0")
    emulator.approve()
    codes = [emulator.send(make.invitation(make.number(n), make.key(n))).code for n in range(8)]
    assert codes == [None] * 5 + [130429] * 3
    emulator.advance(0.4)
    codes = [emulator.send(make.invitation(make.number(n), make.key(n))).code for n in range(5, 8)]
    assert codes == [None, None, 130429]


def test_one_person_is_not_flooded(emulators, make):
    emulator = emulators("--rate", "0", "--tier", "0")
    emulator.approve()
    emulator.chaos(pair_burst=3)
    codes = [emulator.send(make.invitation(make.number(1), make.key(n))).code for n in range(4)]
    assert codes == [None, None, None, 131056]
    assert emulator.send(make.invitation(make.number(2), make.key(9))).status == 200
    emulator.advance(6)
    assert emulator.send(make.invitation(make.number(1), make.key(3))).status == 200


def test_the_tier_counts_different_persons_of_the_last_day(emulators, make):
    emulator = emulators("--rate", "0", "--tier", "3")
    emulator.approve()
    for place in range(5):
        assert emulator.send(make.invitation(make.number(place), make.key(place))).status == 200
    assert emulator.send(make.invitation(make.number(0), "again")).status == 200
    assert [entry["code"] for entry in emulator.ledger()] == [None, None, None, 131048, 131048, None]
    assert emulator.summary()["persons_in_24h"] == 3
    emulator.chaos(tier_exhausted="sync:131048")
    assert emulator.send(make.invitation(make.number(7))).code == 131048
    emulator.advance(86_400)
    assert emulator.send(make.invitation(make.number(7))).status == 200


def test_a_used_tier_grows_after_its_lag(emulators, hook, make, until):
    emulator = emulators("--rate", "0", "--tier", "250", "--webhook", hook.url)
    emulator.approve()
    emulator.chaos(tier_upgrade_lag_h=6)
    for place in range(126):
        emulator.send(make.invitation(make.number(place), make.key(place)))
    emulator.advance(6 * 3600)
    emulator.send(make.invitation(make.number(200), "later"))
    info = emulator.call("GET", f"/v26.0/{make.PNID}").json
    assert info["whatsapp_business_manager_messaging_limit"] == "TIER_2K"
    assert (
        until(lambda: hook.values("business_capability_update"))[0]["max_daily_conversation_per_phone"]
        == 2000
    )


@given(st.lists(st.tuples(st.floats(0, 3 * DAY), st.integers(0, 12)), max_size=80), st.integers(1, 6))
def test_no_moving_day_ever_holds_more_persons_than_the_tier(tries, tier):
    limits, knobs, admitted = Limits(), Knobs(tier=tier), []
    for now, person in sorted(tries):
        if limits.admits(str(person), now, knobs):
            limits.count(str(person), now)
            admitted.append((now, person))
    for end, _ in admitted:
        assert len({person for at, person in admitted if end - DAY < at <= end}) <= tier


@given(st.lists(st.floats(0, 60), max_size=120), st.integers(1, 10))
def test_grants_never_exceed_rate_times_time_plus_burst(times, rate):
    limits, knobs, granted = Limits(), Knobs(rate_mps=rate, rate_burst=rate), []
    for now in sorted(times):
        try:
            limits.check_rate(now, knobs)
        except GraphError:
            continue
        granted.append(now)
    for place, start in enumerate(granted):
        for count, end in enumerate(granted[place:], start=1):
            assert count <= rate * (end - start) + rate + 1e-3
