"""One contract for every channel: the same files, pure rendering and reading, five endings, known classes."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bening.core.outreach import REASONS
from bening.web.outreach import channels
from bening.web.outreach.channels import CHANNELS, texts
from bening.web.outreach.channels.base import Message
from bening.web.outreach.channels.email.settings import Mail
from bening.web.outreach.channels.letter.settings import Paper
from bening.web.outreach.channels.sms.render import text
from bening.web.outreach.channels.sms.settings import Sms
from bening.web.outreach.channels.visit.settings import Visits
from bening.web.outreach.channels.whatsapp.render import LONGEST, template
from bening.web.outreach.channels.whatsapp.settings import Whatsapp

FOLDER = Path(channels.__file__).parent
FILES = {
    "__init__.py",
    "settings.py",
    "render.py",
    "send.py",
    "events.py",
    "codes.py",
    "health.py",
    "README.md",
}
TOUCHES = {
    "django",
    "urllib3",
    "smtplib",
    "socket",
    "requests",
    "subprocess",
    "os",
    "pathlib",
    "typst",
    "open",
}
LINK = "https://survei.contoh.go.id/i#"
ACCOUNTS = {
    "whatsapp": Whatsapp("https://graph.example", "v26.0", "2", "1", "token", LINK),
    "sms": Sms("https://sms.example/send", {"to": "{to}", "text": "{text}", "ref": "{key}"}, LINK),
    "email": Mail(
        "mail.example", 587, "u", "p", True, False, "survei@contoh.go.id", LINK, "https://survei.contoh.go.id/cek"
    ),
    "letter": Paper(LINK, "survei.contoh.go.id"),
    "visit": Visits("survei.contoh.go.id"),
}  # fmt: skip
WORDS = {
    "agency": "Komisi Contoh Republik",
    "agency_short": "Komisi Contoh",
    "survey": "Survei Penilaian Integritas 2025",
    "check": "survei.contoh.go.id/cek",
    "hotline": "0800-1",
    "check_code": "K7Q2-9XMA",
    "phrase": "teduh rimba",
    "entry_code": "K7Q2-9XMA-4RT8-0ZNE-5Y",
    "minutes": "10",
    "closes": "31 Oktober 2025",
}
SECRET = "Zm9vYmFyYmF6cXV4MTIzNA"
STEPS = [(step, language) for step in texts.STEPS for language in ("id", "en")]


def message(step="invite", language="id", to="+628123456789", **words):
    return Message("a" * 32, 2, step, language, to, WORDS | words, SECRET)


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_is_a_folder_of_the_same_files(name):
    assert {path.name for path in (FOLDER / name).iterdir() if path.is_file()} == FILES
    readme = (FOLDER / name / "README.md").read_text()
    assert all(word in readme for word in ("**Needs**", "**Costs**", "**Can prove**"))


def test_every_folder_is_a_row_and_the_order_is_that_of_the_cascade():
    assert {path.name for path in FOLDER.iterdir() if (path / "README.md").exists()} == set(CHANNELS)
    assert list(CHANNELS) == ["whatsapp", "sms", "email", "letter", "visit"]


def imports(path):
    """The first words of everything a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("file", ["render.py", "events.py", "codes.py"])
def test_rendering_and_reading_touch_nothing(name, file):
    assert set(imports(FOLDER / name / file)) & TOUCHES == set()


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_offers_the_same_words(name):
    module = CHANNELS[name].module
    offered = {
        "settings": ("configured", "check"),
        "render": ("render",),
        "send": ("made",) if CHANNELS[name].by_hand else ("line",),
        "events": ("events", "genuine"),
        "codes": ("kind_of",),
        "health": ("health",),
    }
    for part, words in offered.items():
        assert all(callable(getattr(getattr(module, part), word)) for word in words)
    assert module.settings.check(ACCOUNTS[name]) == ()


@pytest.mark.parametrize("name", CHANNELS)
def test_every_class_of_a_code_is_known_to_the_rules(name):
    kind_of = CHANNELS[name].module.codes.kind_of
    codes = ["190", "131026", "131049", "550", "421", "429", "21610", "returned", "refused", "whatever", ""]
    assert {kind_of(code) for code in codes} <= set(REASONS)
    assert kind_of("whatever") == "our_fault"


