"""What anybody may report: a reason, a check code if they like, a few words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bening.web.fieldwork.steps.feedback import LONGEST

REASONS = {
    "not_me": gettext_noop("This is not my number, or the message was meant for somebody else"),
    "not_employee": gettext_noop("I do not work there, or I never used this service"),
    "refuse": gettext_noop("I do not want to take part"),
    "fraud": gettext_noop("I think this message is a fraud"),
    "coached": gettext_noop("Somebody told me what to answer, or asked whether I was invited"),
    "other": gettext_noop("Something else"),
}


class ReportForm(forms.Form):
    """No name, no number: a code says enough, and nobody has to give it."""

    reason = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[(code, _(words)) for code, words in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    code = forms.CharField(
        label=_("Check code"),
        required=False,
        max_length=20,
        help_text=_("Eight characters in your message. With it we know whom not to write to any more."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": 12}
        ),
    )
    words = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=LONGEST,
        help_text=_("At most 500 characters. Do not write your name."),
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )
