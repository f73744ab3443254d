"""The expressions of a questionnaire: a closed part of XLSForm's XPath, compiled once into a small tree.

Authors write text; `parse` turns it into a tree, `faults` finds what is wrong with the tree, and `evaluate`
says what it is worth. The phone has the last of the three in `bening/phone/questionnaire.js` and gets trees.
"""

from bening.core.questionnaire.expressions.check import Fault as Fault
from bening.core.questionnaire.expressions.check import Scope as Scope
from bening.core.questionnaire.expressions.check import faults as faults
from bening.core.questionnaire.expressions.check import names as names
from bening.core.questionnaire.expressions.evaluate import evaluate as evaluate
from bening.core.questionnaire.expressions.evaluate import holds as holds
from bening.core.questionnaire.expressions.evaluate import string as string
from bening.core.questionnaire.expressions.parse import parse as parse
from bening.core.questionnaire.expressions.shape import tree as tree
from bening.core.questionnaire.expressions.words import words as words
