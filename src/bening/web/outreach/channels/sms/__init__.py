"""SMS by whatever HTTP interface a provider has: described in a file, not in code."""

from bening.web.outreach.channels.sms import codes as codes
from bening.web.outreach.channels.sms import events as events
from bening.web.outreach.channels.sms import health as health
from bening.web.outreach.channels.sms import render as render
from bening.web.outreach.channels.sms import send as send
from bening.web.outreach.channels.sms import settings as settings
