"""`python -m tests.specs.pictures`: draw the pictures of the method pages anew."""

from tests.specs.pictures import PICTURES, drawn, place

for name in PICTURES:
    place(name).write_text(drawn(name), encoding="utf-8")
