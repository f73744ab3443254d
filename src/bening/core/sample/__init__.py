"""Sample design: sizes, allocation, expected precision and the draw (docs/methods/sample.md)."""

from bening.core.sample.allocate import allocate as allocate
from bening.core.sample.allocate import compromise as compromise
from bening.core.sample.allocate import cost_optimal as cost_optimal
from bening.core.sample.allocate import equal as equal
from bening.core.sample.allocate import neyman as neyman
from bening.core.sample.allocate import power as power
from bening.core.sample.allocate import proportional as proportional
from bening.core.sample.allocate import whole as whole
from bening.core.sample.draw import commitment as commitment
from bening.core.sample.draw import draw as draw
from bening.core.sample.draw import draw_systematic as draw_systematic
from bening.core.sample.expect import expect as expect
from bening.core.sample.expect import expect_index as expect_index
from bening.core.sample.keys import token_keys as token_keys
from bening.core.sample.plan import foresee as foresee
from bening.core.sample.plan import plan as plan
from bening.core.sample.repeat import differing as differing
from bening.core.sample.repeat import draw_by as draw_by
from bening.core.sample.repeat import frame_digest as frame_digest
from bening.core.sample.repeat import read_design as read_design
from bening.core.sample.repeat import selection_digest as selection_digest
from bening.core.sample.repeat import write_design as write_design
from bening.core.sample.size import invitations as invitations
from bening.core.sample.size import mean_size as mean_size
from bening.core.sample.size import proportion_size as proportion_size
from bening.core.sample.size import response_rate_expected as response_rate_expected
