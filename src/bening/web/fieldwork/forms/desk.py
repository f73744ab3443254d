"""What the help desk types: how somebody is found, and what is asked for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """A check code or a phone number; neither ever stands in an address."""

    typed = forms.CharField(
        label=_("Check code or phone number"),
        max_length=40,
        help_text=_("The check code stands in every message, for example ABCD-EFGH."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class PleaForm(forms.Form):
    """What the worker is to do for this person."""

    person = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What does the person need?"),
        choices=[
            ("link", _("A new way in: the message is lost or does not open")),
            (
                "again",
                _("The right once more: the phone says that it was used, and it was lost or it was not them"),
            ),
            ("void", _("No invitation: wrong person, or they do not want to take part")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person needs.")},
    )
    means = forms.ChoiceField(
        label=_("How do they get it?"),
        choices=[
            ("message", _("A new message to the number on record")),
            ("code", _("A code to type, which you read out now")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, reachable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reachable = reachable

    def clean(self) -> dict[str, Any]:
        """A way to hand it over, unless there is nothing to; no message where there is no number."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") == "void":
            given["means"] = ""
        elif not given.get("means"):
            self.add_error("means", _("Choose how they get it."))
        elif given["means"] == "message" and not self.reachable:
            self.add_error("means", _("There is no number on record; read out a code."))
        return given
