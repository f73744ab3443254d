"""The types of questions: those the phone draws, and why it does not draw the others."""

from bening.core.kinds import Place, Problem
from bening.core.questionnaire.form.sheets import unsupported

SELECTS = ("select_one", "select_multiple")
PLAIN = ("integer", "text", "note", "calculate")
OPEN, CLOSE = "begin_group", "end_group"
NUMBERS = ("decimal", "range", "rank")
DATES = ("date", "time", "datetime", "dateTime")
METADATA = (
    "start", "end", "today", "deviceid", "phonenumber", "username", "email", "subscriberid", "simserial",
    "audit", "start-geopoint", "background-audio", "background-geopoint",
)  # fmt: skip
CHOICE = ("Pakai select_one atau integer.", "Use select_one or integer.")


def read_type(text: str) -> tuple[str, str]:
    """The type and its list: `select_one yesno`; both spellings of groups."""
    words = text.split()
    if words[:2] in (["begin", "group"], ["end", "group"]):
        words = ["_".join(words[:2]), *words[2:]]
    return (words[0], " ".join(words[1:])) if words else ("", "")


def type_problem(kind: str, listed: str, place: Place) -> Problem | None:
    """Why a type cannot be used, with what to do instead; None if it can."""
    if kind in SELECTS and listed and " " not in listed:
        return None
    if kind in (*PLAIN, OPEN, CLOSE) and not listed:
        return None
    what = f"{kind} {listed}".strip() or "type"
    return unsupported(place, what, *remedy(kind))


def remedy(kind: str) -> tuple[str, str]:
    """What to use instead of a type."""
    if kind in SELECTS:
        return (
            "Tulis select_one NAMA_DAFTAR saja, tanpa or_other.",
            "Write select_one LIST and no or_other.",
        )
    if kind in METADATA:
        return (
            "Hapus baris itu: data tentang HP dapat mengungkap orang.",
            "Delete the row: facts about a phone can reveal a person.",
        )
    if kind in NUMBERS:
        return CHOICE
    if kind in DATES:
        return (
            "Tanyakan masa dengan pilihan: tanggal dapat mengungkap orang.",
            "Ask for a period with choices: a date can reveal a person.",
        )
    if "repeat" in kind:
        return ("Tulis pertanyaan satu per satu.", "Write the questions one by one.")
    return (
        "Pakai select_one, select_multiple, integer, text, note, calculate, atau begin_group.",
        "Use select_one, select_multiple, integer, text, note, calculate or begin_group.",
    )
