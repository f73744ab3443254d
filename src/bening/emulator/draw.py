"""From the emulator's rows to HTML. Every value that was not written here passes through `esc`."""

from __future__ import annotations

import json
from html import escape as esc
from typing import Any

from bening.emulator import chat
from bening.emulator.labels import LANGUAGES
from bening.emulator.ledger import summary
from bening.emulator.view import HERE, View, fill, plus

STYLE = HERE / "static" / "emulator.css"
PER_PAGE = 20
HISTORY = 8
TABS = ("whatsapp", "sms", "mail", "letter")
TONES = {"delivered": "ok", "failed": "bad", "given_up": "bad", "lost": "bad", "expired": "bad"}


def frame(view: View, content: str, listing: str = "") -> str:
    other = LANGUAGES[1 - LANGUAGES.index(view.lang)]
    title = view.words["title" if view.tab == "whatsapp" else f"title_{view.tab}"]
    query = {"lang": other, "q": view.search, "page": view.page, "m": view.message}
    return fill(
        "frame", view,
        title=title,
        level="h2" if "<h1" in content else "h1",  # a page has one, and the list is hidden beside a phone
        heading=plus(view.number) if view.number else title,
        page="phone" if view.number or view.parcel else "shelf" if view.tab == "letter" else "home",
        tabs="".join(_tab(view, name) for name in TABS),
        action="/" if view.tab == "whatsapp" else f"/{view.tab}",
        search=view.words["search" if view.tab == "whatsapp" else "search_address"],
        mode="numeric" if view.tab == "whatsapp" else "text",
        other_href=view.link(view.path, **query),
        other_lang=other,
        counters=_counters(view),
        q=esc(view.search),
        list=listing or _list(view),
        content=content,
    )  # fmt: skip


def _tab(view: View, name: str) -> str:
    here = ' aria-current="page"' if name == view.tab else ""
    href = view.link("/" if name == "whatsapp" else f"/{name}")
    return f'<li><a href="{href}"{here}>{view.words[f"tab_{name}"]}</a></li>'


def _counters(view: View) -> str:
    world, facts = view.world, summary(view.world.store)
    shown: list[tuple[str, Any]] = [("accepted", facts["accepted"])]
    for status in ("delivered", "failed", "waiting", "expired"):
        if facts["by_status"].get(status):
            codes = ", ".join(f"{code}: {n}" for code, n in facts["by_code"].items())
            extra = f" ({codes})" if status == "failed" and codes else ""
            shown.append((status, f"{facts['by_status'][status]}{extra}"))
    refused = ", ".join(f"{code}: {n}" for code, n in facts["refused"].items())
    if refused:
        shown.append(("refused", refused))
    shown.append(("pending", facts["pending_webhooks"]))
    shown += [("clock", view.moment(world.clock.now())), ("profile", world.chaos.profile)]
    return "".join(
        f"<div><dt>{view.words[name]}</dt><dd>{esc(str(value))}</dd></div>" for name, value in shown
    )


def _list(view: View) -> str:
    start = view.page * PER_PAGE
    rows = chat.phones(view.world, view.search, start=start, limit=PER_PAGE + 1)
    if not rows:
        return f'<p class="small">{view.words["none_found" if view.search else "no_phones"]}</p>'
    items = "".join(_list_item(view, row) for row in rows[:PER_PAGE])
    return f'<ul class="phones">{items}</ul>{pager(view, more=len(rows) > PER_PAGE)}'


def _list_item(view: View, row: dict[str, Any]) -> str:
    unread = f'<span class="unread">{row["unread"]}</span>' if row["unread"] else ""
    here = ' aria-current="page"' if row["number"] == view.number else ""
    href = view.link(f"/phones/{row['number']}", q=view.search, page=view.page)
    flags = _flags(view, row)
    extra = f'<span class="small">{flags}</span>' if flags else ""
    return f'<li><a href="{href}"{here}><span>{plus(row["number"])}</span>{unread}{extra}</a></li>'


def _flags(view: View, row: dict[str, Any]) -> str:
    words = [view.words[f"is_{flag}"] for flag in chat.FLAGS if row[flag]]
    successor = view.world.phones.moved(row["number"])
    return ", ".join([*words, f"{view.words['is_moved']} {plus(successor)}"] if successor else words)


def pager(view: View, *, more: bool) -> str:
    path, links = view.path, ["", ""]
    if view.page:
        href = view.link(path, q=view.search, page=view.page - 1)
        links[0] = f'<a href="{href}">← {view.words["earlier"]}</a>'
    if more:
        href = view.link(path, q=view.search, page=view.page + 1)
        links[1] = f'<a href="{href}">{view.words["later"]} →</a>'
    return f'<p class="pager"><span>{links[0]}</span><span>{links[1]}</span></p>' if any(links) else ""


def nobody(view: View, why: str = "choose") -> str:
    tag = "p" if why == "choose" else "h1"
    return f'<section class="talk"><{tag} class="empty">{view.words[why]}</{tag}></section>'


def phone(view: View) -> str:
    world, identity, number = view.world, view.world.options.identity, view.number
    flags = world.phones.flags(number)
    shown = chat.conversation(world, number)
    messages = world.store.rows(
        "SELECT * FROM message WHERE number = ? ORDER BY ordinal DESC LIMIT ?", number, HISTORY
    )
    chosen = view.message or (messages[0]["ordinal"] if messages else 0)
    return fill(
        "phone", view,
        number=number,
        pretty=plus(number),
        back_href=view.link("/", q=view.search, page=view.page),
        sender=esc(identity.name),
        sender_kind=view.words["official" if identity.official else "sender_kind"],
        sender_number=plus(identity.number),
        bubbles="".join(_bubble(view, bubble) for bubble in shown)
        or f'<p class="small">{view.words["nothing"]}</p>',
        flags=_flags(view, {"number": number} | {flag: getattr(flags, flag) for flag in chat.FLAGS}),
        tools=_tools(view),
        history=_history(view, [dict(row) for row in messages], chosen),
        detail=_detail(view, chosen),
    )  # fmt: skip


