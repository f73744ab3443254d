"""All that crosses a border is changed, and somebody must notice: gate, box, phone, log check, tally, import.

A change is silent if it is accepted, has an effect, and no refusal and no counter tells of it.
"""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from bench.security.cases import FIELDS, OWNER, Case, admitted, flips, signed
from bench.security.desk import Desk
from bench.security.files import on_files, on_output
from bening.core.response import b64u
from bening.core.response.layout import padded
from bening.core.response.wire import filled
from bening.crypto import owner
from tests.security.phone import Phone
from tests.security.world import World

CROWD = 12  # honest ballots a stratum, so that no total is withheld


def attacks(world: World, kids: list[str], folder: Path) -> list[Case]:
    """All of them on one small round."""
    people = world.crowd([kid for kid in kids for _ in range(CROWD)])
    for at, phone in enumerate(people):
        admitted(world, phone)
        ballot = phone.ballot({"gift": "no"}, [["story", f"cerita {at}"]])
        assert phone.post(world.box_line, ballot)[0] == 201
    cases = [*to_gate(world, kids), *to_box(world, kids, people[0])]
    world.night("box")
    old = (world.folder / "log" / "checkpoint").read_text()
    passed = insiders(world, kids, people[0])
    export = folder / "export"
    world.run_program("box", "export", str(export), "--settings", "box")
    desk = Desk(world, folder)
    honest = desk.count(export)
    unreadable = honest.totals["unreadable"]
    cases += [Case(name, "tally: unreadable" if unreadable == len(passed) else "") for name in passed]
    cases += on_files(desk, export, honest, old)
    return [*cases, *on_output(desk, honest)]


def to_gate(world: World, kids: list[str]) -> Iterator[Case]:
    """Each field of each request to the gate."""
    phone, other = world.crowd([kids[0]] * 2)
    phone.hello(world.gate_line)
    good = {"secret": b64u(phone.secret), "kid": kids[0], "blinded": b64u(phone.blinded)}
    wrong = {
        "secret": b64u(next(flips(phone.secret, 0, 16))),
        "kid": kids[1],
        "blinded": b64u(phone.blinded[:-1]),
    }
    for path, fields in (("/g/hello", ["secret"]), ("/g/issue", list(good)), ("/g/used", ["secret"])):
        body = {name: good[name] for name in fields}
        for name in fields:
            yield refusal(f"{path}: {name} changed", world, path, filled(body | {name: wrong[name]}, 512))
            yield refusal(f"{path}: {name} cut", world, path, filled(body | {name: good[name][:-1]}, 512))
            left = {key: value for key, value in body.items() if key != name}
            yield refusal(f"{path}: {name} left out", world, path, filled(left, 512))
        whole = filled(body, 512)
        yield refusal(f"{path}: a field more", world, path, filled(body | {"x": 1}, 512))
        yield refusal(f"{path}: cut", world, path, whole[:-1])
        yield refusal(f"{path}: extended", world, path, whole + b" ")
        yield refusal(f"{path}: padding carries a mark", world, path, whole[:-3] + b'1"}')
    assert phone.issue(world.gate_line)[0] == 200
    again = filled(good | {"blinded": b64u(next(flips(phone.blinded, 100, 101)))}, 512)
    yield refusal("/g/issue: a second value for a spent right", world, "/g/issue", again)
    other.hello(world.gate_line)
    other.blinded = next(flips(other.blinded, 100, 101))
    try:
        other.issue(world.gate_line)
        yield Case("/g/issue: blinded value changed on its way", "")
    except ValueError:
        yield Case("/g/issue: blinded value changed on its way", "phone: the signature does not verify")


def refusal(name: str, world: World, path: str, body: bytes) -> Case:
    """The gate's answer to a changed request."""
    reply = world.gate_line.call(path, body)
    said = json.loads(reply.data).get("error", "")
    return Case(name, f"gate: {reply.status} {said}" if reply.status >= 400 else "")


