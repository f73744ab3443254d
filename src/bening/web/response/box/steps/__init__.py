"""The only place where the box changes: ballots, the tokens that posted them, and the log of both."""

from bening.web.response.box.steps.keep import Outcome as Outcome
from bening.web.response.box.steps.keep import closed as closed
from bening.web.response.box.steps.keep import keep as keep
from bening.web.response.box.steps.keep import receipt as receipt
from bening.web.response.box.steps.keep import shown as shown
from bening.web.response.box.steps.keep import write_public as write_public
from bening.web.response.box.steps.log import Proof as Proof
from bening.web.response.box.steps.log import export as export
from bening.web.response.box.steps.log import log_day as log_day
from bening.web.response.box.steps.log import proof as proof
from bening.web.response.box.steps.log import publish_log as publish_log
