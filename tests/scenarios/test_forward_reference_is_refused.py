"""A question asked too late: the questionnaire stands in the file of the same name."""


def test_forward_reference_is_refused(scenario):
    scenario.refused()
