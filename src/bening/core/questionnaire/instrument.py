"""Reading and writing frozen questionnaires (format: docs/methods/questionnaire.md)."""

from dataclasses import asdict
from typing import Any

from bening.core import canonical
from bening.core.kinds import Choice, Instrument, Question, Text, Tree
from bening.core.problems import Refused, refuse
from bening.core.questionnaire.expressions import parse, tree
from bening.core.questionnaire.meaning import faults

FORMAT = 2


def load(data: bytes) -> Instrument:
    """The questionnaire a JSON file states, or `Refused` with every problem found (QUEST-100 to 118)."""
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
        {"format": int},
    )
    if fields.get("format", FORMAT) != FORMAT:
        raise refuse("QUEST-100", what="format")
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
        "relevant": object,
        "constraint": object,
        "calculation": object,
        "message": dict,
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
    for name in ("label", "hint", "message"):
        if name in fields:
            fields[name] = words(fields[name], f"{where}.{name}")
    for name in ("relevant", "constraint", "calculation"):
        fields[name] = expression(fields.get(name), f"{where}.{name}")
    fields["choices"] = tuple(choice(part, f"{where}.choices") for part in fields.get("choices", ()))
    return Question(**fields)


def choice(raw: Any, where: str) -> Choice:
    """One option; `score` is left out or null where the answer says nothing."""
    fields = record(raw, where, {"code": str, "label": dict}, {"score": int, "relevant": object})
    label = words(fields["label"], f"{where}.label")
    return Choice(fields["code"], label, fields.get("score"), expression(fields.get("relevant"), where))


def expression(raw: Any, where: str) -> Tree | None:
    """The tree of an expression. A text is its source, as people write it and the first format kept it."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return parse(raw)
    try:
        return tree(raw)
    except ValueError as error:
        raise refuse("QUEST-100", what=where) from error


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
        if key not in types or types[key] not in (object, type(fields.get(key))):
            raise refuse("QUEST-100", what=f"{where}.{key}")
    return fields
