"""The trustees' desk: counts exports as `bening tally` does, each into a folder of its own."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bening.core.kinds import Manifest
from bening.crypto import seal, shares
from bening.outside import tally
from tests import strong_room
from tests.security.world import QUESTIONNAIRE, World

TOTALS = (
    "bad_format", "bad_owner", "bad_token", "duplicate", "invalid", "missing", "not_logged", "superseded",
    "unknown_key", "unreadable",
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What a tally gave."""

    digest: str
    totals: Mapping[str, int]
    folder: Path


class Desk:
    """The offline desk: counts exports, each in a folder of its own."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder, self.made = world, folder, 0
        self.manifest = world.folder / "client" / "m"
        self.questions = folder / "q"
        self.questions.mkdir()
        shutil.copy(QUESTIONNAIRE, self.questions / "sample.json")
        self.sheets = shares.split(strong_room.TALLY, threshold=3, count=5)

    def frozen(self) -> Manifest:
        """The manifest as everybody has it."""
        return tally.read_manifest(self.manifest)

    def copy(self, source: Path) -> Path:
        """A copy to be changed."""
        self.made += 1
        return Path(shutil.copytree(source, self.folder / f"copy{self.made}"))

    def count(self, export: Path, *, manifest: Path | None = None, questions: Path | None = None,
              words: list[str] | None = None) -> Counted:  # fmt: skip
        """The tally's digest and totals; `Refused` if it refuses."""
        self.made += 1
        out = self.folder / f"out{self.made}"
        frozen = tally.read_manifest(manifest or self.manifest)
        opener = seal.Opener(tally.recovered(frozen, words or self.sheets[:3]))
        digest = tally.run(export, frozen, opener, questionnaires=questions or self.questions, out=out)
        totals = json.loads((out / "report.json").read_bytes())["totals"]
        return Counted(digest.hex(), {name: totals.get(name, 0) for name in TOTALS}, out)
