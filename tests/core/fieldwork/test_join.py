"""Modules are joined without a change to what they do; what cannot be joined plainly is refused."""

import re

import pytest

from bening import phone
from bening.core.fieldwork import join
from bening.core.fieldwork.bundle import JOINED
from bening.core.problems import Refused

SOURCES = {
    "main.js": (
        'import { fact } from "./fact.js";\n'
        'import { b, c } from "./both.js";\n\n'
        "export const start = async () => {\n"
        '  const { end } = await import("./end.js");\n'
        "  return end(b, c, fact);\n};\n"
    ),
    "both.js": 'import {\n  low,\n} from "./low.js";\n\nexport const b = low;\nexport function c() {}\n',
    "low.js": "// Low.\nexport const low = 1;\nconst own = 2;\n",
    "end.js": 'import { low } from "./low.js";\n\nexport async function end() {\n  return low;\n}\n'
    "export const spare = 1;\n",
}
GROUPS = {"first.js": ("main.js",), "later.js": ("end.js",)}


def test_each_module_stands_once_behind_what_it_needs_and_says_whose_it_is():
    joined = join(SOURCES, GROUPS)
    assert re.findall(r"^// (\w+\.js)$", joined["first.js"], re.MULTILINE) == ["low.js", "both.js", "main.js"]
    assert re.findall(r"^// (\w+\.js)$", joined["later.js"], re.MULTILINE) == ["end.js"]


def test_comment_lines_stay_in_the_sources():
    silent = {"main.js": "// Why.\n\nexport const low = 1; // one\n  // Here.\n  /* odd */\n"}
    assert join(silent, {"first.js": ("main.js",)})["first.js"].splitlines()[1:] == [
        "// main.js",
        "const low = 1; // one",
        "  /* odd */",
    ]


def test_a_text_over_several_lines_is_refused_because_it_may_look_like_a_comment():
    with pytest.raises(Refused, match="FIELD-130"):
        join({"main.js": "const low = `\n// text\n`;\n"}, {"first.js": ("main.js",)})


def spoken(text):
    """A module's lines without comment lines, empty ones and imports."""
    lines = re.sub(r"^import \{[^}]*\}.*\n", "", text, flags=re.MULTILINE).splitlines()
    return [line for line in lines if line.strip() and not line.strip().startswith("//")]


def test_only_answered_imports_and_needless_exports_drop_out():
    joined = join(SOURCES, GROUPS)
    assert joined["first.js"].startswith('import { fact } from "./fact.js";\n')  # a file of its own stays one
    assert joined["later.js"].startswith('import { low } from "./first.js";\n')
    assert re.findall(r"^export .*", joined["first.js"], re.MULTILINE) == ["export const low = 1;"]
    assert "export async function end()" in joined["later.js"]
    assert 'import("./later.js")' in joined["first.js"]
    kept = [line.removeprefix("export ") for text in joined.values() for line in text.splitlines()]
    for text in SOURCES.values():
        for line in spoken(text):
            assert line.removeprefix("export ").replace("./end.js", "./later.js") in kept


def test_the_same_sources_give_the_same_bytes_in_any_order():
    assert join(dict(reversed(SOURCES.items())), GROUPS) == join(SOURCES, GROUPS)


@pytest.mark.parametrize(
    "line",
    [
        'import { low as other } from "./low.js";',
        'import * as low from "./low.js";',
        'import low from "./low.js";',
        'import "./low.js";',
        "export default 1;",
        "export { low };",
        'export * from "./low.js";',
    ],
)
def test_what_is_more_than_a_plain_name_is_refused(line):
    with pytest.raises(Refused, match="FIELD-130"):
        join({**SOURCES, "both.js": f"{line}\n{SOURCES['both.js']}"}, GROUPS)


@pytest.mark.parametrize(
    "line", ["const b = 3;", "let b;", "function b() {}", "class b {}", "const { a, b } = {};"]
)
def test_a_name_of_two_modules_is_refused(line):
    with pytest.raises(Refused, match="FIELD-131"):
        join({**SOURCES, "low.js": f"{SOURCES['low.js']}{line}\n"}, GROUPS)


def test_a_name_that_comes_from_another_file_is_taken_too():
    with pytest.raises(Refused, match="FIELD-131"):
        join(
            {**SOURCES, "end.js": f"{SOURCES['end.js']}const low = 3;\n"}, {**GROUPS, "later.js": ("end.js",)}
        )


@pytest.mark.parametrize("page", JOINED)
def test_every_line_of_the_phone_is_in_its_joined_files(page):
    """Whoever reads the sources has read what runs."""
    sources = {path.name: path.read_text() for path in phone.FOLDER.glob("*.js")}
    joined = join(sources, JOINED[page])
    served = {line.removeprefix("export ") for text in joined.values() for line in text.splitlines()}
    modules = re.findall(r"^// ([\w-]+\.js)$", "\n".join(joined.values()), re.MULTILINE)
    written = {
        re.sub(r'import\("[^"]*"\)', "", line.removeprefix("export "))
        for name in modules
        for line in spoken(sources[name])
    }
    served = {re.sub(r'import\("[^"]*"\)', "", line) for line in served}
    own = {line for line in served if re.match(r"// [\w-]+\.js$|import \{.*\} from |$", line)}
    assert served - own == written - own
