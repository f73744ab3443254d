"""Rather not say is an answer.

The questionnaire and the walks stand in the file of the same name.
"""

from bening.core.questionnaire import check, relevant


def test_rather_not_say(scenario, pairs):
    form, walks = scenario
    for walk in walks:
        answers = pairs(walk["answers"])
        problems = [problem.code for problem in check(form, answers, ())]
        assert " ".join(relevant(form, answers)) == walk["shown"], walk
        assert (" ".join(problems) or "-") == walk["problems"], walk


def test_it_scores_nothing(scenario):
    form, _ = scenario
    scores = {choice.code: choice.score for choice in form.questions[0].choices}
    assert scores == {"1": 0, "2": 100, "dk": None, "na": None}
