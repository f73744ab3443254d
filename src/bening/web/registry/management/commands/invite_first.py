"""Invite an officer from the machine itself: the first one, or one more when nobody gets in any longer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bening.web.registry.steps import invite_first, link


class Command(BaseCommand):
    """`bening invite_first --username NAME --name "Full Name"`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Who is to come in."""
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link once; it is stored nowhere."""
        invitation, code = invite_first(by="console", username=options["username"], name=options["name"])
        self.stdout.write(f"{link(code)}\nvalid once, until {invitation.expires:%Y-%m-%d}")
