"""The verbs of the sample: design, commit, draw, draw again, purge."""

from bening.web.sample.steps.commit import commit_seed as commit_seed
from bening.web.sample.steps.design import save_design as save_design
from bening.web.sample.steps.draw import draw_sample as draw_sample
from bening.web.sample.steps.purge import purge as purge
from bening.web.sample.steps.repeat import Package as Package
from bening.web.sample.steps.repeat import redraw as redraw
from bening.web.sample.steps.repeat import take_package as take_package
from bening.web.sample.steps.visitors import add_visitors as add_visitors
