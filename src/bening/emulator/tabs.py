"""The inbox's other tabs: texts, mails and printed letters."""

from __future__ import annotations

from email import message_from_bytes, policy
from html import escape as esc
from typing import Any
from urllib.parse import urlencode

from bening.emulator import chat, draw
from bening.emulator.call import HTML_KIND, Answer, Call
from bening.emulator.draw import PER_PAGE, TONES
from bening.emulator.labels import LANGUAGES
from bening.emulator.parcels import Parcel, links
from bening.emulator.view import View, fill, plus
from bening.emulator.world import World
from bening.emulator.writer import Job

PDF_KIND = "application/pdf"


def _view(world: World, call: Call, tab: str, parcel: int = 0) -> View:
    language = call.query.get("lang", "id")
    return View(
        world=world,
        lang=language if language in LANGUAGES else "id",
        search=call.query.get("q", ""),
        page=call.number("page", 0),
        tab=tab,
        parcel=parcel,
    )


def listing(world: World, call: Call, channel: str) -> Answer:
    view = _view(world, call, channel)
    words = f'<p class="empty">{view.words["choose_" + channel]}</p>'
    form = fill("hand_in", view) if channel == "letter" else ""
    return _page(draw.frame(view, f'<section class="talk">{words}{form}</section>', _list(view)))


def one(world: World, call: Call, channel: str, number: str) -> Answer:
    view = _view(world, call, channel, int(number))
    parcel = world.parcels.get(channel, view.parcel)
    if parcel is None:
        return _page(draw.frame(view, draw.nobody(view, "none_" + channel), _list(view)), 404)
    world.parcels.see(view.parcel)
    return _page(draw.frame(view, _shown(view, parcel), _list(view)))


def _page(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode(), HTML_KIND)


def _list(view: View) -> str:
    start = view.page * PER_PAGE
    rows = view.world.parcels.listed(view.tab, view.search, start=start, limit=PER_PAGE + 1)
    if not rows:
        return f'<p class="small">{view.words[f"none_{view.tab}"]}</p>'
    items = "".join(_item(view, row) for row in rows[:PER_PAGE])
    return f'<ul class="phones">{items}</ul>{draw.pager(view, more=len(rows) > PER_PAGE)}'


def _item(view: View, row: dict[str, Any]) -> str:
    here = ' aria-current="page"' if row["id"] == view.parcel else ""
    unread = "" if row["seen"] else '<span class="unread">1</span>'
    href = view.link(f"/{view.tab}/{row['id']}", q=view.search, page=view.page)
    extra = f'<span class="small">{_status(view, row)} {view.moment(row["at"])}</span>'
    return f'<li><a href="{href}"{here}><span>{_receiver(row)}</span>{unread}{extra}</a></li>'


def _receiver(row: dict[str, Any]) -> str:
    if row["channel"] == "sms":
        return plus(row["receiver"])
    return esc(row["receiver"] or row["title"])


def _status(view: View, row: dict[str, Any]) -> str:
    if row["channel"] == "letter":
        return ""
    tone = TONES.get(row["status"], "wait")
    code = f" {esc(row['code'])}" if row["code"] else ""
    return f'<span class="{tone}">{view.words[row["status"]]}{code}</span>'


def _shown(view: View, row: dict[str, Any]) -> str:
    found = "".join(
        f'<li><a href="{esc(url)}" target="_blank" rel="noopener noreferrer">{esc(url)}</a></li>'
        for url in links(row["text"])
    )
    if row["channel"] == "letter":
        href = f"/letter/{row['id']}.pdf"
        body = f'<p><a href="{href}" target="_blank" rel="noopener">{view.words["open_pdf"]}</a></p>'
    else:
        body = f'<p class="body">{esc(row["text"])}</p>'
    return fill(
        "parcel", view,
        back_href=view.link(f"/{view.tab}", q=view.search, page=view.page),
        back=view.words[f"all_{view.tab}"],
        heading=esc(row["title"]) or _receiver(row),
        receiver=f"{view.words['to']} {_receiver(row)}" if row["receiver"] else "",
        time=view.moment(row["at"]),
        body=body,
        found=f'<h2>{view.words["links"]}</h2><ul class="links">{found}</ul>' if found else "",
        detail="" if row["channel"] == "letter" else _detail(view, row),
    )  # fmt: skip


def _detail(view: View, row: dict[str, Any]) -> str:
    address = f"/{view.tab}/{row['id']}/resend"
    reports = "".join(
        draw.report_row(view, row["id"], report, address) for report in chat.reports(view.world, -row["id"])
    )
    return fill(
        "detail", view,
        rows=f'<ul class="reports">{reports}</ul>' if reports else f"<p>{view.words['no_reports']}</p>",
        request=view.words[f"raw_{view.tab}"],
        raw=esc(row["raw"].decode("utf-8", "replace")),
    )  # fmt: skip


def resend(world: World, call: Call, channel: str, number: str) -> Answer:
    chat.resend(world, int(call.form["event"]), call.form.get("how", "resend"))
    return _back(call, f"/{channel}/{number}")


def hand_in(world: World, call: Call) -> Answer:
    """A PDF of letters: the body itself, or the file of a form."""
    name, raw = call.query.get("name", "surat.pdf"), call.raw
    if call.headers.get("content-type", "").startswith("multipart/form-data"):
        name, raw = _file(call)
    if not raw.startswith(b"%PDF-"):
        raise ValueError("a PDF file is needed")
    job = Job()
    number = world.parcels.put(Parcel("letter", "", "", "", raw, name), job)
    world.store.writer.commit(job)
    return _back(call, f"/letter/{number}")


def _file(call: Call) -> tuple[str, bytes]:
    head = f"Content-Type: {call.headers['content-type']}\r\n\r\n".encode()
    for part in message_from_bytes(head + call.raw, policy=policy.HTTP).iter_parts():
        if part.get_filename():
            return str(part.get_filename()), bytes(part.get_payload(decode=True) or b"")
    raise ValueError("a PDF file is needed")


def paper(world: World, call: Call, number: str) -> Answer:
    row = world.parcels.get("letter", int(number))
    return Answer(404) if row is None else Answer(200, row["raw"], PDF_KIND)


def _back(call: Call, path: str) -> Answer:
    """After a post the browser asks again, so that reloading repeats nothing."""
    query = urlencode({"lang": call.query.get("lang", "id")})
    return Answer(303, b"", HTML_KIND, {"Location": f"{path}?{query}"})
