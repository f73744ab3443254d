"""The verbs of publish: prepare, two approvals, release."""

from bening.web.publish.steps.approve import approve as approve
from bening.web.publish.steps.prepare import prepare as prepare
from bening.web.publish.steps.release import release as release
