"""Rosters with the people on them, and what belongs to handing one over."""

from bening.web.frame.models.lists import STATES as STATES
from bening.web.frame.models.lists import Contact as Contact
from bening.web.frame.models.lists import ContactPoint as ContactPoint
from bening.web.frame.models.lists import Fault as Fault
from bening.web.frame.models.lists import Handover as Handover
from bening.web.frame.models.lists import Question as Question
from bening.web.frame.models.lists import Roster as Roster
from bening.web.frame.models.uploads import Deadline as Deadline
from bening.web.frame.models.uploads import Piece as Piece
from bening.web.frame.models.uploads import Reference as Reference
from bening.web.frame.models.uploads import Upload as Upload
