"""WhatsApp Cloud API: our own adapter, because every request must end in one of five known outcomes."""

from bening.web.outreach.channels.whatsapp import codes as codes
from bening.web.outreach.channels.whatsapp import events as events
from bening.web.outreach.channels.whatsapp import health as health
from bening.web.outreach.channels.whatsapp import render as render
from bening.web.outreach.channels.whatsapp import send as send
from bening.web.outreach.channels.whatsapp import settings as settings
