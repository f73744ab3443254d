"""A follow-up of a follow-up: the questionnaire stands in the file of the same name."""


def test_follow_up_of_a_follow_up(scenario):
    scenario.walked()
