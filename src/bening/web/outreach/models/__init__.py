"""Tables of outreach: means of reaching people; meetings, the chain of briefings, what was handed out."""

from bening.web.outreach.models.chain import Head as Head
from bening.web.outreach.models.chain import Link as Link
from bening.web.outreach.models.chain import Reading as Reading
from bening.web.outreach.models.chain import Relay as Relay
from bening.web.outreach.models.handed import Announcement as Announcement
from bening.web.outreach.models.handed import HandedOut as HandedOut
from bening.web.outreach.models.handed import Nudge as Nudge
from bening.web.outreach.models.meetings import Attendance as Attendance
from bening.web.outreach.models.meetings import Meeting as Meeting
from bening.web.outreach.models.transport import RecipientWindow as RecipientWindow
from bening.web.outreach.models.transport import Sender as Sender
from bening.web.outreach.models.transport import Suppression as Suppression
from bening.web.outreach.models.transport import WebhookRaw as WebhookRaw
