"""What the messages of a round have cost, by rates that hold from a day on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price of one delivered message of a channel from a day on; `stale` if nobody has confirmed it."""

    channel: str
    since: date
    amount: Decimal
    currency: str
    source: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What a channel has cost in one currency; `currency` is empty where no rate is known."""

    channel: str
    messages: int
    amount: Decimal
    currency: str
    stale: bool


def costs(delivered: Mapping[tuple[str, date], int], tariffs: Iterable[Tariff]) -> tuple[Cost, ...]:
    """RPR-6: delivered messages by channel and day, priced by the rate of their day; sorted by channel."""
    known = sorted(tariffs, key=lambda tariff: tariff.since)
    found: dict[tuple[str, str], Cost] = {}
    for (channel, day), messages in sorted(delivered.items()):
        rate = rate_on(channel, day, known)
        currency = rate.currency if rate else ""
        before = found.get((channel, currency), Cost(channel, 0, Decimal(0), currency, False))
        found[channel, currency] = Cost(
            channel,
            before.messages + messages,
            before.amount + (messages * rate.amount if rate else 0),
            currency,
            before.stale or bool(rate and rate.stale),
        )
    return tuple(found[key] for key in sorted(found))


def rate_on(channel: str, day: date, tariffs: Iterable[Tariff]) -> Tariff | None:
    """The rate that holds on a day, of rates in the order of their days; None before the first."""
    held = [one for one in tariffs if one.channel == channel and one.since <= day]
    return held[-1] if held else None
