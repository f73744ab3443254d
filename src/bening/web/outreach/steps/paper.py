"""Paper: posters, letters and sheets; set where the channel of letters sets its own."""

from bening.web.outreach.channels.paper import printed as printed
from bening.web.outreach.channels.paper import qr as qr
