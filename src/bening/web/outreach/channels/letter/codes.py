"""What can become of a letter -> class of outcome. Data."""

CLASSES = {"returned": "contact_dead", "refused": "opted_out", "moved": "contact_dead"}


def kind_of(code: str) -> str:
    """The class of what came back."""
    return CLASSES.get(code, "our_fault")
