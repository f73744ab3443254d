"""Random questionnaires and answers for the twins; a case is its number, so any can be made again."""

from random import Random

from bening.core.kinds import Choice, Instrument, Question, Text

CODES = ("yes", "no", "1", "2", "10", "na")
NUMBERS = (0, 1, 2, -1, 10, 3000, 2**53 - 1, ("number", "1.5"), ("number", ".1"), ("number", "0.0000001"))
TEXTS = (*CODES, "", "1 2", " 1", "-2.50", "yes 1", "é\U0001f600", ".", "1e3", "+1", "NaN")
KINDS = ("select_one", "select_one", "select_multiple", "integer", "text", "note", "calculate")
WORDS = Text("kata", "word")
WRITTEN = ("", "a", 'say "so"', "éé", "\U0001f600\U0001f600", "\n\t\x01", "12345678", "123456789", "10")
PAIRS = ("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "coalesce", "selected", "or", "and")
ONES = ("not", "count-selected", "string-length", "number", "string", "int", "round")


def tree(rng: Random, names: list[str], depth: int = 3):
    """A tree over these items with every operation of the language, types as they come."""
    pick = rng.random()
    if depth == 0 or pick < 0.2:
        leaf = rng.random()
        if leaf < 0.5 and names:
            return ("$", rng.choice(names))
        return (
            rng.choice(TEXTS) if leaf < 0.75 else rng.choice(NUMBERS) if leaf < 0.95 else rng.random() < 0.5
        )
    if pick < 0.75:
        return (rng.choice(PAIRS), tree(rng, names, depth - 1), tree(rng, names, depth - 1))
    if pick < 0.9:
        return (rng.choice(ONES), tree(rng, names, depth - 1))
    if pick < 0.96:
        return ("if", *(tree(rng, names, depth - 1) for _ in range(3)))
    return (rng.choice(("or", "and")), *(tree(rng, names, depth - 1) for _ in range(3)))


def question(rng: Random, name: str, asked: list[str]) -> Question:
    """A question of any kind whose expressions name what was asked before, and itself in its constraint."""
    kind = rng.choice(KINDS)
    selects = kind.startswith("select")
    codes = rng.sample(CODES, rng.randint(2, 5)) if selects else []
    maybe = lambda share, names: tree(rng, names) if rng.random() < share else None  # noqa: E731
    return Question(
        id=name,
        kind=kind,
        label=WORDS,
        choices=tuple(Choice(code, WORDS, relevant=maybe(0.2, asked)) for code in codes),
        required=rng.random() < 0.5,
        relevant=maybe(0.5, asked),
        constraint=maybe(0.4, [*asked, "."]) if kind not in ("note", "calculate") else None,
        calculation=tree(rng, asked) if kind == "calculate" else None,
        longest=8 if kind == "text" else 0,
    )


def form(rng: Random) -> Instrument:
    """Up to eight questions."""
    questions: list[Question] = []
    for at in range(rng.randint(1, 8)):
        asked = [each.id for each in questions if each.kind not in ("note", "text")]
        questions.append(question(rng, f"q{at}", asked))
    return Instrument("random", 1, "internal", WORDS, 1, tuple(questions))


def answers(rng: Random, instrument: Instrument) -> dict[str, str]:
    """Answers of a person, of somebody careless and of somebody hostile, mixed."""
    given = {}
    for each in instrument.questions:
        if rng.random() < 0.75:
            given[each.id] = answer(rng, each)
    if rng.random() < 0.2:
        given[rng.choice(("constructor", "__proto__", "q9", "\ue000", "\U0001f600"))] = rng.choice(CODES)
    return given


def answer(rng: Random, question: Question) -> str:
    """An answer to a question, mostly one it offers."""
    if rng.random() < 0.1:
        return rng.choice(TEXTS)
    if question.kind == "integer":
        return rng.choice(("0", "1", "2", "10", "9999", "01", "-1", "10000", "1.0", "٣", "1\n"))
    codes = [choice.code for choice in question.choices]
    if question.kind == "select_multiple":
        chosen = [code for code in codes if rng.random() < 0.4]
        if rng.random() < 0.2:
            rng.shuffle(chosen)
        return " ".join(chosen)
    return rng.choice(codes or list(CODES))


def texts(rng: Random, instrument: Instrument) -> list[tuple[str, str]]:
    """Written answers, now and then one too many."""
    names = [each.id for each in instrument.questions if each.kind == "text" or rng.random() < 0.1]
    return [(name, rng.choice(WRITTEN)) for name in names for _ in range(1 + (rng.random() < 0.1))]
