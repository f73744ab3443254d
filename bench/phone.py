"""The respondent's phone as a weak phone on a weak line has it, against the doors of a small demo.

Chromium with a window of 360 × 740, emulated through its own protocol; cold means a profile without cache.

- Bytes are those on the wire as the static host compresses them. First load: bodies of page, style and
  modules fetched until the start button stands. Interview: everything from the link to the receipt, bodies
  and headers of what is received and bodies of what is sent; headers that the browser sends are a figure of
  their own, because HTTP/2 writes repeated ones in a few bytes and the plain HTTP of loopback in full.
- Requests: all that leave before the start button stands, preflights as well (Chromium counts no bytes for
  those) but not that for an icon; the tap itself needs none.
- Slow 3G: 400 kbit/s each way and 400 ms before every reply, CPU at a quarter, median of five cold loads.
  Chromium delays requests, not packets: setting up a connection (DNS, TCP, TLS) comes on top on a real line.
  Answerable: until the first question can be tapped, without the time somebody reads the welcome.
- Sending: CPU at a twentieth, no slow line, from the tap to the receipt code, median of five people.
- axe: all rules, on every screen of each group, in both languages and both themes.
- Lighthouse (mobile, median of three) is no dependency: it is run if $LIGHTHOUSE or the path has the program,
  else its figures are left out.
"""

import base64
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bening.demo import browser
from tests.journeys.conftest import Country, settled, unanswered
from tests.journeys.respondent import NEXT, QUESTION, RECEIPT, open_link, screens, to_review

BARS = {
    "phone_first_load_bytes": "at most 20,000",
    "phone_interview_bytes": "at most 40,000",
    "phone_interview_sent_header_bytes": "",
    "phone_requests": "at most 8",
    "phone_lcp_slow3g_ms": "at most 1,500",
    "phone_answerable_slow3g_ms": "at most 2,500",
    "phone_send_cpu20_ms": "at most 3,000",
    "phone_axe_screens": "",
    "axe_violations": "0",
    "lighthouse_performance": "at least 95",
    "lighthouse_accessibility": "100",
}
Figures = dict[str, float | int | str]
TIMES = 5
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
ICON = "/favicon.ico"
FIRST = ("Document", "Stylesheet", "Script")
START = "main > button.main"
UNKNOWN = "A" * 22  # a secret nobody was given
LARGEST = """new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""
# Notes on the page's own clock when something first stands there.
WATCH = """window.stood = {};
  const look = () => Object.entries(%s).forEach(([name, css]) => {
    if (document.querySelector(css)) window.stood[name] ??= performance.now();
  });
  new MutationObserver(look).observe(document, { childList: true, subtree: true });"""
TAP = """css => { window.tapped = performance.now(); document.querySelector(css).click(); }"""


def measure() -> Figures:
    """Everything; the demo takes two minutes or so of it."""
    executable = browser.installed()
    if executable is None:
        raise SystemExit("no Chromium was found: install one or name it in CHROMIUM")
    with tempfile.TemporaryDirectory() as folder, settled(Path(folder) / "demo") as country:
        return figures(country, executable)


def figures(country: Country, executable: str) -> Figures:
    """All figures of a demo that serves."""
    links = unanswered(country)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable, args=list(browser.FLAGS))
        loads = [slow_load(chromium, links["external"][0]) for _ in range(TIMES)]
        found: Figures = {
            **weighed(chromium, links["internal"].pop()),
            "phone_lcp_slow3g_ms": round(statistics.median(lcp for lcp, _ in loads)),
            "phone_answerable_slow3g_ms": round(statistics.median(ready for _, ready in loads)),
            "phone_send_cpu20_ms": round(
                statistics.median(sending(chromium, links["internal"].pop()) for _ in range(TIMES))
            ),
            **judged(chromium, country, [links[group].pop() for group in links]),
        }
        chromium.close()
    return found | lighthouse(links["external"][0], executable)


def opened(chromium: Browser) -> Page:
    """A phone that has never been here."""
    context = chromium.new_context(viewport=browser.PHONE, locale="id-ID", has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(4 * browser.PATIENCE)
    page.add_init_script(WATCH % json.dumps({"start": START, "question": QUESTION, "receipt": RECEIPT}))
    return page


def slow_load(chromium: Browser, link: str) -> tuple[float, float]:
    """Milliseconds to the largest paint and to the first question, on the slow line."""
    page = opened(chromium)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(link)
    page.wait_for_selector(START)
    largest = page.evaluate(LARGEST)
    page.evaluate(TAP, START)
    page.wait_for_selector(QUESTION)
    start, tapped, question = page.evaluate("[stood.start, tapped, stood.question]")
    page.context.close()
    return largest, start + question - tapped


class Meter:
    """What passes over the wire, as Chromium reports it."""

    def __init__(self, wire: CDPSession) -> None:
        self.kinds: dict[str, str] = {}  # request -> type
        self.heads: dict[str, int] = {}  # request -> bytes of its reply's headers
        self.whole: dict[str, int] = {}  # request -> bytes of its reply
        self.sent = self.headers = 0
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self.begun)
        wire.on("Network.requestWillBeSentExtraInfo", self.asked)
        wire.on("Network.requestServedFromCache", self.spared)
        wire.on("Network.responseReceived", self.answered)
        wire.on("Network.loadingFinished", self.finished)

    def begun(self, event: dict[str, Any]) -> None:
        """A request and its body; an icon is the browser's own wish and waits for everything else."""
        request = event["request"]
        if not request["url"].endswith(ICON):
            self.kinds[event["requestId"]] = event.get("type", "")
        for part in request.get("postDataEntries", []):
            self.sent += len(base64.b64decode(part["bytes"]))

    def asked(self, event: dict[str, Any]) -> None:
        """The headers as they went out."""
        self.headers += sum(len(name) + len(value) + 4 for name, value in event["headers"].items())

    def spared(self, event: dict[str, Any]) -> None:
        """A request that never left."""
        self.kinds.pop(event["requestId"], None)

    def answered(self, event: dict[str, Any]) -> None:
        """The headers of a reply."""
        if event["response"].get("fromDiskCache"):
            self.spared(event)
        self.heads[event["requestId"]] = event["response"]["encodedDataLength"]

    def finished(self, event: dict[str, Any]) -> None:
        """A whole reply."""
        self.whole[event["requestId"]] = event["encodedDataLength"]

    def first(self) -> int:
        """Bytes of the bodies of page, style and modules so far."""
        return sum(
            size - self.heads[request]
            for request, size in self.whole.items()
            if self.kinds.get(request) in FIRST
        )


