"""Codes that are numbers: the questionnaire stands in the file of the same name."""


def test_numbers_as_codes(scenario):
    scenario.walked()
