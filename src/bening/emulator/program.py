"""Start, serve, stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from bening.emulator.mail import MailServer
from bening.emulator.options import read
from bening.emulator.server import Server
from bening.emulator.world import World, build


def main(argv: Sequence[str] | None = None) -> int:
    options = read(argv)
    world = build(options)
    try:
        with _mail(world), Server(world) as server:
            _stop_on_signal(server)
            if options.leash is not None:
                threading.Thread(target=_leash, args=(options.leash, server), daemon=True).start()
            host = f"[{options.host}]" if ":" in options.host else options.host
            print("SIMULATOR: no real messages are sent", flush=True)
            print(f"listening on http://{host}:{server.server_address[1]}", flush=True)
            server.serve_forever(poll_interval=0.05)
    finally:
        world.close()
    return 0


@contextmanager
def _mail(world: World) -> Iterator[None]:
    """The mail server beside the other one, if asked for."""
    if world.options.smtp_port is None:
        yield
        return
    with MailServer(world, world.options.smtp_port) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        print(f"mail on port {server.server_address[1]}", flush=True)
        try:
            yield
        finally:
            server.shutdown()


def _stop(server: Server) -> None:
    # `shutdown` waits for the loop it ends, so it must not run in the loop's own thread.
    threading.Thread(target=server.shutdown, daemon=True).start()


def _stop_on_signal(server: Server) -> None:
    def handle(_number: int, _frame: FrameType | None) -> None:
        _stop(server)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handle)
        signal.signal(signal.SIGINT, handle)


def _leash(pipe: int, server: Server) -> None:
    """The conductor holds the other end; when it dies, however it dies, the pipe ends."""
    while os.read(pipe, 1024):
        pass
    _stop(server)
