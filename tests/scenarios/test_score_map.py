"""Scores of a question's own: the questionnaire stands in the file of the same name."""


def test_score_map(scenario):
    scenario.walked()


def test_the_scores_of_each_question(scenario):
    scores = {q.id: [choice.score for choice in q.choices] for q in scenario.form.questions}
    assert scores == {
        "clear": [0, 50, 100, None],
        "extra": [100, 50, 0, None],
        "late": [100, 20, 0, None],
        "visit": [None, None, None, None],
    }
