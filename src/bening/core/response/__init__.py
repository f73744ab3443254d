"""What was answered: the bytes of ballots and manifest, and the rules of the tally.

Verifying, opening and signing are passed in as functions: this room knows layouts, no keys.
"""

from bening.core.canonical import b64u as b64u
from bening.core.canonical import dump as dump
from bening.core.canonical import from_b64u as from_b64u
from bening.core.canonical import parse as parse
from bening.core.response.counting import Tools as Tools
from bening.core.response.counting import tally as tally
from bening.core.response.destruction import due as due
from bening.core.response.destruction import expect_due as expect_due
from bening.core.response.destruction import protocol as protocol
from bening.core.response.entries import build_entry as build_entry
from bening.core.response.entries import entry_bytes as entry_bytes
from bening.core.response.entries import parse_entry as parse_entry
from bening.core.response.entries import public_keys as public_keys
from bening.core.response.layout import assemble as assemble
from bening.core.response.layout import ballot_hash as ballot_hash
from bening.core.response.layout import kid_of as kid_of
from bening.core.response.layout import receipt_message as receipt_message
from bening.core.response.layout import size_class as size_class
from bening.core.response.layout import split as split
from bening.core.response.log import LogLeaf as LogLeaf
from bening.core.response.log import landmarks as landmarks
from bening.core.response.manifest import closing as closing
from bening.core.response.manifest import freeze as freeze
from bening.core.response.manifest import load as load
from bening.core.response.merge import merge_small as merge_small
