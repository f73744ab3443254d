"""A missing translation: the questionnaire stands in the file of the same name."""


def test_missing_translation_is_refused(scenario):
    scenario.refused()
