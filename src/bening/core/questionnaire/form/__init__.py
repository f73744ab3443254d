"""An XLSForm becomes a questionnaire: sheets of text in, an `Instrument` or every problem with its cell out.

The columns are those of the standard and four of our own (`indicator`, `family`, `measure`, `score`); what
the phone cannot draw is refused, never dropped. Author's guide: docs/methods/questionnaire.md.
"""

from bening.core.questionnaire.form.compile import compile_form as compile_form
from bening.core.questionnaire.form.sheets import Row as Row
from bening.core.questionnaire.form.sheets import Sheet as Sheet
from bening.core.questionnaire.form.sheets import sheet as sheet
