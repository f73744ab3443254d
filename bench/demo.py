"""How long the whole round of the demo takes at scale `lampung`."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARS = {
    "demo_s": "at most 300",
    "demo_invited": "at least 8,000",
    "demo_answers": "at least 3,000",
    "demo_browser_answers": "at least 1",
}


def measure() -> dict[str, float | int | str]:
    """The whole round at full scale."""
    figures = run("lampung")
    return {
        "demo_s": figures["seconds"],
        "demo_invited": figures["invited"],
        "demo_answers": figures["answers"],
        "demo_browser_answers": figures["browser"],
    }


def run(scale: str) -> dict[str, float]:
    """Run it once in a folder of its own; the figures it kept, and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "demo"
        started = time.monotonic()
        command = [sys.executable, "-m", "bening.cli", "demo", "--exit", "--scale", scale]
        command += ["--dir", str(place), "--port", "18800"]
        subprocess.run(command, check=True)
        seconds = time.monotonic() - started
        figures: dict[str, float] = json.loads((place / "demo.json").read_text())["figures"]
    return {**figures, "seconds": seconds}