def to_box(world: World, kids: list[str], victim: Phone) -> Iterator[Case]:
    """Each field of a ballot as somebody on the line changes it, and whole ballots moved or replayed."""
    (phone,) = world.crowd(kids[:1])
    admitted(world, phone)
    body, other = phone.ballot({"gift": "no"}), victim.ballot({"gift": "yes", "often": "once"})
    for name, (start, end) in FIELDS.items():
        for at, changed in enumerate(flips(body, start, end)):
            yield posted(f"ballot: {name} flipped ({at})", world, phone, changed)
    for name in ("key id", "prefix", "own key", "blind signature"):  # the owner may sign what he likes
        for at, changed in enumerate(flips(body, *FIELDS[name])):
            yield posted(
                f"ballot: {name} flipped and signed anew ({at})",
                world,
                phone,
                signed(phone, changed[:-OWNER]),
            )
    moved = body[:4] + bytes.fromhex(kids[1]) + body[36:]
    shapes = {
        "cut": body[:-1],
        "extended": body + b"\0",
        "empty": b"",
        "moved to another stratum": moved,
        "moved and signed anew": signed(phone, moved[:-OWNER]),
        "another's sealed part under the old signature": body[:393] + other[393:-OWNER] + body[-OWNER:],
        "another's ballot under an insider's signature": signed(phone, other[:-OWNER]),
        "another's token with an insider's own key": signed(
            phone, other[:68] + body[68:133] + other[133:-OWNER]
        ),
    }
    for name, changed in shapes.items():
        yield posted(f"ballot: {name}", world, phone, changed)
    first, again = phone.post(world.box_line, body), phone.post(world.box_line, body)
    rewritten = body[:-32] + (owner.ORDER - int.from_bytes(body[-32:], "big")).to_bytes(32, "big")
    third = phone.post(world.box_line, rewritten)
    token = sha256(phone.kid + phone.token).digest()
    stored = world.rows("box", "SELECT count(*) FROM box_ballot WHERE spent = %s", token)[0][0]
    same = first[1] == again[1] == third[1] and stored == 1
    yield Case("ballot: replayed", "box: 200, nothing stored" if same else "")
    yield Case(
        "ballot: owner signature rewritten without the key", "box: 200, nothing stored" if same else ""
    )


def posted(name: str, world: World, phone: Phone, body: bytes) -> Case:
    """The box's answer to a changed ballot."""
    status, said = phone.post(world.box_line, body)
    return Case(name, f"box: {status} {said['error']}" if status >= 400 else "")


def insiders(world: World, kids: list[str], victim: Phone) -> list[str]:
    """What the box cannot see: an insider with a right of his own signs what will not open. Their names."""
    other = victim.ballot({"gift": "yes", "often": "many"})
    made: dict[str, Callable[[bytes], bytes]] = {
        "insider: another's sealed parts under the own token": lambda mine: mine[:393] + other[393:-OWNER],
        "insider: another's closed part under the own token": lambda mine: (
            mine[:393] + other[393:986] + mine[986:-OWNER]
        ),
        "insider: text part in the place of another version": lambda mine: (
            mine[:392] + b"\x01" + mine[393:-OWNER]
        ),
        "insider: parts in plain text": lambda mine: mine[:393] + plain(mine[393:-OWNER]),
        "insider: closed part flipped": lambda mine: next(flips(mine, 500, 501))[:-OWNER],
        "insider: encapsulated key off the curve": lambda mine: mine[:393] + bytes(65) + mine[458:-OWNER],
    }
    for phone, change in zip(world.crowd(kids[:1] * len(made)), made.values(), strict=True):
        admitted(world, phone)
        phone.version = 0x0102
        status, said = phone.post(world.box_line, signed(phone, change(phone.ballot({"gift": "no"}))))
        assert status == 201, said
    return list(made)


def plain(sealed: bytes) -> bytes:
    """As many bytes, with an answer that anybody can read: what a weaker mode would post."""
    return padded(b'{"a":{"gift":"no"}}', 658)[: 65 + 512 + 16].ljust(len(sealed), b"\0")
