"""Forms of opening a round: first the rules, then the dates and the words of the sender."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from bening.methods import known
from bening.web.registry.models import Round

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MethodForm(forms.Form):
    """Edition and profile of weights: there is no default, because none is official."""

    method = forms.ChoiceField(label=gettext_lazy("Edition and profile of weights"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  made above
        newest_first = sorted(known(), key=lambda one: one.partition(":")[0], reverse=True)
        field.choices = [("", gettext("choose")), *((one, one) for one in newest_first)]


class RoundForm(forms.Form):
    """Dates and words of a round."""

    name = forms.CharField(
        label=gettext_lazy("Name of the round"), max_length=120,
        help_text=gettext_lazy("As staff read it, such as Integrity survey 2026."),
    )  # fmt: skip
    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=40,
        help_text=gettext_lazy("Small letters, digits and hyphens, such as spi-2026. It never changes."),
    )  # fmt: skip
    opens = forms.DateField(label=gettext_lazy("Invitations go out from"), widget=DAY)
    closes = forms.DateField(label=gettext_lazy("Answers are taken until"), widget=DAY)
    reference = forms.DateField(
        label=gettext_lazy("Reference day"), widget=DAY,
        help_text=gettext_lazy("Months of service and of contact are counted to this day."),
    )  # fmt: skip
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=120)
    agency_short = forms.CharField(label=gettext_lazy("Agency, short"), max_length=30)
    survey = forms.CharField(
        label=gettext_lazy("Name of the survey"), max_length=120,
        help_text=gettext_lazy("As people who are asked read it."),
    )  # fmt: skip
    sender = forms.CharField(
        label=gettext_lazy("Sender"), max_length=60,
        help_text=gettext_lazy("The number or name that people see on the message."),
    )  # fmt: skip
    hotline = forms.CharField(
        label=gettext_lazy("Telephone for questions"), max_length=60,
        help_text=gettext_lazy("Where people ask whether the message is real."),
    )  # fmt: skip

    def clean_code(self) -> str:
        """A code that no round has yet, in small letters."""
        code: str = self.cleaned_data["code"]
        if code != code.lower():
            raise forms.ValidationError(gettext("Use small letters."))
        if Round.objects.filter(code=code).exists():
            raise forms.ValidationError(gettext("There is a round of this code already."))
        return code
