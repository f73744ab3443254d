"""Provider code -> class of outcome. Data: the table of docs/methods/delivery.md."""

STOP_CHANNEL = {0, 3, 10, 190, 368, 131005, 131031, 131037, 131042, 131045} | set(range(200, 300))
THROTTLE = {4, 80007, 130429, 131056, 131057, 133016}
STOP_TEMPLATE = {131048, 131064, 132015, 132016}
RETRY = {1, 2, 131000, 131016, 135000}
CONTACT_DEAD = {131026, 131021, 130497}
PERSON_WAIT = {131049, 130472}
OPTED_OUT = {131050}

TIER_WORDS = {  # different recipients in 24 hours; 0 = no limit
    "TIER_250": 250, "TIER_2K": 2000, "TIER_10K": 10_000, "TIER_100K": 100_000, "TIER_UNLIMITED": 0,
}  # fmt: skip

CLASSES = (
    ("throttle", THROTTLE),
    ("stop_channel", STOP_CHANNEL),
    ("stop_template", STOP_TEMPLATE),
    ("retry", RETRY),
    ("contact_dead", CONTACT_DEAD),
    ("person_wait", PERSON_WAIT),
    ("opted_out", OPTED_OUT),
)


def classify(code: int, http_status: int = 400) -> str:
    """The class of a code; an unlisted one is our fault until somebody classifies it."""
    for name, codes in CLASSES:
        if code in codes:
            return name
    if 133000 <= code < 134000:
        return "stop_channel"
    return "retry" if http_status >= 500 else "our_fault"


def kind_of(code: str) -> str:
    """The class of a code as it stands in a row."""
    return classify(int(code)) if code.isdigit() else "our_fault"
