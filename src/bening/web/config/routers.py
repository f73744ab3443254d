"""Which door a table stands behind."""

from typing import Any

from django.db.models import Model

DOORS = {"gate": "gate", "box": "box"}


def door(label: str) -> str:
    """The database alias of an app."""
    return DOORS.get(label, "default")


class Doors:
    """Sends gate and box to their own databases and lets nothing relate across."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The alias to read from."""
        return door(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The alias to write to."""
        return door(model._meta.app_label)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Only inside one database."""
        return door(one._meta.app_label) == door(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Each table is made behind its own door only."""
        return door(app_label) == db
