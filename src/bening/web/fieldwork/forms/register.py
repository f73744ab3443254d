"""What a user of a service tells to be invited, and what the agency declares for it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bening.files.phones import parse
from bening.web.fieldwork.steps.register import LEAST, LONGEST

MONTHS = 12


def months(today: date) -> list[tuple[str, str]]:
    """This month and the twelve before it, the newest first: as far back as a use counts."""
    last = today.year * 12 + today.month - 1
    days = [date(n // 12, n % 12 + 1, 1) for n in range(last, last - MONTHS - 1, -1)]
    return [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in days]


class RegisterForm(forms.Form):
    """A number, a service, a month, consent; no name."""

    number = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        help_text=_("The link comes to this number, for example 0812 3456 7890."),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Type your mobile number.")},
    )
    service = forms.CharField(
        label=_("Which service did you use?"),
        max_length=LONGEST,
        help_text=_("For example: identity card, health check, building permit."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Say which service you used.")},
    )
    month = forms.ChoiceField(
        label=_("In which month, the last time?"), error_messages={"required": _("Choose the month.")}
    )
    consent = forms.BooleanField(
        label=_(
            "I want to take part. The agency may keep my number until the round is over and write to it."
        ),
        error_messages={"required": _("Without your consent we keep nothing.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [("", _("Choose a month")), *months(today)]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """The number in E.164."""
        read = parse(self.cleaned_data["number"])
        if read is None or not read.mobile:
            raise forms.ValidationError(_("This is no Indonesian mobile number. Type it as 08…"))
        return read.e164


class DoorwayForm(forms.Form):
    """A unit whose users may register."""

    unit = forms.ChoiceField(label=_("Unit"), error_messages={"required": _("Choose a unit.")})
    quota = forms.IntegerField(
        label=_("Up to how many"),
        min_value=LEAST,
        help_text=_("Thirty at least: in a smaller group somebody could be guessed."),
    )
    expected = forms.IntegerField(
        label=_("Users expected in the field period"),
        min_value=LEAST + 1,
        help_text=_("As the unit's own counts say; more than may register."),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose a unit")), *units]  # type: ignore[attr-defined]
