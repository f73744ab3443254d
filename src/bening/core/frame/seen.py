"""Who was seen before: 64-bit hashes in flat arrays, a tenth of the memory of a dictionary.

The hashes are those of the running process, keyed anew each time it starts; no key is kept in the open and
nothing of it leaves the process. Two different keys fall together once in some ten million full lists.
"""

from array import array
from collections.abc import Callable, Hashable, Iterable

Meet = Callable[[Iterable[Hashable]], str | None]
BITS = (1 << 64) - 1
SMALLEST = 1 << 10


class Seen:
    """The first holder of each key: an open hash table, at most three quarters full."""

    __slots__ = ("hashes", "holders", "room")

    def __init__(self, size: int = SMALLEST) -> None:
        self.hashes = array("Q", [0]) * size
        self.holders = array("I", [0]) * size
        self.room = size * 3 // 4

    def first(self, key: Hashable, holder: int) -> int | None:
        """The holder that had this key before, or None: then it is `holder` from now on."""
        return self.place(hash(key) & BITS or 1, holder)

    def place(self, mark: int, holder: int) -> int | None:
        """The same for the hash of a key; 0 marks a free slot."""
        hashes = self.hashes
        last = len(hashes) - 1
        slot = mark & last
        while found := hashes[slot]:
            if found == mark:
                return self.holders[slot]
            slot = (slot + 1) & last
        hashes[slot], self.holders[slot] = mark, holder
        self.room -= 1
        if not self.room:
            self.grow()
        return None

    def grow(self) -> None:
        """Twice the room."""
        wider = Seen(2 * len(self.hashes))
        for mark, holder in zip(self.hashes, self.holders, strict=True):
            if mark:
                wider.place(mark, holder)
        self.hashes, self.holders, self.room = wider.hashes, wider.holders, wider.room


class Institutions:
    """Staff lists of several institutions, read one after the other: who stands on two of them."""

    __slots__ = ("codes", "seen")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.seen = Seen()

    def meet(self, code: str) -> Meet:
        """A question to ask of every row of this institution's list: which other list had the person?"""
        here = len(self.codes)
        self.codes.append(code)

        def ask(keys: Iterable[Hashable]) -> str | None:
            found = [self.seen.first(key, here) for key in keys]
            return next((self.codes[one] for one in found if one is not None and one != here), None)

        return ask
