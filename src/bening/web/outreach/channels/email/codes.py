"""Reply code of a mail server, or the word of a bounce -> class of outcome. Data."""

CLASSES = {
    "stop_channel": {"454", "530", "534", "535", "538"},
    "throttle": {"421"},
    "retry": {"450", "451", "452", "552", "deferred"},
    "contact_dead": {"510", "511", "512", "550", "551", "553", "bounced", "rejected", "failed"},
    "opted_out": {"complained", "unsubscribed"},
}


def kind_of(code: str) -> str:
    """The class of a code; an unlisted permanent one is our fault until somebody classifies it."""
    for name, codes in CLASSES.items():
        if code in codes:
            return name
    return "retry" if code.startswith("4") else "our_fault"
