"""The verbs of the questionnaire room: read a form, keep a draft, freeze a version."""

from bening.web.questionnaire.steps.forms import read_form as read_form
from bening.web.questionnaire.steps.forms import read_path as read_path
from bening.web.questionnaire.steps.freeze import freeze_draft as freeze_draft
from bening.web.questionnaire.steps.freeze import freeze_instrument as freeze_instrument
from bening.web.questionnaire.steps.freeze import import_xlsform as import_xlsform
from bening.web.questionnaire.steps.preview import preview_file as preview_file
