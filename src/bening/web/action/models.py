"""What an institution is asked to do about its result."""

from django.db import models

from bening.web.registry.models import Institution, Round


class Recommendation(models.Model):
    """One recommendation to one institution, tied to the dimension whose result called for it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="recommendations")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="recommendations")
    dimension = models.CharField(max_length=24)
    text_id = models.TextField()
    text_en = models.TextField()
    issued_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["institution__code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "institution", "dimension"], name="recommendation_once"),
        ]

    class Privacy:
        public = {"id", "round", "institution", "dimension", "text_id", "text_en"}
        internal = {"issued_by"}

    def __str__(self) -> str:
        return f"{self.institution_id} {self.dimension}"
