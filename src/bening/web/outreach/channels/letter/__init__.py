"""Letters: one page a person, printed by the agency; a person confirms that they were posted."""

from bening.web.outreach.channels.letter import codes as codes
from bening.web.outreach.channels.letter import events as events
from bening.web.outreach.channels.letter import health as health
from bening.web.outreach.channels.letter import render as render
from bening.web.outreach.channels.letter import send as send
from bening.web.outreach.channels.letter import settings as settings
