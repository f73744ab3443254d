"""Rules of outreach: the chain of briefings and its coverage, when to write, how delivery reports merge."""

from bening.core.outreach.cascade import INSPECTORATE as INSPECTORATE
from bening.core.outreach.cascade import LEADER as LEADER
from bening.core.outreach.cascade import home as home
from bening.core.outreach.cascade import posts as posts
from bening.core.outreach.cascade import whole_chain as whole_chain
from bening.core.outreach.coverage import by_category as by_category
from bening.core.outreach.coverage import by_place as by_place
from bening.core.outreach.coverage import chain_coverage as chain_coverage
from bening.core.outreach.coverage import level_coverage as level_coverage
from bening.core.outreach.coverage import reach as reach
from bening.core.outreach.readiness import ITEMS as ITEMS
from bening.core.outreach.readiness import next_item as next_item
from bening.core.outreach.readiness import readiness as readiness
from bening.core.outreach.reports import RANK as RANK
from bening.core.outreach.reports import merge as merge
from bening.core.outreach.reports import shown as shown
from bening.core.outreach.steering import steering_words as steering_words
from bening.core.outreach.timing import may_nudge as may_nudge
from bening.core.outreach.timing import office_hours as office_hours
from bening.core.outreach.timing import what_is_due as what_is_due
from bening.core.outreach.timing import zone as zone
