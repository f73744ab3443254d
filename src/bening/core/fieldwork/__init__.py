"""Steering of fieldwork by counts (docs/methods/sample.md), and the client bundle of a round."""

from bening.core.fieldwork.bundle import bundle_hash as bundle_hash
from bening.core.fieldwork.bundle import entry_page as entry_page
from bening.core.fieldwork.bundle import integrity as integrity
from bening.core.fieldwork.bundle import policy as policy
from bening.core.fieldwork.next_group import exhausted as exhausted
from bening.core.fieldwork.next_group import next_groups as next_groups
from bening.core.fieldwork.next_group import on_target as on_target
from bening.core.fieldwork.representativity import partial as partial
from bening.core.fieldwork.representativity import partial_given as partial_given
from bening.core.fieldwork.representativity import representativity as representativity
from bening.core.fieldwork.representativity import worst_bias as worst_bias
