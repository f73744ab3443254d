"""Who could be asked: rosters cleaned and people judged, by the rules of the method file."""

from bening.core.frame.changes import Changes as Changes
from bening.core.frame.changes import compare as compare
from bening.core.frame.check import Cleaned as Cleaned
from bening.core.frame.check import Take as Take
from bening.core.frame.check import clean as clean
from bening.core.frame.columns import GROUP_WORDS as GROUP_WORDS
from bening.core.frame.columns import columns as columns
from bening.core.frame.coverage import coverage as coverage
from bening.core.frame.coverage import read_statistic as read_statistic
from bening.core.frame.dates import add_months as add_months
from bening.core.frame.dates import full_months as full_months
from bening.core.frame.dates import read_date as read_date
from bening.core.frame.dates import within as within
from bening.core.frame.guide import examples as examples
from bening.core.frame.guide import guide as guide
from bening.core.frame.guide import meanings as meanings
from bening.core.frame.judge import Terms as Terms
from bening.core.frame.listing import plain_name as plain_name
from bening.core.frame.rules import eligible as eligible
from bening.core.frame.rules import explain as explain
from bening.core.frame.seen import Institutions as Institutions
from bening.core.frame.submission import KEYS as KEYS
from bening.core.frame.submission import SHEET as SHEET
from bening.core.frame.submission import read_submission as read_submission
