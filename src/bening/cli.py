"""The `bening` command: looks up a program or a management command and passes on."""

import os
import sys
from importlib import import_module

PROGRAMS = {
    "demo": "bening.demo.run",
    "shots": "bening.demo.shots",
    "serve": "bening.web.config.serve",
    "worker": "bening.web.config.worker",
    "nightly": "bening.web.config.nightly",
    "database_roles": "bening.web.config.roles",
    "deployment": "bening.web.config.deployment",
    "emulator": "bening.emulator",
    "ceremony": "bening.outside.ceremony",
    "signer": "bening.crypto.signer",
    "tally": "bening.outside.tally",
    "destroy_keys": "bening.outside.destroy",
    "redraw": "bening.outside.redraw",
    "verify": "bening.outside.verify",
    "log": "bening.outside.log_program",
    "estimate": "bening.outside.estimate",
    "messages": "bening.web.config.messages",
    "manual": "bening.web.config.manual",
}


def main() -> int:
    """Run `bening WORD …`."""
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    if words[0] in PROGRAMS:
        return int(import_module(PROGRAMS[words[0]]).main(words[1:]) or 0)
    return manage(words)


def manage(words: list[str]) -> int:
    """Run a management command under its declared settings, on embedded databases if none are named."""
    import_module("bening.web.config.prepare").prepare()
    settings = import_module("bening.web.config.worker").COMMANDS.get(words[0], "hall")
    if "--settings" in words:
        place = words.index("--settings")
        settings = words[place + 1]
        del words[place : place + 2]
    if "--leash" in words:
        place = words.index("--leash")
        import_module("bening.web.config.leash").wear(int(words[place + 1]))
        del words[place : place + 2]
    os.environ["DJANGO_SETTINGS_MODULE"] = f"bening.web.config.settings.{settings}"
    return run(["bening", *words])


def run(words: list[str]) -> int:
    """One management command; what it refuses is said in the catalogue's words, without a traceback."""
    refused = import_module("bening.core.problems").Refused
    try:
        import_module("django.core.management").execute_from_command_line(words)
    except refused as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def usage() -> str:
    """What can be said to this program."""
    commands = import_module("bening.web.config.worker").COMMANDS
    lines = ["bening WORD …", "", "programs", *(f"  {name}" for name in PROGRAMS)]
    return "\n".join(
        [*lines, "", "management commands (bening WORD --help)", *(f"  {name}" for name in commands)]
    )


if __name__ == "__main__":
    raise SystemExit(main())
