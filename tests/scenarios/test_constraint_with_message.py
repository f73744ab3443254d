"""A constraint with its message: the questionnaire stands in the file of the same name."""


def test_constraint_with_message(scenario):
    scenario.walked()
