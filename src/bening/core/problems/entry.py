"""The shape of a catalogue entry."""

from dataclasses import dataclass

from bening.core.kinds import Severity, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its sentence and remedy; `{words}` in braces are filled from the problem."""

    code: str
    name: str
    severity: Severity
    sentence: Text
    remedy: Text
