"""The house keeps its shape: what import contracts cannot see."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db.models import DateField, DateTimeField, TimeField
from django.urls import URLPattern, get_resolver

from bening.core import kinds, problems
from bening.web.config import worker
from bening.web.config.rooms import COUNTERS, ORDER
from bening.web.config.settings import house

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "bening"
WALLED = {"frame", "outreach", "sample", "fieldwork", "gate"}
LOCKED = {"frame", "sample", "fieldwork"}
OPEN = ORDER[ORDER.index("response") :]
CLASSES = {
    "public": {*ORDER, *COUNTERS},
    "internal": {*ORDER, *COUNTERS},
    "personal": {"registry", "frame", "outreach", "fieldwork"},
    "participation": {"sample", "fieldwork", "gate"},
}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
URLCONFS = (
    "bening.web.config.urls",
    "bening.web.config.urls_cek",
    "bening.web.fieldwork.gate.urls",
    "bening.web.response.box.urls",
)


def tables(rooms):
    return [model for room in rooms for model in apps.get_app_config(room).get_models()]


def room_of(model):
    return model._meta.app_label


def fields(model):
    return [*model._meta.fields, *model._meta.many_to_many]


def keys(model):
    """What this table points at: foreign keys, one-to-one, many-to-many."""
    return [field for field in fields(model) if field.is_relation]


def reach(model, seen):
    """Every table that can be walked to from this one."""
    for field in keys(model):
        if field.related_model not in seen:
            seen.add(field.related_model)
            reach(field.related_model, seen)
    return seen


def test_foreign_keys_point_back_in_time():
    """Django's accounts count as the ground under registry; a generic key is refused."""
    age = {"auth": -1} | {room: place for place, room in enumerate(ORDER)}
    late = [
        f"{model.__name__}.{field.name}"
        for model in tables(ORDER)
        for field in keys(model)
        if age.get(room_of(field.related_model), len(age)) > age[room_of(model)]
    ]
    assert late == []


def test_locked_rooms_have_no_back_door():
    """A reverse accessor would let a walk into a locked room without an import."""
    doors = [
        f"{model.__name__}.{field.name}"
        for model in tables(LOCKED)
        for field in keys(model)
        if room_of(field.related_model) != room_of(model) and not field.remote_field.hidden
    ]
    assert doors == []


def test_nobody_walks_from_an_answer_to_a_person():
    walks = [
        (model.__name__, target.__name__)
        for model in tables(OPEN)
        for target in reach(model, set())
        if room_of(target) in WALLED
    ]
    assert walks == []


def test_gate_and_box_hold_no_key_and_no_clock():
    for model in tables(COUNTERS):
        assert keys(model) == []
        assert [f.name for f in fields(model) if isinstance(f, DateField | DateTimeField | TimeField)] == []


def test_every_field_has_exactly_one_privacy_class():
    wrong = {}
    for model in tables([*ORDER, *COUNTERS]):
        named = [name for c in CLASSES for name in getattr(model.Privacy, c, ())]
        if sorted(named) != sorted(field.name for field in fields(model)):
            wrong[model.__name__] = set(named) ^ {field.name for field in fields(model)}
    assert wrong == {}


def test_a_privacy_class_stays_in_its_rooms():
    strays = [
        (model.__name__, c)
        for model in tables([*ORDER, *COUNTERS])
        for c, rooms in CLASSES.items()
        if getattr(model.Privacy, c, ()) and room_of(model) not in rooms
    ]
    assert strays == []


def routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback
        else:
            yield from routes(entry, prefix + str(entry.pattern))


@pytest.mark.parametrize("urlconf", URLCONFS[:2])
def test_every_staff_route_names_its_roles(urlconf):
    bare = [path for path, view in routes(get_resolver(urlconf)) if not getattr(view, "roles", None)]
    assert bare == []


def test_the_counters_have_exactly_these_routes():
    """The gate takes three calls and the box two; a sixth would be a door nobody has checked."""
    assert {f"/{path}" for path, _ in routes(get_resolver(URLCONFS[2]))} == {
        "/g/hello",
        "/g/issue",
        "/g/used",
    }
    assert {f"/{path}" for path, _ in routes(get_resolver(URLCONFS[3]))} == {"/b/ballot", "/b/proof"}


def ours():
    """The house's own management commands."""
    return {name for name, app in get_commands().items() if app.startswith("bening.")}


