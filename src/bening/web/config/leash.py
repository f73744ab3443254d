"""How children die with their parent, even when it is killed: they read a pipe that it alone can write."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence


def wear(descriptor: int | None) -> None:
    """End this process when the parent's end of the pipe closes."""
    if descriptor is not None:
        threading.Thread(target=wait, args=(descriptor,), daemon=True).start()


def wait(descriptor: int) -> None:
    """Block until the parent is gone, then ask this process to stop, and insist after a while."""
    os.read(descriptor, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(20)
    os._exit(1)


class Pack:
    """Children on one leash: started together, stopped together."""

    def __init__(self) -> None:
        self.read, self.write = os.pipe()
        self.members: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, words: Sequence[str], environment: dict[str, str]) -> None:
        """Start one child of this program on the leash."""
        command = [sys.executable, "-m", "bening.cli", *words, "--leash", str(self.read)]
        self.members[name] = subprocess.Popen(  # noqa: S603  our own program
            command, env=environment, pass_fds=(self.read,), stdin=subprocess.DEVNULL
        )

    def fallen(self) -> list[str]:
        """Names of children that have ended by themselves."""
        return [name for name, child in self.members.items() if child.poll() is not None]

    def stop(self) -> None:
        """Let go of the leash and wait for everybody, newest first."""
        for child in reversed(self.members.values()):
            child.terminate()
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        os.close(self.write)
        os.close(self.read)