def weighed(chromium: Browser, link: str) -> Figures:
    """Bytes and requests of one cold interview."""
    page = opened(chromium)
    meter = Meter(page.context.new_cdp_session(page))
    page.goto(link)
    page.wait_for_selector(START)
    first, requests = meter.first(), len(meter.kinds)
    for _ in screens(page):
        pass
    page.wait_for_load_state("networkidle")
    page.context.close()
    return {
        "phone_first_load_bytes": first,
        "phone_interview_bytes": sum(meter.whole.values()) + meter.sent,
        "phone_interview_sent_header_bytes": meter.headers,
        "phone_requests": requests,
    }


def sending(chromium: Browser, link: str) -> float:
    """Milliseconds from the tap on send to the code, on a very slow phone."""
    page = opened(chromium)
    page.goto(link)
    to_review(page)
    wire = page.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 20})
    page.evaluate(TAP, NEXT)
    page.wait_for_selector(RECEIPT)
    took: float = page.evaluate("stood.receipt - tapped")
    page.context.close()
    return took


def judged(chromium: Browser, country: Country, links: list[str]) -> Figures:
    """What axe finds on the screens of these people, on that for a typed code and on a refusal."""
    page = opened(chromium)
    client = country.door("client")
    faults: list[str] = []
    count = 0
    for address in (client, f"{client}/i#{UNKNOWN}"):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector("h1")
        faults, count = faults + audited(page), count + 1
    for link in links:
        open_link(page, link)
        for _ in screens(page):
            faults, count = faults + audited(page), count + 1
    page.context.close()
    for fault in faults:
        print(fault)
    return {"phone_axe_screens": count, "axe_violations": len(faults)}


def audited(page: Page) -> list[str]:
    """Violations on the screen as it stands, in each language and theme."""
    faults = []
    for language in ("en", "id"):
        page.click(f"footer button[lang={language}]")
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two words
            found = Axe().run(page).response["violations"]
            title = page.inner_text("h1")
            faults += [
                f"{title}, {language}, {scheme}: {one['id']} {one['nodes'][0]['html']}" for one in found
            ]
    return faults


def lighthouse(link: str, executable: str) -> Figures:
    """Performance and accessibility of the page behind a link, 0 to 100; nothing without the program."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if program is None:
        print("lighthouse is not installed: its two figures are left out")
        return {}
    flags = " ".join(("--headless=new", *browser.FLAGS))
    words = [program, link, "--quiet", "--output=json", "--no-enable-error-reporting"]
    words += ["--only-categories=performance,accessibility", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": executable}
    runs = [
        json.loads(subprocess.run(words, env=environment, capture_output=True, check=True, text=True).stdout)
        for _ in range(3)
    ]
    return {
        f"lighthouse_{name}": round(100 * statistics.median(run["categories"][name]["score"] for run in runs))
        for name in ("performance", "accessibility")
    }
