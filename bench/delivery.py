"""Sending: nobody twice unmarked, nobody forgotten under kills and storm; how fast, how exact the rate.

The oracle is the emulator's ledger. Sizes by environment: BENCH_PEOPLE, BENCH_KILLS, BENCH_SEND,
BENCH_WEBHOOKS.
"""

import hmac
import json
import os
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import urllib3

from bench.field import Field, house, patiently

BARS = {
    "chaos_people": "100,000",
    "chaos_kills": "20",
    "chaos_duplicates_unflagged": "0",
    "chaos_forgotten": "0",
    "send_per_s": ">= 500, one worker process",
    "rate_error": "<= 0.02 across 3 workers",
    "webhooks_per_s": ">= 1,000",
}
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
KILLS = int(os.environ.get("BENCH_KILLS", "20"))
SEND = int(os.environ.get("BENCH_SEND", "20000"))
WEBHOOKS = int(os.environ.get("BENCH_WEBHOOKS", "20000"))
WORKERS = 3
RATE = 100.0  # messages a second at which the exactness is measured
LEASE, GRACE = 130.0, 2 * 3600.0  # seconds by which the clock jumps over what the engine waits for
UNSENT = ("queued", "leased", "sending")
TOLD = ("accepted", "held", "sent", "delivered")  # rows that say that somebody got a message


def measure() -> dict[str, float | int | str]:
    """Every figure."""
    return {**chaos(PEOPLE, KILLS), "send_per_s": speed(SEND), "rate_error": exactness(SEND // 4)} | {
        "webhooks_per_s": webhooks(WEBHOOKS)
    }


def folder() -> Path:
    """A fresh folder."""
    return Path(tempfile.mkdtemp(prefix="bening-bench-"))


def chaos(people: int, kills: int, *, seed: int = 7) -> dict[str, int]:
    """Storm and kill -9 until every row has an end; then the rows are held against the ledger."""
    rng = random.Random(seed)
    with house(folder(), people, profile="storm", rate=1e6, speed=60) as field:
        field.ask("PATCH", "/_emu/chaos", {"hang_s": 60})
        for _ in range(WORKERS):
            field.work()
        killed = 0
        while killed < kills:
            # At even shares of the work, so that a slow machine is killed as often as a fast one.
            least = people * (killed + 1) // (kills + 2)
            done = patiently(lambda least=least: moving(field, people, least), 900)
            field.kill(rng.randrange(WORKERS))
            killed += 1
            if not done:
                break
        settle(field)
        return {"chaos_people": people, "chaos_kills": killed, **held_against_the_ledger(field)}


def moving(field: Field, people: int, least: int) -> bool:
    """Whether so many rows have left the queue; what waits for the clock is helped along."""
    field.release()
    return people - sum(field.states()[state] for state in UNSENT) >= least


def settle(field: Field) -> None:
    """Until nothing is queued, nothing is on the wire, and what could be repeated was."""
    for _ in range(60):
        patiently(lambda: quiet(field), 20)
        field.ask("POST", "/_emu/flush", {})
        patiently(lambda: not field.reports_wait(), 60)
        states = field.states()
        waiting = field.rows(
            "SELECT count(*) FROM fieldwork_delivery WHERE state = 'unknown' AND NOT possible_duplicate"
        )[0][0]
        if not sum(states[state] for state in UNSENT) and not waiting:
            return
        field.jump(LEASE if any(states[state] for state in UNSENT) else GRACE)


def quiet(field: Field) -> bool:
    """Whether no row moves by itself any more."""
    field.release()
    before = field.states()
    time.sleep(1.0)
    return field.states() == before


def held_against_the_ledger(field: Field) -> dict[str, int]:
    """People who got two messages and whose row says nothing of it; people nobody knows anything of."""
    taken = Counter(row["key"] for row in field.ask("GET", "/_emu/ledger") if row["status"] != "failed")
    rows = field.rows("SELECT key, state, possible_duplicate FROM fieldwork_delivery")
    unflagged = sum(1 for key, _, marked in rows if taken[key] > 1 and not marked)
    ever = {row["key"] for row in field.ask("GET", "/_emu/ledger")}
    forgotten = sum(1 for key, state, _ in rows if state in UNSENT or (state in TOLD and key not in ever))
    return {"chaos_duplicates_unflagged": unflagged, "chaos_forgotten": forgotten}


def speed(people: int) -> float:
    """Messages a second of one worker process, from the first attempt to the last."""
    with house(folder(), people, profile="calm", rate=1e6, speed=1) as field:
        field.work()
        patiently(lambda: not any(field.states()[state] for state in UNSENT), 900)
        return per_second(field, skip=0.0)


def exactness(people: int) -> float:
    """How far three workers together are from the rate they share, once the first burst is over."""
    with house(folder(), people, profile="calm", rate=RATE, speed=1) as field:
        for _ in range(WORKERS):
            field.work()
        patiently(lambda: not any(field.states()[state] for state in UNSENT), 900)
        return abs(per_second(field, skip=5.0) / RATE - 1)


def per_second(field: Field, *, skip: float) -> float:
    """Attempts a second between the first and the last, without so many seconds at the beginning."""
    query = "SELECT extract(epoch FROM started_at)::float8 FROM fieldwork_attempt ORDER BY started_at"
    moments = [moment for (moment,) in field.rows(query)]
    inside = [moment for moment in moments if moment >= moments[0] + skip]
    return (len(inside) - 1) / max(1e-9, inside[-1] - inside[0])


def webhooks(many: int) -> float:
    """Signed reports a second that the staff door verifies and stores."""
    with house(folder(), 1, profile="calm", rate=1.0, speed=1) as field:
        secret = (field.folder / "secrets" / "whatsapp-app-secret").read_bytes()
        bodies = [report(n) for n in range(many)]
        signed = [(body, "sha256=" + hmac.new(secret, body, sha256).hexdigest()) for body in bodies]
        http = urllib3.PoolManager(maxsize=16, block=True, retries=False)
        url = f"http://localhost:{field.hall}/hook/whatsapp/"

        def post(pair: tuple[bytes, str]) -> int:
            headers = {"X-Hub-Signature-256": pair[1], "Content-Type": "application/json"}
            return http.request("POST", url, body=pair[0], headers=headers).status

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(post, signed[: min(200, many)]))
            started = time.perf_counter()
            said = Counter(pool.map(post, signed[min(200, many) :]))
            passed = time.perf_counter() - started
        assert set(said) == {200}, said
        return said[200] / passed


def report(n: int) -> bytes:
    """One status as the provider writes it."""
    status = {"id": f"wamid.{n}", "status": "delivered", "timestamp": "1754272800", "recipient_id": "62812"}
    value = {"statuses": [status | {"biz_opaque_callback_data": f"d:{n:032x}:1"}]}
    return json.dumps({"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}).encode()
