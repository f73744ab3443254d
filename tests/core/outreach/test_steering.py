"""Words that steer are found; words that forbid steering are not."""

import tomllib
from pathlib import Path

import pytest

import bening.web.outreach
from bening.core.outreach import steering_words

TEXTS = Path(bening.web.outreach.__file__).parent / "materials" / "texts.toml"


@pytest.mark.parametrize(
    "text",
    [
        "Semua pegawai menjawab dengan nilai 10.",
        "Jawaban agar seragam: jawab dengan sama.",
        "Beri nilai yang tinggi untuk semua pertanyaan.",
        "Yang menerima pesan wajib lapor. Laporkan siapa yang terpilih kepada Inspektorat.",
        "Kumpulkan tangkapan layar setelah mengisi.",
        "Kirim screenshot jawaban ke grup.",
        "Please report to me if you received the message.",
        "Everybody should give the highest score.",
    ],
)
def test_steering_is_found(text):
    assert steering_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Setiap kepala unit meneruskan surat edaran kepada semua pegawai.",
        "Jangan laporkan siapa yang menerima undangan.",
        "Tidak boleh mengumpulkan tangkapan layar.",
        "Do not report who received an invitation.",
        "Inspektorat mengumpulkan daftar pegawai paling lambat 25 Juli.",
        "Target nilai instansi dibahas setelah hasil diumumkan.",
    ],
)
def test_sober_minutes_pass(text):
    assert steering_words(text) == ()


def strings(part):
    if isinstance(part, str):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from strings(each)


def test_our_own_texts_steer_nobody():
    """But wrong options of the check questions and questions people ask, which are there to be answered."""
    own = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    own["briefing"]["questions"] = []
    own["faq"] = [one["a"] for one in own["faq"]]
    assert [(text, found) for text in strings(own) if (found := steering_words(text))] == []
