"""The rooms in the order of a survey's life: a foreign key or an import may only point to the left."""

ORDER = (
    "registry",
    "frame",
    "outreach",
    "questionnaire",
    "sample",
    "fieldwork",
    "response",
    "quality",
    "evidence",
    "estimate",
    "publish",
    "action",
)
COUNTERS = ("gate", "box")

HALL_APPS = [f"bening.web.{room}" for room in ORDER]
GATE_APP = "bening.web.fieldwork.gate"
BOX_APP = "bening.web.response.box"
