"""Each attack in full size and the figures it gives."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.security import (
    DAYS,
    EACH,
    INTERVIEWS,
    KILLS,
    POSTS,
    STRATA,
    Figures,
    apart,
    canary,
    crash,
    link,
    replies,
    tamper,
)
from bench.security.cases import silent, table
from tests.security.world import World


def linked() -> Figures:
    """Who answered what, from everything that is kept: the product and the designs beside it."""
    product = link.product(STRATA, EACH, DAYS)
    blind = link.blind_only(STRATA, EACH, DAYS)
    stored = product.stored
    print(f"best guess at the product: {stored.best}, {stored.hits} of {stored.people}")
    print(f"best guess without nights: {blind.best}, {blind.hits} of {blind.people}")
    return {
        "link_interviews": stored.people,
        "link_modules": stored.modules,
        "link_hits": stored.hits,
        "link_hits_chance": stored.expected,
        "link_hits_over_chance_upper": stored.over,
        "link_hits_lucky": stored.lucky,
        "link_hits_naive": link.naive(stored.people, STRATA),
        "link_hits_blind_only": blind.share,
        "link_hits_backups": product.backups.share,
        "link_hits_reminders": product.reminders.share,
        "link_hits_access_logs": product.access_logs.share,
    }


def rest() -> Figures:
    """Changes, kills, marks and the comparison of both doors."""
    return tampered() | killed() | marked() | compared()


@contextmanager
def ground(strata: int) -> Iterator[tuple[World, list[str], Path]]:
    """Counters with room for many, and a folder for the offline desk."""
    with tempfile.TemporaryDirectory(prefix="bening-desk-") as folder, link.ground(strata, 20_000) as made:
        yield *made, Path(folder)


def tampered() -> Figures:
    """Every message and file changed."""
    with ground(2) as (world, kids, folder):
        tried = [*tamper.attacks(world, kids, folder), *replies.measured()]
    print(table(tried))
    return {"tamper_cases": len(tried), "tamper_silent": silent(tried)}


def killed() -> Figures:
    """kill -9, everywhere."""
    with ground(6) as (world, kids, folder):
        toll = crash.toll(world, kids, folder, KILLS)
        stored = crash.parallel(world, kids[0], POSTS)
    print(", ".join(f"{part} {count}" for part, count in sorted(toll.kills.items())))
    return {
        "kills": sum(toll.kills.values()),
        "crash_interviews": toll.interviews,
        "acknowledged_lost": toll.lost,
        "double_rights": toll.doubled,
        "half_states": toll.halves + toll.tallies - 1,
        "parallel_posts_stored": stored,
    }


def marked() -> Figures:
    """Marks through every door, and where they lie afterwards."""
    with ground(1) as (world, kids, folder):
        spellings, found = canary.searched(world, kids, folder)
    print("\n".join(f"{one.kind} in {one.where}" for one in found) or "no mark outside the allowed places:")
    print("\n".join(f"  {kind}: {where}, {why}" for kind, where, why in canary.ALLOWED))
    return {"canary_spellings": spellings, "canary_finds": len(found)}


def compared() -> Figures:
    """What gate and box both saw."""
    with ground(4) as (world, kids, _):
        found = apart.compare(world, kids, INTERVIEWS)
    return {"apart_interviews": found.interviews, "apart_common": len(found.common)}
