"""Marionette, the language in which Firefox is driven: JSON over TCP, each message after its length.

Spoken directly, because the usual go-between is a program that has to be downloaded.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

PROGRAM = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 60.0  # seconds until Firefox listens, and for anything awaited on a page
PROMPT = 0.05  # seconds between two looks
WIDTH, HEIGHT = "500", "800"  # it makes no window narrower
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which WebDriver names elements
NOWHERE = 9  # a port nobody listens on: whatever is not loopback goes there
PREFERENCES: dict[str, Any] = {
    "marionette.port": 0,  # any free one; Firefox writes which
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": NOWHERE,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": NOWHERE,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
}


class Wrong(Exception):
    """What Firefox refused."""


class Firefox:
    """One window of one Firefox with a profile of its own."""

    def __init__(self, port: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.count = 0
        self.read()  # it introduces itself
        self.ask("WebDriver:NewSession", strictFileInteractability=True)

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def read(self) -> Any:
        """One message: its length in digits, a colon, JSON."""
        digits = b""
        while (char := self.line.recv(1)) != b":":
            if not char:
                raise Wrong("Firefox hung up")
            digits += char
        text = b""
        while len(text) < int(digits):
            text += self.line.recv(int(digits) - len(text))
        return json.loads(text)

    def ask(self, name: str, **parameters: Any) -> Any:
        """A command and its result."""
        self.count += 1
        message = json.dumps([0, self.count, name, parameters]).encode()
        self.line.sendall(str(len(message)).encode() + b":" + message)
        _, number, error, result = self.read()
        assert number == self.count
        if error:
            raise Wrong(f"{name}: {error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def go(self, url: str) -> None:
        """Open an address."""
        self.ask("WebDriver:Navigate", url=url)

    def script(self, body: str, *args: Any) -> Any:
        """What the body of an async function returns in the page."""
        whole = f"return (async function () {{ {body} }}).apply(null, arguments);"
        return self.ask("WebDriver:ExecuteScript", script=whole, args=list(args))

    def find(self, css: str) -> list[dict[str, str]]:
        """Every element that matches."""
        found: list[dict[str, str]] = self.ask("WebDriver:FindElements", using="css selector", value=css)
        return found

    def element(self, css: str, text: str = "") -> dict[str, str]:
        """The first element on show that matches and holds the text, waited for."""
        body = """const [css, text] = arguments;
          return [...document.querySelectorAll(css)].find(
            (one) => one.checkVisibility() && one.textContent.includes(text)) ?? null;"""
        try:
            found: dict[str, str] = until(lambda: self.script(body, css, text), f"{css} {text}")
        except Wrong as wrong:
            raise Wrong(f"{wrong}; there stands: {self.script('return document.body.innerText')}") from None
        return found

    def click(self, css: str, text: str = "") -> None:
        """Tap it, as a finger does: an element that is covered refuses."""
        self.ask("WebDriver:ElementClick", id=self.element(css, text)[ELEMENT])

    def type(self, css: str, text: str) -> None:
        """Write into it, key by key."""
        self.ask("WebDriver:ElementSendKeys", id=self.element(css)[ELEMENT], text=text)

    def text(self, css: str) -> str:
        """What the first element that matches says."""
        self.element(css)
        said: str = self.script("return document.querySelector(arguments[0]).innerText", css)
        return said

    def back(self) -> None:
        """The browser's own button."""
        self.ask("WebDriver:Back")

    def reload(self) -> None:
        """Load the page anew."""
        self.ask("WebDriver:Refresh")

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self.ask("WebDriver:TakeScreenshot", full=False))


def until(look: Callable[[], Any], what: str) -> Any:
    """Look again and again until there is something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > end:
            raise Wrong(f"never came: {what}")
        time.sleep(PROMPT)
    return found


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Start Firefox on a fresh profile in the folder; it ends with the block."""
    profile = folder / "firefox"
    profile.mkdir()
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines))
    words = ["--marionette", "--headless", "--no-remote", "--profile", str(profile)]
    words += ["--width", WIDTH, "--height", HEIGHT]
    environment = os.environ | {"HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with (folder / "firefox.log").open("wb") as log:
        assert PROGRAM
        process = subprocess.Popen([PROGRAM, *words], env=environment, stdout=log, stderr=log)
    try:
        active = profile / "MarionetteActivePort"
        port = until(lambda: active.exists() and active.read_text().strip(), "the port of Firefox")
        with closing(Firefox(int(port))) as started:
            yield started
    finally:
        process.terminate()
        process.wait(30)
