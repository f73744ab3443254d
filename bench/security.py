"""The attacks of tests/security as they stand, counted; their full size comes with the sealed ballots."""

import re
import subprocess
import sys

BARS = {"security_tests_failed": "0"}


def measure() -> dict[str, float | int | str]:
    """Run them; how many held."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/security"]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    print(said[-2000:])
    found = {word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|error)", said)}
    return {
        "security_tests_passed": found.get("passed", 0),
        "security_tests_failed": found.get("failed", 0) + found.get("error", 0),
    }
