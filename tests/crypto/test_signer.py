"""The signer as the gate meets it: its own process behind a Unix socket."""

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bening.core.canonical import b64u, dump
from bening.core.problems import Refused
from bening.core.response import kid_of, public_keys
from bening.crypto import blind
from bening.crypto.quota import counts
from bening.crypto.signer import BAD, FAILED, OK, REPLY, SPENT, UNKNOWN
from tests.security.frozen import frozen

SAMPLED = 60
LIMIT = 61


class House:
    """One signer's folder and process."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        (folder / "strata").write_text("kab/internal/a\nkab/external/b\n")
        self.run("keygen", "--strata", "strata", "--keys", "keys", "--public", "public.jsonl")
        self.keys = public_keys((folder / "public.jsonl").read_bytes())
        self.modulus = self.keys["kab/internal/a"]
        self.kid = kid_of(self.modulus)
        rows = [{"kid": kid_of(n).hex(), "n": b64u(n), "sampled": SAMPLED} for n in self.keys.values()]
        (folder / "manifest.jsonl").write_bytes(b"".join(dump(row) + b"\n" for row in rows))

    def run(self, *words):
        subprocess.run([sys.executable, "-m", "bening.cli", "signer", *words], cwd=self.folder, check=True)

    def start(self):
        words = ["--keys", "keys", "--manifest", ".", "--quota", "quota", "--socket", "s"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bening.cli", "signer", *words], cwd=self.folder
        )
        for _ in range(200):
            try:
                self.line().close()
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the signer did not start")

    def stop(self, with_=signal.SIGTERM):
        self.process.send_signal(with_)
        self.process.wait(20)

    def line(self):
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(self.folder / "s"))
        except OSError:
            line.close()
            raise
        return line


def ask(line, request):
    line.sendall(request)
    reply = b""
    while len(reply) < REPLY:
        part = line.recv(REPLY - len(reply))
        if not part:
            raise ConnectionError
        reply += part
    return reply[0], reply[1:]


def request(kid, value):
    return b"\1\1" + kid + value


def number(n):
    return n.to_bytes(256, "big")


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.stop()


def test_a_blinded_token_comes_back_signed(house):
    house.start()
    token = os.urandom(97)
    salt, factor = blind.draw(house.modulus)
    blinded, inverse = blind.blind(token, house.modulus, salt=salt, factor=factor)
    with house.line() as line:
        status, signed = ask(line, request(house.kid, blinded))
        assert status == OK
        assert blind.verify(
            house.modulus, token, blind.finalize(token, house.modulus, signed, inverse=inverse)
        )
        assert ask(line, request(house.kid, blinded)) == (OK, signed)


def test_every_refusal_has_its_number_and_no_bytes(house):
    house.start()
    (house.folder / "keys" / f"{house.kid.hex()}.pem").unlink()
    other = kid_of(house.keys["kab/external/b"])
    cases = {
        request(b"\7" * 32, number(2)): UNKNOWN,
        b"\2\1" + other + number(2): BAD,
        b"\1\2" + other + number(2): BAD,
        request(other, b"\xff" * 256): BAD,
        request(house.kid, number(2)): FAILED,
    }
    with house.line() as line:
        for wish, status in cases.items():
            assert ask(line, wish) == (status, bytes(256))
    assert counts(house.folder / "quota", []) == {}  # what could not be signed used up nothing


def test_under_parallel_load_no_stratum_gets_more_than_its_people(house):
    house.start()

    def many(start):
        with house.line() as line:
            return [ask(line, request(house.kid, number(start + n)))[0] for n in range(50)]

    with ThreadPoolExecutor(8) as pool:
        found = [status for each in pool.map(many, range(1000, 9000, 1000)) for status in each]
    assert (found.count(OK), found.count(SPENT)) == (LIMIT, 400 - LIMIT)
    assert counts(house.folder / "quota", [house.kid]) == {house.kid: LIMIT}


@pytest.mark.slow
def test_killed_while_signing_it_forgets_nothing_it_gave(house):
    """Whatever got a signature is in the book, and gets the same signature afterwards."""
    given = {}
    for turn in range(6):
        house.start()
        with house.line() as line:
            for n in range(7):
                value = number(turn * 100 + n + 2)
                status, signed = ask(line, request(house.kid, value))
                assert status == OK
                given[value] = signed
            line.sendall(request(house.kid, number(turn * 100 + 99)))
            house.stop(signal.SIGKILL)
    house.start()
    with house.line() as line:
        assert {value: ask(line, request(house.kid, value))[1] for value in given} == given
    assert counts(house.folder / "quota", [house.kid])[house.kid] <= LIMIT


def test_lines_that_break_or_dribble_hold_nobody_up(house):
    house.start()
    wish = request(house.kid, number(5))
    with house.line() as slow, house.line() as gone, house.line() as line:
        slow.sendall(wish[:100])
        gone.sendall(wish)
        gone.close()
        assert ask(line, request(house.kid, number(6)))[0] == OK
        assert ask(slow, wish[100:])[0] == OK


def test_keys_are_made_once_and_can_be_destroyed(house):
    files = sorted(path.name for path in (house.folder / "keys").iterdir())
    assert files == sorted(f"{kid_of(n).hex()}.pem" for n in house.keys.values())
    assert {path.stat().st_mode & 0o777 for path in (house.folder / "keys").iterdir()} == {0o400}
    before = (house.folder / "public.jsonl").read_bytes()
    house.run("keygen", "--strata", "strata", "--keys", "keys", "--public", "public.jsonl")
    assert (house.folder / "public.jsonl").read_bytes() == before
    for name, closes in (("running", date(2999, 1, 31)), ("over", date(2020, 1, 31))):
        parts = frozen(opens=closes.replace(day=5), closes=closes)
        (house.folder / name).mkdir()
        for file, data in zip(("manifest.json", "manifest.jsonl"), parts, strict=True):
            (house.folder / name / file).write_bytes(data)
    with pytest.raises(subprocess.CalledProcessError):
        house.run("destroy", "--keys", "keys", "--manifest", "running")
    assert sorted(path.name for path in (house.folder / "keys").iterdir()) == files
    house.run("destroy", "--keys", "keys", "--manifest", "over")
    assert list((house.folder / "keys").iterdir()) == []


def test_a_damaged_list_of_public_keys_is_refused():
    for bad in (b"{", b'{"stratum":"a"}\n', b'{"n":"AA","stratum":"a"}\n'):
        with pytest.raises(Refused, match="BALLOT-170"):
            public_keys(bad)
