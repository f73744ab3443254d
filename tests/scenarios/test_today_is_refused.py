"""No clock: the questionnaire stands in the file of the same name."""


def test_today_is_refused(scenario):
    scenario.refused()
