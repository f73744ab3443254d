"""Several choices: the questionnaire stands in the file of the same name."""


def test_select_multiple(scenario):
    scenario.walked()
