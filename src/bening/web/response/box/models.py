"""Sealed ballots and spent tokens. No rights, no persons, no keys, no clock."""

from django.db import models


class Spent(models.Model):
    """A token that has voted: SHA-256 of key and token, so that later versions meet the first."""

    id = models.BinaryField(primary_key=True)

    class Privacy:
        internal = {"id"}

    def __str__(self) -> str:
        return bytes(self.id).hex()


class Ballot(models.Model):
    """One posted ballot by the hash of everything but its owner signature."""

    h = models.BinaryField(primary_key=True)
    spent = models.BinaryField(db_index=True)
    body = models.BinaryField()

    class Privacy:
        internal = {"h", "spent", "body"}

    def __str__(self) -> str:
        return bytes(self.h).hex()


class Leaf(models.Model):
    """One line of the public log: its place, and 33 bytes of kind and digest. Written in sorted lots."""

    place = models.BigIntegerField(primary_key=True)
    data = models.BinaryField(unique=True)

    class Privacy:
        public = {"place", "data"}

    def __str__(self) -> str:
        return bytes(self.data).hex()


class Checkpoint(models.Model):
    """The signed root over the first `size` leaves."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()

    class Privacy:
        public = {"size", "note"}

    def __str__(self) -> str:
        return str(self.size)
