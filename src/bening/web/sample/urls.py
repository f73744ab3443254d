"""Addresses of the sample: what everybody may know, the plan, the commitment, the draw, the draw again."""

from django.urls import path

from bening.web.sample.views import audit, draw, plan, state

urlpatterns = [
    path("sampel", state.state, name="sample"),
    path("sampel/rencana", plan.planner, name="sample-plan"),
    path("sampel/komitmen", draw.commit, name="sample-commit"),
    path("sampel/undian", draw.draw, name="sample-draw"),
    path("sampel/ulang", audit.again, name="sample-redraw"),
    path("sampel/ulang/paket", audit.package, name="sample-package"),
    path("sampel/penghapusan", audit.purged, name="sample-purged"),
]
