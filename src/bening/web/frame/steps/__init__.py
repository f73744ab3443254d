"""The verbs of the frame: rosters come in, are accepted, frozen; later rooms ask for people by reference."""

from bening.web.frame.steps.freeze import frame_digest as frame_digest
from bening.web.frame.steps.freeze import freeze_frame as freeze_frame
from bening.web.frame.steps.freeze import missing_lists as missing_lists
from bening.web.frame.steps.load import accept as accept
from bening.web.frame.steps.load import load_roster as load_roster
from bening.web.frame.steps.load import problems as problems
from bening.web.frame.steps.people import Eligible as Eligible
from bening.web.frame.steps.people import eligible as eligible
from bening.web.frame.steps.people import points as points
from bening.web.frame.steps.people import purge as purge
from bening.web.frame.steps.people import reach as reach
