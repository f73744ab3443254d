"""`bening manual`: write the pages of the manual that are made from code."""

from pathlib import Path

from bening.core.problems import CATALOGUE, Entry

PAGE = Path("docs/problems.md")
HEAD = """# Problems

Made by `make manual` from `bening.core.problems`. Every problem says where it is, what is wrong and how to
mend it, in English and in Indonesian; words in braces are filled in.

| code | name | stops | what is wrong | what to do |
|---|---|---|---|---|
"""


def main(words: list[str]) -> int:
    """Write the page of problems."""
    rows = [row(entry) for entry in sorted(CATALOGUE.values(), key=lambda entry: entry.code)]
    PAGE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(PAGE)  # noqa: T201  a program
    return 0


def row(entry: Entry) -> str:
    """One line of the table."""
    wrong, mend = (f"{text.en}<br>*{text.id}*".replace("|", "\\|") for text in (entry.sentence, entry.remedy))
    return f"| `{entry.code}` | {entry.name} | {entry.severity} | {wrong} | {mend} |"
