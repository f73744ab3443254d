"""The phone's engine without a browser, and random questionnaires that know every operation."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import quickjs

from bening import phone

EXPORT = re.compile(r"^export ((?:const|function|class) (\w+))", re.MULTILINE)
IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE)
# What has no JSON becomes something that has: a map an object, a number the text of it.
TWIN = """
const walked = (instrument, answers, texts, tidy) => {
  const way = walk(instrument, answers, texts, tidy);
  return { ...way, values: Object.fromEntries(way.values) };
};
const worth = (tree, values) => {
  const value = evaluate(tree, new Map(Object.entries(values)));
  return [typeof value, evaluate(["string", tree], new Map(Object.entries(values))), Object.is(value, -0)];
};
const many = (name, cases) => cases.map((parts) => globalThis[name](...parts));
Object.assign(globalThis, { walked, worth, many });
"""


def script(source: str) -> str:
    """A module as a script whose exports become global: this engine loads no modules."""
    names = ", ".join(name for _, name in EXPORT.findall(source))
    return "{" + EXPORT.sub(r"\1", IMPORT.sub("", source)) + "\nObject.assign(globalThis, {" + names + "}); }"


@pytest.fixture(scope="session")
def javascript() -> Callable[..., Any]:
    """`javascript("walked", instrument, answers, texts)` runs the phone's function on JSON values."""
    context = quickjs.Context()
    for name in ("wire.js", "codes.js", "questionnaire.js"):
        context.eval(script((phone.FOLDER / name).read_text()))
    context.eval(TWIN)

    def run(function: str, *arguments: object) -> Any:
        # through JSON.parse, because an object literal gives "__proto__" a meaning of its own
        given = ", ".join(f"JSON.parse({json.dumps(json.dumps(argument))})" for argument in arguments)
        return json.loads(context.eval(f"JSON.stringify({function}({given}) ?? null)"))

    return run
