"""A closed door closes every door behind it.

The questionnaire and the walks stand in the file of the same name.
"""

from bening.core.questionnaire import check, relevant


def test_follow_up_of_a_follow_up(scenario, pairs):
    form, walks = scenario
    for walk in walks:
        answers = pairs(walk["answers"])
        problems = [problem.code for problem in check(form, answers, ())]
        assert " ".join(relevant(form, answers)) == walk["shown"], walk
        assert (" ".join(problems) or "-") == walk["problems"], walk
