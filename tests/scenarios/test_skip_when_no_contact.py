"""Somebody without contact is not asked about experience.

The questionnaire and the walks stand in the file of the same name.
"""

from bening.core.questionnaire import check, relevant


def test_skip_when_no_contact(scenario, pairs):
    form, walks = scenario
    for walk in walks:
        answers = pairs(walk["answers"])
        problems = [problem.code for problem in check(form, answers, ())]
        assert " ".join(relevant(form, answers)) == walk["shown"], walk
        assert (" ".join(problems) or "-") == walk["problems"], walk
