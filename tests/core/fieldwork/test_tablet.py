"""The tablet's files: a bundle of its own, named whole by its page and its worker."""

import json

from bening.core.fieldwork import integrity, tablet

PHONE = {
    "calls.js": b"export const call = 1;\n",
    "main.js": b"export const phone = 1;\n",
    "phone.css": b"p {}",
    "round.js": b"export const manifest = {};\n",
}
OWN = {
    "tablet.html": b'<html data-bundle="{bundle}"><script src="./tablet.js"></script>\n{modules}\n</html>',
    "tablet.js": b'import { call } from "./calls.js";\nimport { manifest } from "./round.js";\ncall();\n',
    "tablet.css": b"ul {}",
    "tablet.svg": b"<svg/>",
    "tablet.webmanifest": b"{}",
    "sw.js": b'const CACHE = "{bundle}";\nconst FILES = {files};\n',
}
ORIGINS = {"gate": "http://g", "box": "http://b", "check": "http://c", "witnesses": []}


def made(**changes):
    phone = PHONE | changes
    return tablet(phone, OWN, {"q/internal.json": b"{}"}, origins=ORIGINS, agency="Lembaga")


def test_only_modules_that_the_page_reaches_come_along():
    names = {path.rsplit("/", 1)[-1] for path in made()}
    assert {"calls.js", "round.js", "tablet.js", "internal.json", "phone.css", "tablet.css"} <= names
    assert "main.js" not in names


def test_the_worker_comes_last_and_names_everything_else_with_its_hash():
    files = made()
    assert list(files)[-1] == "sw.js"
    worker = files["sw.js"].decode()
    kept = json.loads(worker[worker.index("[") : worker.rindex("]") + 1])
    assert {path.lstrip("/"): mark for path, mark in kept} == {
        path: integrity(data) for path, data in files.items() if path != "sw.js"
    }


def test_the_page_names_each_module_once_under_its_bundle():
    files = made()
    page = files["tablet.html"].decode()
    folder = next(path for path in files if path.endswith("/tablet.js")).removesuffix("tablet.js")
    for name in ("tablet.js", "calls.js", "round.js"):
        assert page.count(f'="/{folder}{name}" integrity="{integrity(files[folder + name])}"') == 1
    assert folder.split("/")[1] in page
    assert folder.split("/")[1] in files["sw.js"].decode()


def test_a_changed_module_gives_another_bundle_and_the_same_files_the_same():
    assert made() == made()
    other = made(**{"calls.js": b"export const call = 2;\n"})
    assert {path for path in made() if path.startswith("c/")} & {*other} == set()
