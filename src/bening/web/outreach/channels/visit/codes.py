"""Result of a visit -> class of outcome. Data."""

CLASSES = {
    "refused": "opted_out",
    "wrong_person": "contact_dead",
    "moved": "contact_dead",
    "deceased": "contact_dead",
    "not_at_home": "person_wait",
}


def kind_of(code: str) -> str:
    """The class of a result."""
    return CLASSES.get(code, "our_fault")
