"""`bening demo`: a whole integrity survey in a simulated province, on this machine alone."""

import argparse
import json
import shutil
import signal
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from bening.demo import phones
from bening.demo.house import Failed, House
from bening.demo.stages import MORNING, REVISIT, STAFF, STAGES, Demo

SEED = 2026
STATE = "demo.json"


def main(words: list[str]) -> int:
    """Run the stages that are not done yet, print what came of them, then serve."""
    options = read(words)
    signal.signal(signal.SIGTERM, interrupted)
    folder = options.dir.absolute()
    state = opened(folder, options.scale)
    house = House(folder, options.port)
    demo = Demo(house, options.scale, SEED, progress, figures=state["figures"])
    print(f"Bening demo · {options.scale} · {folder}", flush=True)
    try:
        begin(house)
        conduct(demo, state)
        print(closing_words(demo, state), flush=True)
        if not options.exit:
            serve(demo)
    except KeyboardInterrupt:
        print()
    except Failed as failure:
        print(f"\n{failure}\nlogs are in {house.logs}; the same command goes on from here", file=sys.stderr)
        return 1
    finally:
        house.stop()
    return 0


def read(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bening demo", description=__doc__)
    parser.add_argument("--exit", action="store_true", help="end instead of serving")
    parser.add_argument("--dir", type=Path, default=Path("demo"), help="where data and the release go")
    parser.add_argument("--scale", choices=("small", "lampung"), default="lampung")
    parser.add_argument("--port", type=int, default=8000, help="first of seven ports on localhost")
    return parser.parse_args(words)


def interrupted(number: int, frame: FrameType | None) -> None:
    """A polite end from outside is an end like Ctrl-C."""
    raise KeyboardInterrupt


def opened(folder: Path, scale: str) -> dict[str, Any]:
    """The state of an unfinished demo to go on with, or a fresh one in an emptied folder."""
    path = folder / STATE
    if path.exists():
        state: dict[str, Any] = json.loads(path.read_text())
        if state["scale"] == scale and not state["complete"]:
            return state
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} holds something that is not a demo; choose another --dir or empty it")
    folder.mkdir(parents=True, exist_ok=True)
    state = {"scale": scale, "complete": False, "stages": {}, "figures": {}}
    keep(folder, state)
    return state


def keep(folder: Path, state: Mapping[str, object]) -> None:
    """Write the state in one step."""
    part = folder / f".{STATE}"
    part.write_text(json.dumps(state, indent=1))
    part.rename(folder / STATE)


def begin(house: House) -> None:
    """Set the clock of a fresh demo to the first day of fieldwork and start every process."""
    if not (house.folder / "clock").exists():
        house.move_clock((MORNING - datetime.now(UTC)).total_seconds())
    started = time.monotonic()
    house.start()
    print(f"{'processes':14} {time.monotonic() - started:5.1f} s  up", flush=True)


def conduct(demo: Demo, state: dict[str, Any]) -> None:
    """Every stage that is not marked done; a mark is written after the stage, never before."""
    done = state["stages"]
    for name, stage in STAGES:
        if name in done:
            continue
        started = time.monotonic()
        said = stage(demo)
        done[name] = {"seconds": round(time.monotonic() - started, 1), "said": said}
        state["figures"] = demo.figures
        keep(demo.folder, state)
        print(f"\r{name:14} {time.monotonic() - started:5.1f} s  {said}", flush=True)
    state["complete"] = True
    keep(demo.folder, state)


def progress(done: int, total: int) -> None:
    """A bar with a count, on terminals only."""
    if sys.stdout.isatty():
        width = 30 * done // max(total, 1)
        print(f"\r{'█' * width}{'░' * (30 - width)} {done}/{total} ", end="", flush=True)


def closing_words(demo: Demo, state: Mapping[str, Any]) -> str:
    """The table of stages and where to look."""
    stages = state["stages"]
    lines = ["", f"{'stage':14} {'seconds':>7}  what came of it"]
    lines += [f"{name:14} {row['seconds']:>7}  {row['said']}" for name, row in stages.items()]
    lines += ["", *(f"{name:14} {figure}" for name, figure in demo.figures.items())]
    return "\n".join([*lines, "", f"release folder {demo.folder / 'release'}"])


def serve(demo: Demo) -> None:
    """Leave everything running until Ctrl-C, with the clock set back into the field period for a try."""
    house = demo.house
    house.move_clock((REVISIT - datetime.now(UTC)).total_seconds())
    number = unanswered(demo)
    roles = ", ".join(f"{name} ({role})" for _, name, role, *_ in STAFF)
    print(
        f"""
Release        {house.origins["release"]}/
Staff desk     {house.origins["hall"]}/   one click signs in as {roles}
Inbox          {house.emulator}/phones/{number}   a phone that has not answered: tap the link in its message
Check page     {house.origins["check"]}/cek

The round is closed and counted. For a try the demo's clock stands on {REVISIT:%d %B %Y}, inside the
field period; what you answer now is taken by gate and box but stands in no result. Ctrl-C ends everything.
""",
        flush=True,
    )
    signal.pause()


def unanswered(demo: Demo) -> str:
    """A number whose owner did not want to answer, so that its link is still fresh."""
    known = dict(phones.by_number(demo.people, [{}] * len(demo.people)))
    simulated = phones.Phones(phones.Round({}, "", "", ""), known, demo.seed)
    return next(n for n in sorted(phones.links(demo.house.emulator)) if not simulated.willing(n))
