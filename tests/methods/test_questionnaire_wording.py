"""How the questionnaires read: plain words, short sentences, one question at a time, few minutes.

The measures and their limits are explained in docs/methods/questionnaire-items.md.
"""

import re
from pathlib import Path

import pytest

from tests.methods.sheets import GROUPS, Entry, choices, entries, items, lines, routes

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
AVERAGE, LONGEST, LONG_WORDS = 15, 25, 0.04
# Words an office writes and nobody says; the manual gives the plain one for each.
STIFF = [
    "adapun",
    "akuntabel",
    "apabila",
    "berdasarkan",
    "berkenaan",
    "bilamana",
    "dalam rangka",
    "demikian",
    "dikarenakan",
    "diperkenankan",
    "dimaksud",
    "gratifikasi",
    "guna",
    "implementasi",
    "integritas",
    "kredibel",
    "mekanisme",
    "melaksanakan",
    "melakukan",
    "merupakan",
    "oknum",
    "pelaksanaan",
    "pemangku kepentingan",
    "pengondisian",
    "penyelenggaraan",
    "perihal",
    "pungutan liar",
    "sehubungan",
    "senantiasa",
    "signifikan",
    "telah",
    "terkait",
    "tersebut",
    "yang bersangkutan",
]
# A stem with "and" or "or" asks two things at once, unless it is allowed here with a reason.
DOUBLE: dict[str, str] = {}
JOINED = {"id": re.compile(r"\b(dan|atau|serta|maupun)\b|/"), "en": re.compile(r"\b(and|or|as well as)\b|/")}
WORDS_A_MINUTE = 150
SECONDS = {"note": 0, "select_one": 4, "select_multiple": 8, "integer": 10}
SEEN_BEFORE = 1 / 4  # of the words of a list of options that is read again
MINUTES = {"internal": 10, "external": 10, "expert": 10}

each_group = pytest.mark.parametrize("group", GROUPS)


def texts(group: str) -> list[str]:
    """Every Indonesian text a person reads, options apart."""
    return [entry.text(column, "id") for entry in entries(group) for column in ("label", "hint")]


def sentences(group: str) -> list[list[str]]:
    """The words of each sentence."""
    return [WORD.findall(part) for text in texts(group) for part in re.split(r"[.?!]", text) if part.strip()]


def syllables(word: str) -> int:
    """Vowels of a word; "ai", "au" and "oi" at its end count once."""
    return len(re.findall(r"[aeiou]", re.sub(r"(ai|au|oi)$", "a", word.lower())))


def option_words(group: str, entry: Entry) -> tuple[str, ...]:
    """The labels of an item's options."""
    return tuple(line["label::Bahasa Indonesia (id)"] for line in choices(group, entry.list_name))


def minutes(
    group: str, shown: tuple[Entry, ...], *, pace: float = WORDS_A_MINUTE, slowness: float = 1
) -> float:
    """How long a way through takes by the model of the manual."""
    headings = " ".join({entry.screen_cells["label::Bahasa Indonesia (id)"] for entry in shown})
    read, answering, seen = len(WORD.findall(headings)), 0.0, set()
    for entry in shown:
        options = option_words(group, entry)
        size = len(WORD.findall(" ".join(options)))
        read += len(WORD.findall(entry.text("label", "id") + " " + entry.text("hint", "id")))
        read += size * (SEEN_BEFORE if options in seen else 1)
        answering += SECONDS[entry.kind] * slowness
        seen.add(options)
    return read / pace + answering / 60


@each_group
def test_sentences_are_short(group):
    lengths = [len(words) for words in sentences(group)]
    assert sum(lengths) / len(lengths) <= AVERAGE
    assert max(lengths) <= LONGEST


@each_group
def test_words_are_short(group):
    words = [word for sentence in sentences(group) for word in sentence]
    assert sum(syllables(word) >= 5 for word in words) <= LONG_WORDS * len(words)


def test_syllables_are_counted_as_they_are_spoken():
    assert [syllables(word) for word in ("uang", "pegawai", "didahulukan", "atau", "12")] == [2, 3, 5, 2, 0]


@each_group
def test_no_word_of_offices(group):
    spoken = " ".join(
        [*texts(group), *(line["label::Bahasa Indonesia (id)"] for line in lines(group, "choices"))]
    )
    assert [word for word in STIFF if re.search(rf"\b{word}\b", spoken, re.IGNORECASE)] == []


def test_every_stiff_word_has_a_plain_one_in_the_manual():
    page = (ROOT / "docs/methods/questionnaire-items.md").read_text(encoding="utf-8")
    assert [word for word in STIFF if f"| {word} |" not in page] == []


@each_group
@pytest.mark.parametrize("language", JOINED)
def test_a_stem_asks_one_thing(group, language):
    double = {item.name for item in items(group) if JOINED[language].search(item.text("label", language))}
    assert double <= DOUBLE.keys()


@each_group
def test_people_are_spoken_to_plainly(group):
    for text in texts(group):
        assert not re.search(r"\b(anda|Saudara|Bapak|Ibu|responden)\b", text)  # "Anda", always so written


@each_group
def test_it_takes_ten_minutes_at_most_and_fifteen_for_a_slow_reader(group):
    ways = [shown for _, shown in routes(group)]
    assert max(minutes(group, shown) for shown in ways) <= MINUTES[group]  # so the median is below it too
    assert max(minutes(group, shown, pace=100, slowness=2) for shown in ways) <= 15
