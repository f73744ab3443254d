"""Every ending of a request is one of five, seen against real sockets."""

import contextlib
import json
import socket
import struct
import threading

import pytest
import urllib3

from bening.web.outreach.channels.base import Accepted, Message, NotSent, Rejected, Throttled, Unknown
from bening.web.outreach.channels.whatsapp.codes import classify
from bening.web.outreach.channels.whatsapp.send import outcome, pool, send
from bening.web.outreach.channels.whatsapp.settings import Whatsapp

MESSAGE = Message(
    key="a" * 32,
    attempt=2,
    step="invite",
    language="id",
    to="+628121",
    secret="geheim",
    words={"check_code": "K7Q2-9XMA", "phrase": "teduh rimba", "minutes": "10", "closes": "29 Agustus 2025"},
)
ACCEPTED = {"messages": [{"id": "wamid.1", "message_status": "accepted"}]}


class Provider:
    """A server that reads what it is told to read and answers what it is told to answer."""

    def __init__(self, reply, *, reads="all", hangs=False):
        self.reply, self.reads, self.hangs = reply, reads, hangs
        self.bodies, self.connections = [], 0
        self.over, self.ended = threading.Event(), threading.Semaphore(0)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    @property
    def sender(self):
        return Whatsapp(
            f"http://127.0.0.1:{self.socket.getsockname()[1]}", "v26.0", "2", "1", "token", "http://x/i#"
        )

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.socket.accept()
                self.connections += 1
                self.talk(line)
                self.ended.release()

    def talk(self, line):
        with line, contextlib.suppress(OSError):
            head, body = b"", b""
            while self.reads != "nothing" and b"\r\n\r\n" not in head:
                head += line.recv(1)
            size = next(
                (
                    int(row.split(b":")[1])
                    for row in head.splitlines()
                    if row.lower().startswith(b"content-l")
                ),
                0,
            )
            while self.reads == "all" and len(body) < size:
                body += line.recv(65536)
            self.bodies.append(body)
            if self.hangs:
                self.over.wait(10)
            if self.reply is None:  # a reset, not a polite end
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            line.sendall(self.reply)

    def close(self):
        self.over.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


def http(status, body, kind="application/json", length=None):
    """The bytes of a reply."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length or len(data)}\r\n\r\n"
    return head.encode() + data


@pytest.fixture
def provider():
    """`provider(reply)` starts a server; all are stopped at the end."""
    running = []

    def start(*words, **more):
        running.append(Provider(*words, **more))
        return running[-1]

    yield start
    for server in running:
        server.close()


def ask(server, manager=None):
    manager = manager or pool()
    result = send(manager, server.sender, MESSAGE)
    manager.clear()
    return result


def test_a_message_that_was_taken(provider):
    server = provider(http(200, ACCEPTED))
    assert ask(server) == Accepted("wamid.1")
    body = json.loads(server.bodies[0])
    assert body["to"] == "628121"
    assert body["biz_opaque_callback_data"] == f"d:{'a' * 32}:2"
    link = next(part for part in body["template"]["components"] if part.get("sub_type") == "url")
    assert link["parameters"] == [{"type": "text", "text": "geheim"}]


def test_a_message_that_was_taken_and_is_held_back(provider):
    held = {"messages": [{"id": "wamid.1", "message_status": "held_for_quality_assessment"}]}
    assert ask(provider(http(200, held))) == Accepted("wamid.1", held=True)


def test_a_line_that_was_refused_sent_nothing():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    sender = Whatsapp(f"http://127.0.0.1:{port}", "v26.0", "2", "1", "token", "")
    assert send(pool(), sender, MESSAGE) == NotSent("NewConnectionError")


@pytest.mark.parametrize("reads", ["head", "all"])
def test_a_line_that_breaks_after_the_body_was_begun_leaves_it_unknown(provider, reads):
    server = provider(None, reads=reads)
    assert isinstance(ask(server), Unknown)
    assert server.connections == 1


def test_a_line_that_breaks_at_once_is_never_called_taken(provider):
    """Whether the first bytes still left the house is a race; either answer is honest."""
    server = provider(None, reads="nothing")
    assert isinstance(ask(server), Unknown | NotSent)
    assert server.connections == 1


@pytest.mark.parametrize(
    "reply",
    [
        http(502, b"<html>Bad Gateway</html>", "text/html"),
        http(200, b"OK", "text/plain"),
        http(200, {"success": True}),
        http(200, {"messages": []}),
        http(200, {"messages": [{"message_status": "accepted"}]}),
        http(200, [1]),
        http(500, {"error": "sorry"}),
        http(500, {"error": {"message": "no code"}}),
        http(200, b"[" * 100_000),
        http(200, ACCEPTED, length=10_000),
        b"HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"not HTTP at all\r\n\r\n",
        b"",
    ],
)
def test_an_answer_nobody_understands_leaves_it_unknown_and_is_not_asked_for_again(provider, reply):
    server = provider(reply)
    assert isinstance(ask(server), Unknown)
    assert server.connections == 1


def test_an_answer_that_does_not_come_leaves_it_unknown(provider):
    server = provider(http(200, ACCEPTED), hangs=True)
    hasty = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=1, read=0.1))
    assert ask(server, hasty) == Unknown("ReadTimeoutError")


def test_a_connection_that_ended_between_two_messages_is_replaced(provider):
    server, manager = provider(http(200, ACCEPTED)), pool()
    for _ in range(2):
        assert send(manager, server.sender, MESSAGE) == Accepted("wamid.1")
        assert server.ended.acquire(timeout=5)
    manager.clear()
    assert len(server.bodies) == 2


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (190, 401, "stop_channel"),
        (0, 400, "stop_channel"),
        (200, 403, "stop_channel"),
        (299, 403, "stop_channel"),
        (133010, 400, "stop_channel"),
        (131031, 403, "stop_channel"),
        (131048, 400, "stop_template"),
        (132015, 400, "stop_template"),
        (131000, 500, "retry"),
        (2, 503, "retry"),
        (7777, 500, "retry"),
        (131026, 400, "contact_dead"),
        (131049, 400, "person_wait"),
        (131050, 400, "opted_out"),
        (132000, 400, "our_fault"),
        (100, 400, "our_fault"),
        (7777, 400, "our_fault"),
    ],
)
def test_a_refusal_is_classed_by_its_code_not_by_its_http_status(provider, code, status, kind):
    assert ask(provider(http(status, {"error": {"code": code}}))) == Rejected(str(code), kind, status)
    if code != 7777:
        assert classify(code, 200) == kind


@pytest.mark.parametrize("code", [4, 80007, 130429, 131056, 131057, 133016])
def test_too_fast_is_no_refusal(code):
    assert outcome(400, json.dumps({"error": {"code": code}}).encode()) == Throttled(str(code))
