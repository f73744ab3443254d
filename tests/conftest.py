"""Real PostgreSQL for every test that asks for a database, one real browser; no network but loopback."""

import os

import pytest
from django.conf import settings
from hypothesis import settings as properties
from playwright.sync_api import sync_playwright

from bening.demo.browser import FLAGS, installed
from bening.web.config import postgres
from bening.web.config.settings import base, house

properties.register_profile("quick", derandomize=True, max_examples=40, deadline=None)
properties.register_profile("night", max_examples=2000, deadline=None)
properties.load_profile("quick")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Start the embedded clusters when the first test wants a table, and point Django's aliases at them."""
    urls = {"default": "hall", "gate": "hall", "box": "box"}
    bases = {cluster: postgres.start(house.DATA_DIR / "postgres" / cluster) for cluster in set(urls.values())}
    for alias, cluster in urls.items():
        parts = base.postgres(bases[cluster])
        for word in ("HOST", "PORT", "USER", "PASSWORD"):
            settings.DATABASES[alias][word] = parts[word]


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a process, because two drivers in one process refuse each other."""
    executable = installed()
    if executable is None:
        pytest.skip("no Chromium is installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # its loop stays in this thread; tests wait anyway
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()
