"""The command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bening.emulator.account import Identity, checked_destination, on_loopback
from bening.emulator.chaos import PROFILES
from bening.emulator.review import Rules, load_rules

# Known to everybody on purpose: it signs simulated news on loopback and nothing else.
DEFAULT_SECRET = "emulator"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Options:
    host: str
    port: int
    db: Path
    seed: int
    profile: str
    speed: float
    start: float | None
    knobs: dict[str, Any]
    rules: Rules
    identity: Identity
    webhook: str
    reports: dict[str, str]
    report_secret: bytes
    smtp_port: int | None
    people: str
    app_secret: bytes
    verify_token: str
    token_file: Path | None
    leash: int | None


def parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog="bening emulator", description="Simulated WhatsApp provider and phones. No real messages."
    )
    add = parse.add_argument
    add("--host", default="127.0.0.1")
    add("--port", type=int, default=9100, help="0 takes any free port and prints it")
    add("--i-know", action="store_true", help="allow a host that is not loopback")
    add("--db", type=Path, default=Path("emulator.sqlite3"))
    add("--seed", type=int, default=42)
    add("--profile", choices=list(PROFILES), default="calm")
    add("--speed", type=float, default=1.0, help="virtual seconds per second; 0 freezes the clock")
    add("--start", type=float, help="virtual clock of a new file, as Unix seconds; default now")
    add("--rate", type=float, help="messages per second; 0 for no limit")
    add("--tier", type=int, help="different persons in 24 hours; 0 for no limit")
    add("--no-magic", action="store_true", help="the last digits of a number mean nothing special")
    add("--rules", type=Path, help="TOML file with the template reviewer's rules")
    add("--webhook", default="", help="where webhooks go; loopback only; goes before a saved subscription")
    add("--app-secret-file", type=Path, help=f"key of the signatures; default the word {DEFAULT_SECRET!r}")
    add("--smtp-port", type=int, help="listen for mail as well; 0 takes any free port and prints it")
    add("--sms-webhook", default="", help="where reports of texts go; loopback only")
    add("--mail-webhook", default="", help="where reports of mails go; loopback only")
    add(
        "--report-secret-file",
        type=Path,
        help="key of the reports of texts and mails; default the app secret",
    )
    add("--people", default="none", help="none, generated, or a CSV file of people")
    add("--verify-token-file", type=Path, help="expected by the webhook challenge; default the app secret")
    add("--token-file", type=Path, help="the one good access token; default any")
    add("--leash", type=int, metavar="FD", help="end when this inherited pipe closes")
    _add_identity(parse)
    return parse


def _add_identity(parse: argparse.ArgumentParser) -> None:
    add = parse.add_argument
    add("--pnid", default="100000000000001", help="id of the sending phone number")
    add("--waba", default="200000000000002", help="id of the business account")
    add("--portfolio", default="300000000000003")
    add("--number", default="6281100000000", help="the sender's number, digits only")
    add("--name", default="Survei Integritas (simulasi)", help="the sender's verified name")
    add("--official", action="store_true", help="show the badge of an official account")


def read(argv: Sequence[str] | None) -> Options:
    parse = parser()
    args = parse.parse_args(argv)
    if not (on_loopback(args.host) or args.i_know):
        parse.error("refusing to listen beyond loopback; say --i-know if you really mean it")
    try:
        webhook, *others = (
            checked_destination(url) if url else ""
            for url in (args.webhook, args.sms_webhook, args.mail_webhook)
        )
    except ValueError as error:
        parse.error(str(error))
    if args.leash is not None:
        try:
            os.fstat(args.leash)
        except OSError:
            parse.error("--leash: no such file descriptor; was the pipe passed on?")
    secret = _text(args.app_secret_file) or DEFAULT_SECRET
    limits = {"rate_mps": args.rate, "rate_burst": args.rate, "tier": args.tier}
    limits["magic_numbers"] = False if args.no_magic else None
    return Options(
        host=args.host,
        port=args.port,
        db=args.db,
        seed=args.seed,
        profile=args.profile,
        speed=args.speed,
        start=args.start,
        knobs={name: value for name, value in limits.items() if value is not None},
        rules=load_rules(args.rules),
        identity=Identity(args.pnid, args.waba, args.portfolio, args.number, args.name, args.official),
        webhook=webhook,
        reports=dict(zip(("sms", "mail"), others, strict=True)),
        report_secret=(_text(args.report_secret_file) or secret).encode(),
        smtp_port=args.smtp_port,
        people=args.people,
        app_secret=secret.encode(),
        verify_token=_text(args.verify_token_file) or secret,
        token_file=args.token_file,
        leash=args.leash,
    )


def _text(path: Path | None) -> str:
    return "" if path is None else path.read_text(encoding="utf-8").strip()
