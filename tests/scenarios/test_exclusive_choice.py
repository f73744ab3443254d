"""A choice that stands alone: the questionnaire stands in the file of the same name."""


def test_exclusive_choice(scenario):
    scenario.walked()
