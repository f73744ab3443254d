"""Required and optional: the questionnaire stands in the file of the same name."""


def test_required(scenario):
    scenario.walked()
