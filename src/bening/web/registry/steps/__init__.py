"""The verbs of the registry; every later step calls `record` inside its own transaction."""

from bening.web.registry.steps.access import grant as grant
from bening.web.registry.steps.audit import GENESIS as GENESIS
from bening.web.registry.steps.audit import audit_digest as audit_digest
from bening.web.registry.steps.audit import broken_audit as broken_audit
from bening.web.registry.steps.audit import record as record
from bening.web.registry.steps.places import find_institution as find_institution
from bening.web.registry.steps.places import find_unit as find_unit
from bening.web.registry.steps.places import list_institutions as list_institutions
from bening.web.registry.steps.places import list_units as list_units
from bening.web.registry.steps.places import rows_of as rows_of
from bening.web.registry.steps.rounds import open_round as open_round
