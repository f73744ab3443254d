"""Choices by an earlier answer: the questionnaire stands in the file of the same name."""


def test_choice_filter(scenario):
    scenario.walked()
