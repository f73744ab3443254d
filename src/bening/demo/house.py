"""The house as the demo sees it: processes to start, commands to run, addresses to ask."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import urllib3

DOORS = ("hall", "client", "gate", "box", "check", "release")
PATIENCE = 90.0  # seconds until every door must answer
Told = Callable[[int, int], None]


class Failed(Exception):
    """A command of the house ended with an error; the message is what it said."""


class House:
    """Everything the conductor may do: by command and by HTTP, never by import."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.origins = {door: f"http://localhost:{port + i}" for i, door in enumerate(DOORS)}
        self.emulator = f"http://localhost:{port + len(DOORS)}"
        self.http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(120))
        self.leash = os.pipe()
        self.children: list[subprocess.Popen[bytes]] = []
        self.logs = folder / "logs"
        self.environment = {**os.environ, **self.settings()}

    def settings(self) -> dict[str, str]:
        """The settings of a demo deployment."""
        origins = {f"ORIGIN_{door.upper()}": origin for door, origin in self.origins.items()}
        return {
            **origins,
            "DATA_DIR": str(self.folder),
            "RELEASE_DIR": str(self.folder / "release"),
            "DEPLOYMENT": "demo",
            "WHATSAPP_BASE_URL": self.emulator,
            "WHATSAPP_PNID": "100000000000001",
            "WHATSAPP_WABA": "200000000000002",
            "SENDER_RATE": "1000",
            "SENDER_TIER": "100000",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> None:
        """Start emulator and house on a leash: they end when this process does, however it does."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.spawn("house", ["serve"])
        self.wait_for({**self.origins})
        secrets = self.folder / "secrets"
        self.spawn(
            "emulator",
            [
                "emulator",
                "--port",
                self.emulator.rsplit(":", 1)[1],
                "--db",
                str(self.folder / "emulator.sqlite3"),
                "--webhook",
                self.origins["hall"] + "/hook/whatsapp/",
                "--rate",
                "1000",
                "--tier",
                "100000",
                "--no-magic",
                "--app-secret-file",
                str(secrets / "whatsapp-app-secret"),
                "--token-file",
                str(secrets / "whatsapp-token"),
                "--verify-token-file",
                str(secrets / "whatsapp-verify"),
                "--start",
                str(time.time() + self.offset()),
            ],
        )
        self.wait_for({"emulator": self.emulator})
        self.move_clock(self.offset())

    def spawn(self, name: str, words: Sequence[str]) -> None:
        """One child with its own log file."""
        with (self.logs / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", "bening.cli", *words, "--leash", str(self.leash[0])],
                env=self.environment,
                pass_fds=(self.leash[0],),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.children.append(child)

    def wait_for(self, addresses: Mapping[str, str]) -> None:
        """Until every address answers something."""
        end = time.monotonic() + PATIENCE
        for name, address in addresses.items():
            while not self.answers(address):
                if any(child.poll() is not None for child in self.children):
                    raise SystemExit(f"a process ended while starting {name}; see {self.logs}")
                if time.monotonic() > end:
                    raise SystemExit(f"{name} did not answer at {address}; see {self.logs}")
                time.sleep(0.2)

    def answers(self, address: str) -> bool:
        """Whether anything speaks HTTP there."""
        try:
            self.http.request("GET", address + "/", timeout=2)
        except urllib3.exceptions.HTTPError:
            return False
        return True

    def run(self, *words: str, told: Told | None = None) -> str:
        """Run a command of the house to its end; lines `done/total` are progress, the rest is its answer."""
        child = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-m", "bening.cli", *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        said = []
        assert child.stdout  # noqa: S101  a pipe
        assert child.stderr  # noqa: S101  a pipe
        for line in child.stdout:
            done, slash, total = line.strip().partition("/")
            if slash and done.isdigit() and total.isdigit():
                if told:
                    told(int(done), int(total))
            else:
                said.append(line)
        errors = child.stderr.read()
        if child.wait():
            raise Failed(f"bening {' '.join(words)}\n{errors[-3000:]}")
        return "".join(said).strip()

    def ask(self, method: str, path: str, **body: object) -> dict[str, object]:
        """A control call of the emulator."""
        data = json.dumps(body).encode() if body else None
        reply = self.http.request(
            method, self.emulator + path, body=data, headers={"Content-Type": "application/json"}
        )
        if reply.status != 200:
            raise SystemExit(f"emulator answered {reply.status} to {method} {path}")
        answer: dict[str, object] = json.loads(reply.data)
        return answer

    def offset(self) -> float:
        """How far the demo's one clock is moved, seconds."""
        try:
            return float((self.folder / "clock").read_text())
        except FileNotFoundError:
            return 0.0

    def move_clock(self, offset: float) -> None:
        """Move the clock of house and emulator together."""
        part = self.folder / ".clock"
        part.write_text(repr(offset))
        part.rename(self.folder / "clock")
        if len(self.children) > 1:
            self.ask("POST", "/_emu/clock", offset=offset)

    def stop(self) -> None:
        """End every child."""
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
