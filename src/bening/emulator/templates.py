"""The provider's book of templates: kept in memory for sending, written down for a restart."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from bening.emulator.chaos import Chance, Knobs
from bening.emulator.faults import GraphError
from bening.emulator.review import TOO_MANY, Rules, check_components, check_template, decide
from bening.emulator.store import Store
from bening.emulator.wording import Wording, parse
from bening.emulator.writer import Job

NAMES_MAX = 250
FOREVER = float("inf")
PAUSES = ((3 * 3600.0, "FIRST_PAUSE"), (6 * 3600.0, "SECOND_PAUSE"))
DEFAULT_LIFETIME = 30 * 86_400
STATUSES = (
    "PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED", "FLAGGED", "IN_APPEAL", "LIMIT_EXCEEDED",
    "ARCHIVED",
)  # fmt: skip
QUALITIES = ("GREEN", "YELLOW", "RED", "UNKNOWN")
SAVE = """INSERT INTO template (id, body) VALUES (?, ?)
  ON CONFLICT (id) DO UPDATE SET body = excluded.body"""
SENT = "SELECT count(*) FROM message WHERE template = ? AND language = ? AND at > ?"
Announce = Callable[[str, dict[str, Any]], None]


@dataclass(slots=True)
class Template:
    id: str
    name: str
    language: str
    category: str
    status: str
    components: list[dict[str, Any]]
    wording: int
    lifetime: int
    change_at: float | None
    created: float
    reason: str = "NONE"
    quality: str = "UNKNOWN"
    pauses: int = 0
    sent: int = 0  # accepted messages since the last pause, for quality and pacing
    bad: int = 0  # blocks and reports since the last pause
    held_from: float | None = None
    counted_from: float = 0.0  # time of the last pause: older messages count no longer

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": self.status,
            "parameter_format": "POSITIONAL",
            "components": self.components,
            "message_send_ttl_seconds": self.lifetime,
            "rejected_reason": self.reason,
            "quality_score": {"score": self.quality, "date": int(self.created)},
        }


class TemplateBook:
    def __init__(self, store: Store, rules: Rules, *, seed: int, announce: Announce) -> None:
        self._store, self._rules, self._seed, self._announce = store, rules, seed, announce
        self._lock = threading.RLock()
        self._by_id: dict[str, Template] = {}
        self._by_name: dict[tuple[str, str], Template] = {}
        self._wordings: dict[int, Wording] = {}
        self._next_change = FOREVER
        for row in store.rows("SELECT body FROM template ORDER BY rowid"):
            self._keep(Template(**json.loads(row["body"])))
        for template in self._by_id.values():
            # What was sent is counted again: it was not written down with every message.
            book = (template.name, template.language, template.counted_from)
            template.sent = store.number(SENT, *book)
        for row in store.rows("SELECT id, components FROM wording"):
            self._wordings[row["id"]] = parse(row["id"], json.loads(row["components"]))
        self._plan_next()

    def find(self, name: str, language: str, now: float) -> Template | None:
        self.settle(now)
        return self._by_name.get((name, language))

    def names(self) -> set[str]:
        return {name for name, _ in self._by_name}

    def get(self, template: str, now: float) -> Template | None:
        self.settle(now)
        return self._by_id.get(template)

    def wording(self, version: int) -> Wording:
        return self._wordings[version]

    def listed(self, now: float) -> list[Template]:
        self.settle(now)
        with self._lock:
            return list(self._by_id.values())

    def create(self, body: dict[str, Any], now: float) -> Template:
        check_template(body)
        name, language = body["name"], body["language"]
        with self._lock:
            if (name, language) in self._by_name:
                raise GraphError(100, "content in this language already exists", subcode=2388024)
            if name not in self.names() and len(self.names()) >= NAMES_MAX:
                raise GraphError(100, f"at most {NAMES_MAX} template names", subcode=TOO_MANY)
            number = int.from_bytes(Chance(self._seed, name, language, now).digest("template")[:6], "big")
            template = Template(
                id=str(10**15 + number),
                name=name,
                language=language,
                category=body["category"].upper(),
                status="PENDING",
                components=body["components"],
                wording=self._new_wording(body["components"]),
                lifetime=body.get("message_send_ttl_seconds", DEFAULT_LIFETIME),
                change_at=now + self._rules.delay_s,
                created=now,
            )
            self._save(template)
            return template

    def edit(self, template: Template, body: dict[str, Any], now: float) -> None:
        """A changed text is read by the reviewer again; until then it cannot be sent."""
        with self._lock:
            if "components" in body:
                check_components(body["components"])
                template.components = body["components"]
                template.wording = self._new_wording(body["components"])
                template.status, template.change_at = "PENDING", now + self._rules.delay_s
            template.category = str(body.get("category", template.category)).upper()
            self._save(template)

    def delete(self, name: str, template: str | None = None) -> bool:
        with self._lock:
            doomed = [t for t in self._by_id.values() if t.name == name and template in (None, t.id)]
            job = Job()
            for one in doomed:
                del self._by_id[one.id], self._by_name[one.name, one.language]
                job.run("DELETE FROM template WHERE id = ?", one.id)
            self._store.writer.commit(job)
            return bool(doomed)

    def clear(self) -> None:
        with self._lock:
            self._by_id.clear()
            self._by_name.clear()
            self._wordings.clear()
            self._next_change = FOREVER
            self._store.clear(("template", "wording"))

    def force(self, template: Template, changes: dict[str, Any]) -> None:
        """The control room's hand: put a template into any status, quality or category, with its webhook."""
        with self._lock:
            status = changes.get("status", template.status)
            quality = changes.get("quality", template.quality)
            if status not in STATUSES or quality not in QUALITIES:
                raise ValueError("no such status or quality")
            template.change_at = None
            self._set_category(template, str(changes.get("category", template.category)).upper())
            self._set_quality(template, quality)
            self._set_status(template, status, template.reason)
            self._save(template)

    def settle(self, now: float) -> None:
        """Let everything happen that was due: decisions of the reviewer, ends of pauses."""
        if now < self._next_change:
            return
        with self._lock:
            for template in self._by_id.values():
                if template.change_at is not None and template.change_at <= now:
                    self._change(template)
            self._plan_next()

    def held_until(self, template: Template, knobs: Knobs, now: float) -> float | None:
        """Pacing: the first batch of a template goes out, the rest waits until that batch has been judged."""
        template.sent += 1
        if knobs.pacing_first_n <= 0 or template.sent <= knobs.pacing_first_n:
            return None
        if template.held_from is None:
            with self._lock:
                template.held_from = now
                self._save(template)
        release = template.held_from + knobs.pacing_hold_min * 60
        return release if now < release else None

    def complain(self, template: Template, knobs: Knobs, now: float) -> None:
        """Somebody blocked or reported us over this template."""
        with self._lock:
            template.bad += 1
            share = template.bad / max(template.sent, 1)
            if template.sent < knobs.quality_min or template.status != "APPROVED":
                return
            if share >= knobs.quality_red:
                self._set_quality(template, "RED")
                self._pause(template, now)
            elif share >= knobs.quality_yellow:
                self._set_quality(template, "YELLOW")
            self._save(template)

    def _pause(self, template: Template, now: float) -> None:
        template.bad = template.sent = 0
        template.counted_from = now
        if template.pauses < len(PAUSES):
            seconds, reason = PAUSES[template.pauses]
            template.pauses, template.change_at = template.pauses + 1, now + seconds
            self._set_status(template, "PAUSED", reason)
        else:
            self._set_status(template, "DISABLED", "DISABLED")

    def _change(self, template: Template) -> None:
        template.change_at = None
        if template.status == "PENDING":
            decision = decide(template.category, template.components, self._rules)
            self._set_category(template, decision.category)
            template.reason = decision.reason
            self._set_status(template, decision.status, decision.reason)
        elif template.status == "PAUSED":
            self._set_quality(template, "UNKNOWN")
            self._set_status(template, "APPROVED", "NONE")
        self._save(template)

    def _set_status(self, template: Template, status: str, reason: str) -> None:
        if status == template.status:
            return
        template.status = status
        news: dict[str, Any] = self._about(template) | {"event": status, "reason": reason}
        if status in ("PAUSED", "DISABLED"):
            news["other_info"] = {"title": reason}
        self._announce("message_template_status_update", news)

    def _set_quality(self, template: Template, quality: str) -> None:
        if quality == template.quality:
            return
        news = {"previous_quality_score": template.quality, "new_quality_score": quality}
        template.quality = quality
        self._announce("message_template_quality_update", self._about(template) | news)

    def _set_category(self, template: Template, category: str) -> None:
        if category == template.category:
            return
        news = {"previous_category": template.category, "new_category": category}
        template.category = category
        self._announce("template_category_update", self._about(template) | news)

    def _about(self, template: Template) -> dict[str, Any]:
        return {
            "message_template_id": int(template.id),
            "message_template_name": template.name,
            "message_template_language": template.language,
        }

    def _new_wording(self, components: list[dict[str, Any]]) -> int:
        version = max(self._wordings, default=0) + 1
        self._wordings[version] = parse(version, components)
        sql = "INSERT INTO wording (id, components) VALUES (?, ?)"
        self._store.writer.commit(Job().run(sql, version, json.dumps(components)))
        return version

    def _keep(self, template: Template) -> None:
        self._by_id[template.id] = self._by_name[template.name, template.language] = template

    def _save(self, template: Template) -> None:
        self._keep(template)
        self._plan_next()
        self._store.writer.commit(Job().run(SAVE, template.id, json.dumps(asdict(template))))

    def _plan_next(self) -> None:
        changes = [t.change_at for t in self._by_id.values() if t.change_at is not None]
        self._next_change = min(changes, default=FOREVER)
