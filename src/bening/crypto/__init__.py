"""The strong-room: one primitive a file; nothing else in the house calls a cryptographic library."""
