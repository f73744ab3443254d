"""Reads a QR code from the pixels of a printed page: no word of the program that drew it is believed.

Versions 2 to 6 in byte mode, upright, undamaged: finder patterns, format bits, mask, codewords, blocks
(ISO/IEC 18004). Damage is not repaired: a single wrong module makes the text wrong, and the test fails.
"""

import struct
import zlib

import numpy as np

MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
MEDIUM = {2: (28, 1), 3: (44, 1), 4: (64, 2), 5: (86, 2), 6: (108, 4)}  # data codewords, blocks at level M


def grey(png):
    """Rows of brightness 0–255 of an RGB(A) picture with eight bits a channel."""
    at, data, width, height, channels = 8, b"", 0, 0, 0
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8
            channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
        data += body if kind == b"IDAT" else b""
        at += size + 12
    raw = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width * channels + 1)
    picture = np.zeros((height, width * channels), np.int32)
    for row in range(height):
        picture[row] = unfiltered(raw[row, 0], raw[row, 1:], picture[row - 1] if row else None, channels)
    return picture.reshape(height, width, channels)[:, :, 0]


def unfiltered(kind, line, above, step):
    """One line of a picture as it was before it was filtered."""
    line = line.astype(np.int32)
    above = np.zeros_like(line) if above is None else above
    if kind == 0:
        return line
    if kind == 2:
        return (line + above) % 256
    out = np.zeros_like(line)
    for at, value in enumerate(line.tolist()):
        left = int(out[at - step]) if at >= step else 0
        up, corner = int(above[at]), int(above[at - step]) if at >= step else 0
        guess = {1: left, 3: (left + up) // 2}.get(int(kind), paeth(left, up, corner))
        out[at] = (value + guess) % 256
    return out


def paeth(left, up, corner):
    """The neighbour nearest to left + up - corner."""
    near = left + up - corner
    return min((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))[2]


def modules(dark):
    """The code's modules as a square of booleans, found by its three finder patterns."""
    found = [centre for row in range(dark.shape[0]) for centre in finders(dark, row)]
    unit = np.median([size for *_, size in found])
    near = lambda one, other: abs(one[0] - other[0]) + abs(one[1] - other[1]) < 4 * unit  # noqa: E731
    corners = []
    for one in found:
        if not any(near(one, other) for other in corners):
            corners.append(one)
    seen = [[one for one in found if near(one, corner)] for corner in corners]
    seen = sorted(seen, key=len)[-3:]  # letters of a text may look alike in a line or two
    rows = [np.mean([one[0] for one in same]) for same in seen]
    columns = [np.mean([one[1] for one in same]) for same in seen]
    unit = np.median([one[2] for same in seen for one in same])
    top, left, bottom, right = min(rows), min(columns), max(rows), max(columns)
    size = round((right - left) / unit) + 7
    size = 17 + 4 * round((size - 17) / 4)
    place = lambda start, end, n: start + (end - start) * (n - 3) / (size - 7)  # noqa: E731
    return np.array(
        [
            [dark[round(place(top, bottom, r)), round(place(left, right, c))] for c in range(size)]
            for r in range(size)
        ]
    )


def finders(dark, row):
    """Centres of 1:1:3:1:1 in a row that are so in their column too: row, column, size of a module."""
    for start, widths in runs(dark[row]):
        unit = sum(widths) / 7
        if unit >= 1.5 and pattern(widths):
            column = start + sum(widths) // 2
            across = [(at, w) for at, w in runs(dark[:, column]) if at <= row < at + sum(w) and pattern(w)]
            if across:
                at, up = across[0]
                if abs(at + sum(up) / 2 - row) < unit:
                    yield row, start + sum(widths) / 2, unit


def runs(line):
    """Every five runs in a line of which the first is dark: where they start, and their lengths."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], line.astype(np.int8), [0]])))
    for at in range(0, len(edges) - 5, 2):
        yield int(edges[at]), np.diff(edges[at : at + 6]).tolist()


def pattern(widths):
    """Whether five runs are as 1:1:3:1:1."""
    unit = sum(widths) / 7
    return all(abs(w - unit * n) <= unit * 0.6 for w, n in zip(widths, (1, 1, 3, 1, 1), strict=True))


def kept(size):
    """The modules that carry no data: finders, timing, format, alignment."""
    taken = np.zeros((size, size), bool)
    taken[:9, :9] = taken[:9, -8:] = taken[-8:, :9] = True
    taken[6, :] = taken[:, 6] = True
    taken[size - 9 : size - 4, size - 9 : size - 4] = True  # the one alignment pattern of versions 2 to 6
    return taken


def text(square):
    """What a square of modules says."""
    size = len(square)
    version = (size - 17) // 4
    words, blocks = MEDIUM[version]
    form = sum(int(square[8, c]) << (4 - n) for n, c in enumerate((0, 1, 2, 3, 4))) ^ 0b10101
    assert form >> 3 == 0, "not at level M"
    taken, bits = kept(size), []
    column, up = size - 1, True
    while column > 0:
        column -= column == 6
        for row in range(size - 1, -1, -1) if up else range(size):
            for c in (column, column - 1):
                if not taken[row, c]:
                    bits.append(bool(square[row, c]) ^ MASKS[form & 7](row, c))
        column, up = column - 2, not up
    codes = [int("".join("01"[bit] for bit in bits[at : at + 8]), 2) for at in range(0, words * 8, 8)]
    short, long = words // blocks, words % blocks
    rest = codes[short * blocks :]
    data = []
    for block in range(blocks):
        data += codes[block : short * blocks : blocks]
        data += [rest[block - (blocks - long)]] if block >= blocks - long else []
    stream = "".join(f"{code:08b}" for code in data)
    assert stream[:4] == "0100", "not in byte mode"
    many = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(many)).decode()


def read(png):
    """The text of the one code on a page."""
    return text(modules(grey(png) < 128))
