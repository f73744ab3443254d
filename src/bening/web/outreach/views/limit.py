"""A limit by minute, kept in this process alone: what is counted is a link, never a visitor."""

from datetime import datetime
from threading import Lock


class Limit:
    """So many a minute for each key; forgotten when the minute is over."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.minute = ""
        self.seen: dict[int, int] = {}
        self.lock = Lock()

    def allows(self, key: int, now: datetime) -> bool:
        """Whether one more is within the limit."""
        with self.lock:
            minute = f"{now:%Y%m%d%H%M}"
            if minute != self.minute:
                self.minute, self.seen = minute, {}
            self.seen[key] = self.seen.get(key, 0) + 1
            return self.seen[key] <= self.most
