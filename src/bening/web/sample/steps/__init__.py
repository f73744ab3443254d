"""The verbs of the sample: plan the strata, draw."""

from bening.web.sample.steps.draw import draw_sample as draw_sample
from bening.web.sample.steps.plan import GroupDesign as GroupDesign
