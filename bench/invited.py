"""`python -m bench.invited PEOPLE RATE`: a round with so many invitations in the queue, by the real steps.

Runs in a process of its own, on the databases its environment names.
"""

import os
import sys
import time

import django
import urllib3

PLACES = 50


def main(people: int, rate: float) -> None:
    """Everything up to the queue; prints the code of the round."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bening.web.config.settings.sender"
    django.setup()
    from django.conf import settings  # noqa: PLC0415  after setup

    from bening.core.kinds import Group  # noqa: PLC0415
    from bening.web.fieldwork.models import Delivery  # noqa: PLC0415
    from bening.web.fieldwork.steps.invite import NotSendable, check_codes, ready  # noqa: PLC0415
    from bening.web.fieldwork.steps.waves import Person, fill, make_wave  # noqa: PLC0415
    from bening.web.frame import steps as frame  # noqa: PLC0415
    from bening.web.outreach.models import Sender  # noqa: PLC0415
    from tests.web.small import make_forms, make_people, make_places, make_round  # noqa: PLC0415

    now = settings.NOW()
    row = make_round("bangku", opens=now.date(), closes=now.date().replace(year=now.year + 1))
    make_places(row, {f"kab-{n}": ["opd"] for n in range(PLACES)})
    make_forms(row)
    try:
        ready(row)
    except NotSendable:
        http = urllib3.PoolManager()
        http.request("POST", f"{settings.WHATSAPP_BASE_URL}/_emu/clock/advance", json={"seconds": 86400})
        time.sleep(0.5)
        ready(row)
    wave, _ = make_wave(by="bench", round=row, step="invite", channel="whatsapp", now=now)
    for n in range(PLACES):
        size = people // PLACES + (n < people % PLACES)
        refs = [one.ref for one in make_people(row, f"kab-{n}", Group.INTERNAL, {"opd": size})]
        points = frame.points(refs=refs, kind="phone_e164")
        fill(wave, [Person(ref, os.urandom(16).hex(), points[ref], "any", "s") for ref in refs], now)
        check_codes(row, refs)
    Sender.objects.update(rate=rate, burst=max(rate / 4, 20.0), tier=0)
    assert Delivery.objects.count() == people


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