def _tools(view: View) -> str:
    flags = view.world.phones.flags(view.number)
    choices = (
        ("on", "turn_on") if flags.off else ("off", "turn_off"),
        ("unblock", "unblock") if flags.blocked else ("block", "block"),
        ("unreport", "unreport") if flags.reported else ("report", "report"),
        ("resume", "resume") if flags.stopped else ("stop", "stop"),
    )
    buttons = "".join(
        f'<button name="state" value="{value}">{view.words[label]}</button>' for value, label in choices
    )
    if view.world.phones.moved(view.number):
        return buttons
    address = f"/phones/{view.number}/change?lang={view.lang}"
    return f'{buttons}<button formaction="{address}">{view.words["change"]}</button>'


def _bubble(view: View, bubble: chat.Bubble) -> str:
    if not bubble.ordinal:
        when = f'<p class="small time"><time>{view.moment(bubble.at)}</time></p>'
        return f'<article class="bubble out"><p class="body">{esc(bubble.shown.body)}</p>{when}</article>'
    shown = bubble.shown
    return fill(
        "bubble", view,
        chosen=" chosen" if bubble.ordinal == view.message else "",
        header=f'<p class="head">{esc(shown.header)}</p>' if shown.header else "",
        body=esc(shown.body),
        footer=f'<p class="small foot">{esc(shown.footer)}</p>' if shown.footer else "",
        time=view.moment(bubble.at),
        detail_href=view.link(f"/phones/{view.number}", m=bubble.ordinal) + "#detail",
        buttons=_buttons(view, bubble),
    )  # fmt: skip


def _buttons(view: View, bubble: chat.Bubble) -> str:
    items = "".join(_button(view, bubble.ordinal, button) for button in bubble.shown.buttons)
    return f'<div class="buttons">{items}</div>' if items else ""


def _button(view: View, ordinal: int, button: dict[str, Any]) -> str:
    text = esc(button["text"])
    if button["type"] == "url":
        href = esc(button["url"])
        return f'<div><a href="{href}" target="_blank" rel="noopener noreferrer">{text} ↗</a></div>'
    if button["type"] != "quick_reply":
        return f"<div>{text}</div>"
    return (
        f'<form method="post" action="/phones/{view.number}/press?lang={view.lang}">'
        f'<input type="hidden" name="ordinal" value="{ordinal}">'
        f'<button name="button" value="{button["index"]}">{text}</button></form>'
    )


def _history(view: View, messages: list[dict[str, Any]], chosen: int) -> str:
    items = []
    for row in messages:
        here = ' aria-current="true"' if row["ordinal"] == chosen else ""
        href = view.link(f"/phones/{view.number}", m=row["ordinal"]) + "#detail"
        name = esc(row["template"] or row["kind"])
        code = f" {row['code']}" if row["code"] else ""
        tone = TONES.get(row["status"], "wait")
        status = f'<span class="{tone}">{view.words.get(row["status"], row["status"])}{code}</span>'
        when = f'<span class="small">{view.moment(row["at"])}</span>'
        items.append(f'<li><a href="{href}"{here}>#{row["ordinal"]} {name}</a> {status} {when}</li>')
    return f'<ol class="history">{"".join(items)}</ol>'


def _detail(view: View, ordinal: int) -> str:
    sql = "SELECT request FROM message WHERE ordinal = ? AND number = ?"
    row = view.world.store.one(sql, ordinal, view.number)
    if row is None:
        return ""
    address = f"/phones/{view.number}/resend"
    found = chat.reports(view.world, ordinal)
    reports = "".join(report_row(view, ordinal, report, address) for report in found)
    rows = f'<ul class="reports">{reports}</ul>' if reports else f"<p>{view.words['no_reports']}</p>"
    raw = json.dumps(json.loads(row["request"]), ensure_ascii=False, indent=2)
    return fill("detail", view, rows=rows, raw=esc(raw))


def report_row(view: View, ordinal: int, report: dict[str, Any], address: str) -> str:
    code = f" {report['code']}" if report["code"] else ""
    tone = TONES.get(report["state"], "wait")
    attempts = "".join(f"<li>{_attempt(view, item)}</li>" for item in report["log"])
    actions = "".join(
        f'<button name="how" value="{how}">{view.words[how]}</button>' for how in chat.REPORT_ACTIONS
    )
    return (
        f"<li><div>{esc(report['name'])}{code} "
        f'<span class="{tone}">{view.words["state_" + report["state"]]}</span>'
        f'<p class="small">{view.words["due"]} {view.moment(report["due"])}</p></div>'
        f"<ol>{attempts}</ol>"
        f'<form class="tools" method="post" action="{address}?lang={view.lang}">'
        f'<input type="hidden" name="ordinal" value="{ordinal}">'
        f'<input type="hidden" name="event" value="{report["id"]}">{actions}</form></li>'
    )


def _attempt(view: View, item: list[Any]) -> str:
    flaw = f", {esc(item[2])}" if len(item) > 2 else ""
    return f"{view.moment(item[0])}: {'HTTP ' + str(item[1]) if item[1] else view.words['no_answer']}{flaw}"
