"""Cast: the maintainer who renews the pictures of the README."""

import subprocess
import sys

import pytest

from bening.demo import shots

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
NAMES = {
    "release",
    "institution",
    "inspectorate",
    "inbox",
    "phone-welcome",
    "phone-question",
    "phone-receipt",
}


def command(*words):
    return subprocess.run(
        [sys.executable, "-m", "bening.cli", "shots", *words], capture_output=True, text=True
    )


def test_one_command_takes_every_picture_small_enough_to_keep(country, tmp_path):
    for _ in range(2):  # a second time finds another phone that has not answered
        made = command("--dir", str(country.folder), "--port", str(country.port), "--out", str(tmp_path))
        assert made.returncode == 0, made.stdout + made.stderr
    pictures = list(tmp_path.iterdir())
    assert {path.stem for path in pictures} == NAMES
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    assert all(10_000 < path.stat().st_size <= shots.LARGEST for path in pictures)


def test_without_a_finished_demo_it_says_what_to_do(tmp_path):
    refused = command("--dir", str(tmp_path))
    assert refused.returncode == 1
    assert "run `bening demo" in refused.stderr
