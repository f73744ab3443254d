"""What is asked, in what order: forms and frozen questionnaires, their routing, and the check of answers.

The phone has expressions, routing and check in JavaScript (`bening/phone/questionnaire.js`); random
questionnaires and answers are run through both and must agree.
"""

from bening.core.questionnaire.answers import check as check
from bening.core.questionnaire.answers import largest as largest
from bening.core.questionnaire.difference import Difference as Difference
from bening.core.questionnaire.difference import differences as differences
from bening.core.questionnaire.expressions import words as words
from bening.core.questionnaire.form import Row as Row
from bening.core.questionnaire.form import Sheet as Sheet
from bening.core.questionnaire.form import compile_form as compile_form
from bening.core.questionnaire.form import sheet as sheet
from bening.core.questionnaire.instrument import dump as dump
from bening.core.questionnaire.instrument import load as load
from bening.core.questionnaire.routing import next_question as next_question
from bening.core.questionnaire.routing import relevant as relevant
from bening.core.questionnaire.routing import walk as walk
