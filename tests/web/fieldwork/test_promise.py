"""What everybody may read about the promise: as much as was earned, its limits, every threat and test."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bening.core.canonical import dump, parse
from bening.core.fieldwork import marked
from bening.core.kinds import Claim
from bening.web.config import deployment
from bening.web.config.settings import cek
from bening.web.fieldwork import claims
from bening.web.outreach import claims as earning
from bening.web.outreach.steps.texts import protection, words

pytestmark = pytest.mark.django_db(databases=["default", "gate"])
ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
TRUSTEES = {"k": 3, "n": 5, "names": list("abcde")}
SPLIT = {
    "DEPLOYMENT": "split",
    "CEREMONY_RECORD": "https://agency.test/ceremony",
    "DATABASE_URL": "postgresql://bening@db.agency.test/hall",
    "GATE_DATABASE_URL": "postgresql://bening@db.agency.test/gate",
    "BOX_DATABASE_URL": "",
    "ORIGIN_GATE": "https://gate.agency.test",
    "ORIGIN_BOX": "https://box.university.test",
}
STRONG = ("termasuk pengelola", "operators included")


@pytest.fixture
def visit(client, settings):
    """Open a page of the check process."""
    settings.ROOT_URLCONF = "bening.web.config.urls_cek"
    settings.MIDDLEWARE = cek.MIDDLEWARE
    return client.get


@pytest.fixture
def split(settings, tmp_path):
    """A machine of the agency in a real split."""
    for name, value in SPLIT.items():
        setattr(settings, name, value)
    settings.SECRETS_DIR, settings.SIGNER_DIR = tmp_path / "secrets", tmp_path / "signer"
    settings.DATA_DIR, settings.CLIENT_DIR = tmp_path / "data", tmp_path / "unfrozen"
    settings.TALLY_KEY = tmp_path / "tally.json"
    settings.TALLY_KEY.write_bytes(dump({"tally_pk": "x", "trustees": TRUSTEES}))
    settings.SECRETS_DIR.mkdir()
    (settings.SECRETS_DIR / "pepper").write_bytes(b"x")
    return settings


def test_a_real_split_has_earned_the_whole_promise(split):
    assert earning.overlaps() == []
    assert earning.claim() is Claim.FULL


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("BOX_DATABASE_URL", "postgresql://box@db.agency.test/box", "same_cluster"),
        ("BOX_DATABASE_URL", "postgresql://box@db.university.test/box", "both_databases"),
        ("ORIGIN_BOX", "https://gate.agency.test:8003", "same_host"),
        ("ORIGIN_BOX", "http://box.university.test", "not_https"),
    ],
)
def test_each_thing_that_meets_on_one_machine_is_named_and_costs_the_claim(split, name, value, reason):
    setattr(split, name, value)
    assert reason in earning.overlaps()
    assert earning.claim() is not Claim.FULL
    assert "different parties" not in claims.split(earning.claim(), "en")


def test_secrets_keys_and_words_that_lie_on_the_wrong_machine_are_named(split):
    (split.SECRETS_DIR / "receipt").write_bytes(b"x")
    (split.SIGNER_DIR / "keys").mkdir(parents=True)
    (split.SIGNER_DIR / "keys" / "aa.pem").write_bytes(b"x")
    (split.DATA_DIR / "trustees").mkdir(parents=True)
    (split.DATA_DIR / "trustees" / "trustee-1.txt").write_text("words")
    assert earning.overlaps() == ["both_secrets", "signer_beside_box", "words_here"]
    assert set(earning.overlaps()) <= set(deployment.WHY)


def configurations():
    for name in ("demo", "one-machine", "split", "nonsense"):
        for record in ("", "https://agency.test/ceremony"):
            for trustees in ({}, {"k": 1, "n": 1, "names": ["a"]}, TRUSTEES):
                yield name, record, trustees


@pytest.mark.parametrize(("name", "record", "trustees"), list(configurations()))
def test_no_configuration_shows_a_stronger_text_than_it_has_earned(
    frozen, visit, split, name, record, trustees
):
    """On the page of the promise and in what outreach hands out, in both languages."""
    split.DEPLOYMENT, split.CEREMONY_RECORD = name, record
    split.TALLY_KEY.write_bytes(dump({"tally_pk": "x", "trustees": trustees}))
    proven = bool(record) and trustees.get("k", 0) > 1 and name in ("one-machine", "split")
    for language in ("id", "en"):
        page = visit(f"/janji?bahasa={language}").content.decode()
        page = page[page.index("<h1>") : page.index("</section>")]
        handed = " ".join(protection(language, words(frozen, language)))
        for said in (page, handed):
            assert any(word in said for word in STRONG) == proven
            if name in ("one-machine", "split"):
                one_operator = "satu pengelola" in said or "one operator" in said
                assert one_operator == (name == "one-machine" or not proven)
            apart = "pihak yang berbeda" in said or "different parties" in said
            assert apart == (name == "split" and proven)
        assert ("demo" in page.lower()) == (name in ("demo", "nonsense"))


@pytest.mark.parametrize("claim", Claim)
def test_a_frozen_round_never_says_more_than_it_did(split, claim):
    folder = split.CLIENT_DIR / "m"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(dump({"claim": marked(claim)}))
    assert earning.claim() is claim


def test_the_manifest_carries_claim_and_version(frozen, settings):
    header = parse((settings.CLIENT_DIR / "m" / "manifest.json").read_bytes())
    assert header["claim"] == marked(Claim.NONE)


def test_a_stronger_claim_says_everything_a_weaker_one_does_but_its_reservations():
    earned = claims.texts()["earned"]
    reservations = {"unproven", "one_operator", "withheld"}
    assert list(earned) == list(Claim)
    for weak, strong in pairwise(Claim):
        assert set(earned[weak]) - reservations <= set(earned[strong])
    assert set(earned["full"]).isdisjoint(reservations)
    assert {name for names in earned.values() for name in names} == set(claims.texts()["promise"])


def test_the_phone_promises_no_more_than_the_page():
    """Its sentences by claim, read from its source; a claim that is not there is promised nothing."""
    source = (ROOT / "src" / "bening" / "phone" / "screens.js").read_text(encoding="utf-8")
    own = {
        claim: set(re.findall(r'"(\w+)"', names))
        for claim, names in re.findall(r'\["([\w-]+)", \[([^\]]+)\]\]', source)
    }
    earned = claims.texts()["earned"]
    assert set(own) == set(Claim) - {Claim.NONE}
    twins = {
        "nobody": "nobody",
        "together": "together",
        "oneOperator": "one_operator",
        "unproven": "unproven",
    }
    for claim, names in own.items():
        assert {twins[name] for name in names & twins.keys()} == set(earned[claim]) & set(twins.values())


def test_the_page_has_the_limits_and_every_threat_in_both_languages(invited, visit):
    for language, word in (("id", "Terbongkar"), ("en", "Breaks")):
        page = visit(f"/janji?bahasa={language}")
        said = page.content.decode()
        assert page.cookies == {}
        assert page.headers["Content-Language"] == language
        assert f"{word}." in said
        assert said.count('role="rowheader"') == len(claims.threats("id")) + len(claims.accidents("id"))
        for limit in claims.limits(language):
            assert limit in said
    assert len(claims.limits("id")) == 8


def test_every_public_page_prints_the_split(invited, visit, split):
    for deployment_, word in (("demo", "(demo)"), ("one-machine", "(one-machine)"), ("split", "(split)")):
        split.DEPLOYMENT = deployment_
        for path in ("/", "/cek", "/cek/lapor", "/cek/lapor/diterima", "/janji"):
            assert word in visit(path).content.decode().split('<footer class="foot">')[1]


def test_without_a_round_nothing_is_promised(db, visit):
    assert "nothing is promised" in visit("/janji?bahasa=en").content.decode()


def documented():
    """The rows of docs/scenarios.md: number (0 for accidents), verdict, tests."""
    n, found = 0, []
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        tests = set(re.findall(r"`(test_\w+)`", line))
        if len(cells) == 5 and cells[2] in ("holds", "detected", "broken"):
            n = int(cells[0]) if cells[0] else n
            found.append((n, cells[2], tests))
        elif len(cells) == 4 and cells[1] in ("holds", "detected", "broken"):
            found.append((0, cells[1], tests))
    return found


def test_the_page_and_the_document_for_engineers_say_the_same():
    """Row by row: who, verdict, and only tests that stand there too; none where there are none."""
    said = [
        (threat.n, line.verdict, set(line.tests))
        for threat in [*claims.threats("en"), *claims.accidents("en")]
        for line in threat.lines
    ]
    written = documented()
    assert [(n, verdict) for n, verdict, _ in said] == [(n, verdict) for n, verdict, _ in written]
    for (n, verdict, shown), (_, _, named) in zip(said, written, strict=True):
        assert shown <= named, (n, verdict)
        assert bool(shown) == bool(named), (n, verdict)
