"""What waits for a person: senders that stopped, messages left alone, reports nobody can read."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from bening.core.outreach import in_words
from bening.web.fieldwork.steps import operate
from bening.web.outreach.models import Sender
from bening.web.outreach.steps import release_sender, stop_sender
from bening.web.registry.models import Round


class Command(BaseCommand):
    """`bening dead_letters ROUND [--adopt|--requeue|--cancel KEY] [--stop|--release CHANNEL] [--by NAME]`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Without an action the list is printed."""
        parser.add_argument("round")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--adopt", metavar="KEY", help="it went out: never again")
        what.add_argument("--requeue", metavar="KEY", help="once more, marked if the first may have gone out")
        what.add_argument("--cancel", metavar="KEY", help="not at all")
        what.add_argument("--stop", metavar="CHANNEL", help="stop a sender")
        what.add_argument("--release", metavar="CHANNEL", help="let a stopped sender go on")
        parser.add_argument("--by", default="")
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked, or print what waits."""
        round_ = Round.objects.get(code=options["round"])
        given = [name for name in ("adopt", "requeue", "cancel", "stop", "release") if options[name]]
        if given and not options["by"]:
            raise SystemExit("--by NAME is needed: nothing leaves this list without a name")
        for name in given:
            self.act(name, round_, options[name], options["by"])
        if not given:
            self.show(round_, options["language"])

    def act(self, name: str, round_: Round, word: str, by: str) -> None:
        """One decision of one person."""
        if name in ("stop", "release"):
            sender = Sender.objects.get(round=round_, channel=word)
            if name == "stop":
                stop_sender(by=by, sender=sender)
            else:
                release_sender(by=by, sender=sender, now=settings.NOW())
        elif name == "requeue":
            operate.requeue(by=by, key=word, now=settings.NOW())
        else:
            {"adopt": operate.adopt, "cancel": operate.cancel}[name](by=by, key=word)

    def show(self, round_: Round, language: str) -> None:
        """One line each."""
        for sender in Sender.objects.filter(round=round_).exclude(paused="").order_by("channel"):
            why, what = (getattr(text, language) for text in in_words(sender.paused))
            self.stdout.write(f"{sender.channel}: {sender.paused}: {why} {what}")
        for dead in operate.dead_letters(round=round_, now=settings.NOW()):
            why, what = getattr(dead.why, language), getattr(dead.what, language)
            self.stdout.write(f"{dead.key} {dead.channel}/{dead.step} {dead.code}: {why} {what}")
