"""The client bundle is named by its content, and the entry page vouches for each of its files."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bening.core.fieldwork import bundle_hash, entry_page, integrity, policy
from bening.core.problems import Refused

ORIGINS = {"gate": "https://g.example", "box": "https://b.example", "check": "https://c.example",
           "client": "https://c.example", "witnesses": ["https://w.example"]}  # fmt: skip
FILES = {"main.js": b"one\n", "phone.css": b"two\n", "q/internal.json": b"{}"}
TEMPLATE = (
    b'<html data-bundle="{bundle}" data-agency="{agency}"><meta content="{policy}"><link href="./phone.css">'
)


def test_the_hash_is_what_sha256sum_would_list():
    lines = sorted(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in FILES.items())
    assert bundle_hash(FILES) == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_entry_pages_lie_outside_the_hash_because_they_name_it():
    assert bundle_hash({**FILES, "index.html": b"<p>"}) == bundle_hash(FILES)


@given(st.dictionaries(st.text("abc./", min_size=1), st.binary(max_size=4), min_size=1))
def test_the_hash_changes_with_any_byte_and_not_with_the_order(files):
    assert bundle_hash(dict(reversed(files.items()))) == bundle_hash(files)
    path = next(iter(files))
    assert bundle_hash({**files, path: files[path] + b"x"}) != bundle_hash(files)


def test_integrity_is_the_digest_of_the_bytes():
    kind, value = integrity(b"one\n").split("-", 1)
    assert kind == "sha256"
    assert base64.b64decode(value) == hashlib.sha256(b"one\n").digest()


def test_the_page_names_hash_path_and_integrity():
    page = entry_page(TEMPLATE, FILES, origins=ORIGINS, agency='Lembaga "A" & B').decode()
    digest = bundle_hash(FILES)
    assert f'data-bundle="{digest}"' in page
    assert f'href="/c/{digest}/phone.css" integrity="{integrity(FILES["phone.css"])}"' in page
    assert "Lembaga &quot;A&quot; &amp; B" in page
    assert page.encode() == entry_page(TEMPLATE, FILES, origins=ORIGINS, agency='Lembaga "A" & B')


def test_the_policy_lets_the_page_speak_to_the_rounds_own_origins_only():
    assert (
        "connect-src 'self' https://g.example https://b.example https://c.example https://w.example;"
        in policy(ORIGINS)
    )
    assert "unsafe" not in policy(ORIGINS)
    assert policy(ORIGINS).startswith("default-src 'none'; script-src 'self';")


def test_a_template_that_names_a_missing_file_is_refused():
    with pytest.raises(Refused, match="FIELD-110"):
        entry_page(b'<script src="./gone.js">', FILES, origins=ORIGINS, agency="A")
