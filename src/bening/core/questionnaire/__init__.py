"""What is asked, in what order: frozen questionnaires, their routing, and the check of answers.

The phone has the same rules in JavaScript (`bening/phone/questionnaire.js`); random questionnaires and
answers are run through both and must agree.
"""

from bening.core.questionnaire.answers import check as check
from bening.core.questionnaire.answers import largest as largest
from bening.core.questionnaire.instrument import dump as dump
from bening.core.questionnaire.instrument import load as load
from bening.core.questionnaire.routing import next_question as next_question
from bening.core.questionnaire.routing import relevant as relevant
