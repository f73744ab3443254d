"""The busiest two hours of a group."""

from bening.core.fieldwork import Rush, rushes


def test_the_two_busiest_neighbouring_hours_count_and_the_greatest_share_comes_first():
    cells = [
        ("a", "2026-01-20T09", 12), ("a", "2026-01-20T10", 30), ("a", "2026-01-20T11", 20),
        ("b", "2026-01-21T23", 15), ("b", "2026-01-22T00", 10), ("b", "2026-01-22T10", 10),
    ]  # fmt: skip
    assert rushes(cells) == [
        Rush("a", "2026-01-20", 10, 50, 62),
        Rush("b", "2026-01-21", 23, 15, 35),  # midnight ends a day
    ]
    assert [one.percent for one in rushes(cells)] == [81, 43]


def test_of_equal_hours_the_first_is_named():
    assert rushes([("a", "2026-01-21T08", 10), ("a", "2026-01-20T17", 10)])[0].day == "2026-01-20"


def test_no_hours_no_rush():
    assert rushes([]) == []
