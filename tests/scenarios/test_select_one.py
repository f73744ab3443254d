"""One choice: the questionnaire stands in the file of the same name."""


def test_select_one(scenario):
    scenario.walked()
