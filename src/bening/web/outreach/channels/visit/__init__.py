"""Visits: the list an interviewer takes along; the person answers as on a phone."""

from bening.web.outreach.channels.visit import codes as codes
from bening.web.outreach.channels.visit import events as events
from bening.web.outreach.channels.visit import health as health
from bening.web.outreach.channels.visit import render as render
from bening.web.outreach.channels.visit import send as send
from bening.web.outreach.channels.visit import settings as settings