@pytest.mark.parametrize("name", ["whatsapp", "sms", "email"])
@pytest.mark.parametrize(("step", "language"), STEPS)
def test_every_step_is_said_with_what_proves_it_genuine_and_one_way_in(name, step, language):
    to = "orang@contoh.example" if name == "email" else "+628123456789"
    made = CHANNELS[name].module.render.render(message(step, language, to), ACCOUNTS[name])
    said = made.decode() if isinstance(made, bytes) else made.get_body(("plain",)).get_content()
    said = " ".join(said.split())
    if step == "closing":
        assert SECRET not in said
    else:
        assert said.count(SECRET) == 1
        assert "K7Q2-9XMA" in said
        assert "teduh rimba" in said


@pytest.mark.parametrize(("step", "language"), STEPS)
def test_a_template_keeps_the_limits_of_the_provider(step, language):
    fixed = {name: WORDS[name] for name in texts.FIXED}
    made = template(step, language, ACCOUNTS["whatsapp"], fixed)
    parts = {part["type"]: part for part in made["components"]}
    said = parts["BODY"]["text"]
    assert len(said) <= LONGEST
    assert len(parts["HEADER"]["text"]) <= 60
    assert len(parts["FOOTER"]["text"]) <= 60
    numbers = [word.strip(".,") for word in said.split() if word.startswith("{{")]
    assert numbers == [f"{{{{{n}}}}}" for n in range(1, len(numbers) + 1)]
    assert len(parts["BODY"]["example"]["body_text"][0]) == len(numbers)
    assert not said.startswith("{{")
    assert not said.rstrip(".").endswith("}}")
    assert ("BUTTONS" in parts) == (step != "closing")
    assert made["category"] == "UTILITY"


@pytest.mark.parametrize("body", texts.BODIES.values())
def test_no_text_names_who_is_asked_or_presses_anybody(body):
    for word in (
        "pegawai",
        "pengguna layanan",
        "employee",
        "service user",
        "hadiah",
        "reward",
        "segera",
        "!",
    ):
        assert word not in body.lower()


def test_a_text_message_is_one_segment_and_the_surveys_name_gives_way_first():
    assert "Survei Penilaian" not in text(
        message(survey="Survei Penilaian Integritas Nasional 2025"), ACCOUNTS["sms"]
    )
    short = message(survey="SPI 2025", agency_short="KC")
    assert "SPI 2025" in text(short, ACCOUNTS["sms"])
    with pytest.raises(ValueError, match="characters"):
        text(message(agency_short="x" * 150), ACCOUNTS["sms"])


def rows():
    """A report of each channel in the form in which it comes in."""
    at = datetime(2025, 8, 4, 2, tzinfo=UTC).isoformat()
    key = f"d:{'a' * 32}:2"
    return {
        "sms": {"ref": key, "status": "UNDELIV", "timestamp": 1754272800},
        "email": {"d": key, "event": "bounced", "at": at, "code": "550"},
        "letter": {"d": key, "code": "returned", "at": at},
        "visit": {"d": key, "code": "moved", "at": at},
    }


@pytest.mark.parametrize("name", ["sms", "email", "letter", "visit"])
def test_a_report_becomes_an_event_with_our_key_and_a_class(name):
    (event,) = CHANNELS[name].module.events.events(json.dumps(rows()[name]).encode())
    assert (event.key, event.status, event.kind) == (f"d:{'a' * 32}:2", "failed", "contact_dead")


@pytest.mark.parametrize("word", ["opened", "clicked"])
def test_whether_a_letter_was_opened_is_forgotten(word):
    row = rows()["email"] | {"event": word}
    assert CHANNELS["email"].module.events.events(json.dumps(row).encode()) == ()


@pytest.mark.parametrize("name", ["email", "letter", "visit"])
def test_a_channel_without_reports_over_the_network_believes_nobody(name):
    assert not CHANNELS[name].module.events.genuine(b"{}", "sha256=" + "0" * 64, b"")


def test_a_visit_list_holds_nothing_a_spreadsheet_would_calculate_and_no_way_in():
    made = CHANNELS["visit"].module.send.made([message(name="=1+1", to="+62")], ACCOUNTS["visit"]).decode()
    assert "'=1+1" in made
    assert "'+62" in made
    assert SECRET not in made
    assert "4RT8" not in made
