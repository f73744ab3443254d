"""The verbs of the frame: rosters come in, go back, are accepted, frozen; later rooms ask for people."""

from bening.web.frame.steps.changes import changes as changes
from bening.web.frame.steps.freeze import frame_digest as frame_digest
from bening.web.frame.steps.freeze import freeze_frame as freeze_frame
from bening.web.frame.steps.freeze import missing_lists as missing_lists
from bening.web.frame.steps.load import load_roster as load_roster
from bening.web.frame.steps.load import problems as problems
from bening.web.frame.steps.marked import marked_file as marked_file
from bening.web.frame.steps.people import Eligible as Eligible
from bening.web.frame.steps.people import eligible as eligible
from bening.web.frame.steps.people import points as points
from bening.web.frame.steps.people import purge as purge
from bening.web.frame.steps.people import reach as reach
from bening.web.frame.steps.states import Asked as Asked
from bening.web.frame.steps.states import accept as accept
from bening.web.frame.steps.states import answer as answer
from bening.web.frame.steps.states import questions as questions
from bening.web.frame.steps.states import return_roster as return_roster
from bening.web.frame.steps.states import submit as submit
from bening.web.frame.steps.states import told as told
from bening.web.frame.steps.templates import template_for as template_for
