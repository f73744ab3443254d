"""Rather not say: the questionnaire stands in the file of the same name."""


def test_rather_not_say(scenario):
    scenario.walked()


def test_it_scores_nothing(scenario):
    scores = {choice.code: choice.score for choice in scenario.form.questions[0].choices}
    assert scores == {"1": 0, "2": 100, "dk": None, "na": None}
