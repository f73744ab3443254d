"""What an interviewer enters after a visit: a day and one code, no words."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bening.core.kinds import VisitOutcome

OUTCOMES = {
    VisitOutcome.COMPLETE: gettext_noop("Interview held on the tablet"),
    VisitOutcome.REFUSED: gettext_noop("Does not want to take part"),
    VisitOutcome.NOBODY: gettext_noop("Nobody met at the place"),
    VisitOutcome.AWAY: gettext_noop("Away or busy, may be visited again"),
    VisitOutcome.DEAD: gettext_noop("Deceased"),
    VisitOutcome.UNABLE: gettext_noop("Not able to answer, for example ill"),
    VisitOutcome.LANGUAGE: gettext_noop("No language in common"),
    VisitOutcome.NOT_FOUND: gettext_noop("The place was not found"),
    VisitOutcome.NOT_ELIGIBLE: gettext_noop("Does not belong to this group"),
}


class Day(forms.DateInput):
    """A day as browsers ask for it, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ResultForm(forms.Form):
    """What came of one visit."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[(code.value, _(words)) for code, words in OUTCOMES.items()],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(label=_("Day of the visit"), widget=Day())

    def __init__(self, *args: Any, first: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.today = first, today

    def clean_day(self) -> date:
        """A day of the round that is not in the future."""
        day: date = self.cleaned_data["day"]
        if not self.first <= day <= self.today:
            raise forms.ValidationError(_("Choose a day since the round opened, today at the latest."))
        return day

    def clean_outcome(self) -> VisitOutcome:
        """The code itself."""
        return VisitOutcome(self.cleaned_data["outcome"])