def own_settings():
    """The settings that `house.py` itself gives a value or defines; what it imports is not a setting."""
    tree = ast.parse(Path(house.__file__).read_text())
    assigned = [target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return [
        name
        for name in [*assigned, *(node.name for node in tree.body if isinstance(node, ast.FunctionDef))]
        if name.isupper()
    ]


def test_every_setting_and_command_is_documented():
    pages = "".join(page.read_text() for page in (ROOT / "docs").rglob("*.md"))
    names = own_settings() + sorted(ours())
    assert [name for name in names if f"`{name}`" not in pages] == []


def test_every_command_is_declared_with_its_settings():
    assert set(worker.COMMANDS) == ours()
    assert set(worker.TURN) <= ours()


def test_the_contract_and_the_room_list_agree():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "time")
    named = {room for layer in layers for room in layer.split(" | ")}
    assert named - {"ui", "desk", "config"} == set(ORDER)


def modules(folder):
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def is_step(path):
    return path.stem == "steps" or "steps" in path.parts


def test_rows_are_written_in_steps_alone():
    """Looks for the ORM's writing verbs called on a manager, a query set or a row."""
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in modules(SOURCE / "web")
        if not is_step(path) and "config" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if writes(node)
    ]
    assert found == []


def writes(node):
    """Whether this is the call of a verb that writes; `update` and `delete` are other things' words too."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    verb = node.func.attr
    return verb in ("save", "bulk_create", "bulk_update") or (
        verb in WRITES and "objects" in ast.unparse(node.func)
    )


def test_every_kind_is_in_the_glossary_and_every_word_there_is_a_kind():
    table = (ROOT / "GLOSSARY.md").read_text().split("## Kinds")[1].split("\n## ")[0]
    words = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    named = {name for name, thing in vars(kinds).items() if isinstance(thing, type)}
    assert words == named


def test_every_problem_code_is_documented_and_raised_by_some_test():
    pages = "".join(page.read_text() for page in (ROOT / "docs").rglob("*.md"))
    tests = "".join(page.read_text() for page in (ROOT / "tests").rglob("*.py") if page != Path(__file__))
    assert [code for code in problems.CATALOGUE if f"`{code}`" not in pages] == []
    assert [code for code in problems.CATALOGUE if code not in tests] == []


def test_javascript_imports_stay_inside_the_phone():
    """No third-party origin and no path out of the folder in any file that a respondent's phone loads."""
    for path in (SOURCE / "phone").glob("*.js"):
        text = path.read_text()
        assert all(name.startswith("./") for name in re.findall(r'(?:from|import\()\s*"([^"]+)"', text)), path
    for path in (SOURCE / "phone").iterdir():
        if path.suffix in (".js", ".css", ".html"):
            assert re.findall(r"https?://(?!localhost)[a-z]", path.read_text()) == [], path


def test_webcrypto_is_called_from_the_named_modules_only():
    named = {
        "merkle.js",
        "owner.js",
        "store.js",
        "ballot.js",
        "wire.js",
        "entry.js",
        "blind.js",
        "seal.js",
        "notes.js",
    }
    users = {path.name for path in (SOURCE / "phone").glob("*.js") if "crypto.subtle" in path.read_text()}
    assert users <= named


PIN = re.compile(r"[A-Za-z0-9][\w.\-]*(?:\[[\w,\-]+\])?==[\w.!+]+(?:\s*;[^\\]+)?")


def pinned(text):
    """Each requirement of a lock file with the number of its hashes; comments apart; an option is no pin."""
    joined = re.sub(r"#.*", "", text).replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines() if line.strip()]
    return {line.split(" --hash")[0].strip(): line.count("--hash=sha256:") for line in lines}


def test_requirements_hold_hashes_and_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        address = r"\w+://|\bfile:\S|--(?:extra-)?index-url|--find-links|--trusted-host|^\s*[./~]| @ "
        assert re.findall(address, text, re.MULTILINE) == [], path
        pins = pinned(text)
        assert pins
        assert {pin: hashes for pin, hashes in pins.items() if not PIN.fullmatch(pin) or not hashes} == {}, (
            path
        )


def test_every_dependency_says_what_it_is_for():
    for path in (ROOT / "requirements").glob("*.in"):
        lines = [line for line in path.read_text().splitlines() if line and line[0] not in "#-"]
        assert [line for line in lines if "#" not in line] == []
