"""An installation that is no demo, with two institutions."""

import pytest
from django.core.cache import cache

from bening.web.registry.models import Institution
from tests.web.small import make_places, make_round


@pytest.fixture
def real(settings, db):
    """No demo: two factors for everybody. Rate limits begin at nothing."""
    settings.DEPLOYMENT = "one-machine"
    cache.clear()
    yield settings
    cache.clear()


@pytest.fixture
def places(real):
    """The two institutions."""
    make_places(make_round(), {"kab-x": ["dinkes", "dukcapil"], "kab-y": ["dinkes"]})
    return Institution.objects.get(code="kab-x"), Institution.objects.get(code="kab-y")
