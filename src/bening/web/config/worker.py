"""`bening worker`: takes turns at whatever has no result yet. Nothing is pushed to it.

COMMANDS lists every management command of the house with the settings it runs under; TURN is the loop.
"""

import argparse
import io
import os
import signal
import threading
import traceback
from types import FrameType

import django
from django.core.management import call_command

from bening.web.config import leash
from bening.web.config.prepare import prepare

COMMANDS = {
    # by hand, in the order of a survey's life
    "invite_first": "hall",
    "open_round": "hall",
    "registry": "hall",
    "load_rosters": "hall",
    "roster": "hall",
    "freeze_frame": "hall",
    "questionnaire": "hall",
    "freeze_instrument": "hall",
    "commit_seed": "hall",
    "draw_sample": "hall",
    "strata": "hall",
    "freeze_round": "sender",
    "invite": "sender",
    "remind_people": "sender",
    "dead_letters": "sender",
    "letters": "sender",
    "draw_visits": "sender",
    "deliveries": "sender",
    "reissue": "sender",
    "response_rates": "hall",
    "close_round": "sender",
    "box": "box",
    "keep_hours": "gate",
    "import_tally": "hall",
    "weigh_evidence": "hall",
    "estimate_round": "hall",
    "decide": "hall",
    "prepare_release": "hall",
    "approve_release": "hall",
    "write_release": "hall",
    "recommend": "hall",
    "purge_round": "sender",
    # in the worker's turn
    "check_uploads": "hall",
    "fold_webhooks": "sender",
    "janitor": "sender",
    "help_desk": "sender",
    "send": "sender",
    "tend_tablets": "sender",
    "take_registrations": "sender",
    "pull_hours": "sender",
    "take_picture": "sender",
    "remind_heads": "hall",
    "remind_contacts": "hall",
    "review": "hall",
}
TURN = (
    "check_uploads",
    "fold_webhooks",
    "janitor",
    "help_desk",
    "send",
    "tend_tablets",
    "take_registrations",
    "pull_hours",
    "take_picture",
    "remind_heads",
    "remind_contacts",
    "review",
)
PAUSE = 1.0  # seconds of sleep after a turn in which nothing happened


def main(words: list[str]) -> int:
    """Loop until told to stop; `--once` ends after a turn that found nothing to do."""
    parser = argparse.ArgumentParser(prog="bening worker", description=__doc__)
    parser.add_argument("--only", choices=TURN, action="append", help="only these commands")
    parser.add_argument("--once", action="store_true", help="stop when there is nothing left to do")
    parser.add_argument("--leash", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    leash.wear(options.leash)
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        done.set()

    signal.signal(signal.SIGTERM, stop)
    prepare()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bening.web.config.settings.sender"
    django.setup()
    while not done.is_set():
        worked = [turn(name) for name in options.only or TURN]
        if any(worked):
            continue
        if options.once:
            break
        done.wait(PAUSE)
    return 0


def turn(name: str) -> bool:
    """One command's turn: whether it found something to do. What fails is shown and tried again next time."""
    try:
        return bool(call_command(name, stdout=io.StringIO()))
    except Exception:
        traceback.print_exc()
        return False
