"""Reading and writing frozen questionnaires (format: docs/methods/questionnaire.md)."""

import re
from dataclasses import asdict
from typing import Any

from bening.core import canonical
from bening.core.kinds import Choice, Family, Group, Instrument, Measure, Problem, Question, Text
from bening.core.problems import Refused, refuse
from bening.core.questionnaire.expression import parse

ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
CODE = re.compile(r"[a-z0-9_-]{1,24}")
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
KINDS = ("select_one", "text", "note")
UNSCORED = (Measure.PROCESS, Measure.PROFILE)  # these items belong to no dimension of the index


def load(data: bytes) -> Instrument:
    """The questionnaire a JSON file states, or `Refused` with every problem found (QUEST-100 to 107)."""
    instrument = build(parsed(data))
    problems = faults(instrument)
    if problems:
        raise Refused(*problems)
    return instrument


def dump(instrument: Instrument) -> bytes:
    """The one frozen form: canonical JSON whose SHA-256 stands in the manifest."""
    return canonical.dump(asdict(instrument))


def parsed(data: bytes) -> Any:
    """JSON without floats, repeated keys and bottomless nesting (QUEST-100)."""
    try:
        return canonical.read(data)
    except Refused as error:
        raise refuse("QUEST-100", what=str(error.problems[0].words["what"])) from error


def build(raw: Any) -> Instrument:
    """The kinds, from parsed JSON of the right shape; anything else is refused."""
    fields = record(
        raw,
        "questionnaire",
        {"name": str, "version": int, "group": str, "minutes": int, "title": dict, "questions": list},
    )
    return Instrument(
        name=fields["name"],
        version=fields["version"],
        group=fields["group"],
        title=words(fields["title"], "title"),
        minutes=fields["minutes"],
        questions=tuple(question(part, f"questions[{at}]") for at, part in enumerate(fields["questions"])),
    )


def question(raw: Any, where: str) -> Question:
    """One item; what is left out takes the default of the kind."""
    optional = {
        "required": bool,
        "relevant": str,
        "indicator": str,
        "dimension": str,
        "family": str,
        "measure": str,
        "block": str,
        "longest": int,
        "choices": list,
        "hint": dict,
    }
    fields = record(raw, where, {"id": str, "kind": str, "label": dict}, optional)
    fields["label"] = words(fields["label"], f"{where}.label")
    if "hint" in fields:
        fields["hint"] = words(fields["hint"], f"{where}.hint")
    fields["choices"] = tuple(choice(part, f"{where}.choices") for part in fields.get("choices", ()))
    return Question(**fields)


def choice(raw: Any, where: str) -> Choice:
    """One option; `score` is left out or null where the answer says nothing."""
    fields = record(raw, where, {"code": str, "label": dict}, {"score": int})
    return Choice(fields["code"], words(fields["label"], f"{where}.label"), fields.get("score"))


def words(raw: Any, where: str) -> Text:
    """A text in both languages."""
    fields = record(raw, where, {"id": str, "en": str})
    return Text(fields["id"], fields["en"])


def record(
    raw: Any, where: str, needed: dict[str, type], optional: dict[str, type] | None = None
) -> dict[str, Any]:
    """The fields of an object, each of its type, none unknown; a null optional field counts as left out."""
    if not isinstance(raw, dict):
        raise refuse("QUEST-100", what=f"{where} is not an object")
    types = needed | (optional or {})
    fields = {key: value for key, value in raw.items() if value is not None or key in needed}
    for key in [*needed, *fields]:
        # `type is`, because JSON's true must not pass for the number 1
        if key not in types or type(fields.get(key)) is not types[key]:
            raise refuse("QUEST-100", what=f"{where}.{key}")
    return fields


def faults(instrument: Instrument) -> list[Problem]:
    """Everything that must not be frozen."""
    found = [] if NAME.fullmatch(instrument.name) else [Problem("QUEST-102", words={"item": instrument.name})]
    found += unknown("group", instrument.group, tuple(Group), item=instrument.name)
    found += untranslated("title", instrument.title)
    earlier: dict[str, Question] = {}
    for item in instrument.questions:
        if item.id in earlier or not ID.fullmatch(item.id):
            found.append(Problem("QUEST-102", words={"item": item.id}))
        found += meaning(item) + wording(item) + options(item) + condition(item, earlier)
        earlier[item.id] = item
    return found


def meaning(item: Question) -> list[Problem]:
    """Whether it is known what the item stands for."""
    found = unknown("kind", item.kind, KINDS, item=item.id)
    if item.kind == "note":
        return found
    fields = ["indicator", "measure"]
    if item.measure not in UNSCORED:
        fields += ["dimension", "family"]
    found += [
        Problem("QUEST-101", words={"item": item.id, "field": name})
        for name in fields
        if not getattr(item, name)
    ]
    found += unknown("measure", item.measure or Measure.PROFILE, tuple(Measure), item=item.id)
    return found + unknown("family", item.family or Family.RISK, tuple(Family), item=item.id)


def unknown(field: str, word: str, known: tuple[str, ...], *, item: str) -> list[Problem]:
    """A problem if a word is not of its closed list."""
    if word in known:
        return []
    return [
        Problem("QUEST-107", words={"item": item, "field": field, "word": word, "known": ", ".join(known)})
    ]


def untranslated(where: str, text: Text) -> list[Problem]:
    """A problem if one language is empty."""
    return [] if text.id.strip() and text.en.strip() else [Problem("QUEST-105", words={"where": where})]


def wording(item: Question) -> list[Problem]:
    """Texts of the item that lack a language."""
    found = untranslated(item.id, item.label)
    found += untranslated(f"{item.id} hint", item.hint) if item.hint else []
    for part in item.choices:
        found += untranslated(f"{item.id} {part.code}", part.label)
    return found


def options(item: Question) -> list[Problem]:
    """Choices that cannot be offered, or a text without room."""
    codes = [part.code for part in item.choices]
    wrong = [code for code in codes if not CODE.fullmatch(code) or codes.count(code) > 1]
    wrong += [part.code for part in item.choices if part.score is not None and not 0 <= part.score <= 100]
    if (item.kind == "select_one") != (len(codes) > 1) or (codes and item.kind != "select_one"):
        wrong.append(str(len(codes)))
    if (item.kind == "text") != (item.longest > 0):
        wrong.append("longest")
    return [Problem("QUEST-106", words={"item": item.id, "word": word}) for word in dict.fromkeys(wrong)]


def condition(item: Question, earlier: dict[str, Question]) -> list[Problem]:
    """A condition that does not parse, or names what was not asked before."""
    if not item.relevant:
        return []
    try:
        parts = parse(item.relevant)
    except Refused as refused:
        return list(refused.problems)
    choices = {
        name: {part.code for part in asked.choices} for name, asked in earlier.items() if asked.choices
    }
    wrong = [name for name in parts.items if name not in choices]
    wrong += [code for name, code in parts.codes if code not in choices.get(name, {code})]
    return [Problem("QUEST-104", words={"item": item.id, "word": word}) for word in dict.fromkeys(wrong)]
