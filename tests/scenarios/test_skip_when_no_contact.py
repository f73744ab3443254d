"""Skip when there was no contact: the questionnaire stands in the file of the same name."""


def test_skip_when_no_contact(scenario):
    scenario.walked()
