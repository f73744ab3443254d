"""The respondent's client: static ES modules, styles and page templates. Python only knows where they lie."""

from pathlib import Path

FOLDER = Path(__file__).parent
