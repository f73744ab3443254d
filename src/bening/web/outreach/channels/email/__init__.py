"""E-mail over SMTP: text first, the same words as HTML, the link in full, nothing tracked."""

from bening.web.outreach.channels.email import codes as codes
from bening.web.outreach.channels.email import events as events
from bening.web.outreach.channels.email import health as health
from bening.web.outreach.channels.email import render as render
from bening.web.outreach.channels.email import send as send
from bening.web.outreach.channels.email import settings as settings
