"""What people type: minutes, addresses of offices, announcements; without account: briefing and counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from bening.core.kinds import Audience, Tier
from bening.web.outreach.models.chain import MEANS
from bening.web.outreach.models.meetings import CAPACITIES
from bening.web.outreach.steps.people import CATEGORIES
from bening.web.outreach.steps.texts import PRINTS
from bening.web.registry.models import Unit

CAPACITY_WORDS = {
    "head": gettext_noop("Head"),
    "deputy": gettext_noop("Deputy or secretary"),
    "section": gettext_noop("Head of section"),
    "contact": gettext_noop("Contact person"),
    "staff": gettext_noop("Staff"),
}
MEANS_WORDS = {
    "meeting": gettext_noop("Meeting or assembly"),
    "circular": gettext_noop("Circular"),
    "group": gettext_noop("Message to a group of all staff"),
    "talk": gettext_noop("Face to face"),
    "posted": gettext_noop("Posted on the wall"),
}
CATEGORY_WORDS = {
    "guru": gettext_noop("Teachers"),
    "tenaga_kesehatan": gettext_noop("Health workers"),
    "pelayanan": gettext_noop("Staff who serve the public"),
    "administrasi": gettext_noop("Administration"),
    "teknis": gettext_noop("Technical staff"),
    "lainnya": gettext_noop("Others"),
    "": gettext_noop("Category not given"),
}
TIER_WORDS = {
    Tier.LEADER: gettext_noop("Leader"),
    Tier.INSPECTORATE: gettext_noop("Inspectorate"),
    Tier.UNIT: gettext_noop("Heads of units"),
    Tier.SECTION: gettext_noop("Heads of units inside them"),
    Tier.EVERYBODY: gettext_noop("Everybody"),
}
WHOLES = {
    Audience.INSTITUTION: gettext_noop("All staff of the institution"),
    Audience.USERS: gettext_noop("Whoever comes to the counters"),
    Audience.SUPPLIERS: gettext_noop("All suppliers and partners"),
}


def choices(codes: Iterable[str], words: Mapping[Any, str]) -> list[tuple[str, Any]]:
    """Codes with their words."""
    return [(code, _(words[code])) for code in codes]


class Day(forms.DateInput):
    """A day as browsers ask for it, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MeetingForm(forms.Form):
    """Minutes of a meeting, and for each locus in which capacity somebody came."""

    day = forms.DateField(label=_("Day"), widget=Day)
    place = forms.CharField(label=_("Place"), max_length=120)
    chair = forms.CharField(
        label=_("Chair"), max_length=120, help_text=_("The office, for example Sekretaris Daerah")
    )
    agenda = forms.CharField(label=_("Agenda"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    decisions = forms.CharField(
        label=_("Decisions"), max_length=4000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("Do not write what staff should answer, and not who was invited."),
    )  # fmt: skip

    def __init__(self, *args: Any, loci: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("absent")), *choices(CAPACITIES, CAPACITY_WORDS)]
        for unit in loci:
            self.fields[f"present-{unit.code}"] = forms.ChoiceField(
                label=str(unit), choices=options, required=False
            )

    def minutes(self) -> list[forms.BoundField]:
        """The fields of the minutes."""
        return [field for field in self if not field.name.startswith("present-")]

    def loci(self) -> list[forms.BoundField]:
        """The fields of the attendance list."""
        return [field for field in self if field.name.startswith("present-")]

    def present(self) -> dict[str, str]:
        """In which capacity somebody came, by code of the locus."""
        return {
            name.removeprefix("present-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("present-") and value
        }


class AddressForm(forms.Form):
    """The e-mail address of an office; empty takes it away."""

    email = forms.EmailField(label=_("E-mail of the office"), required=False, max_length=120)


class AnnounceForm(forms.Form):
    """An announcement that was made: to everybody of a kind. There is no field for people."""

    to = forms.ChoiceField(label=_("To"))
    material = forms.ChoiceField(label=_("Text"))
    means = forms.ChoiceField(label=_("By"))
    day = forms.DateField(label=_("Day"), widget=Day)
    reached = forms.IntegerField(label=_("People reached, as a number"), min_value=0, max_value=10_000_000)

    def __init__(self, *args: Any, units: Sequence[Unit], names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wholes = [
            *choices(WHOLES, WHOLES),
            (_("All heads of a level"), [(f"tier:{t}", _(TIER_WORDS[t])) for t in (Tier.UNIT, Tier.SECTION)]),
            (_("All staff of a category"), [(f"category:{c}", _(CATEGORY_WORDS[c])) for c in CATEGORIES]),
            (_("All staff of one unit"), [(f"unit:{unit.code}", str(unit)) for unit in units]),
        ]
        self.fields["to"].choices = wholes  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["material"].choices = [(name, names[name]) for name in PRINTS]  # type: ignore[attr-defined]
        self.fields["means"].choices = choices(MEANS, MEANS_WORDS)  # type: ignore[attr-defined]


class BriefingForm(forms.Form):
    """The check questions and the pledge. What was answered is compared and forgotten."""

    pledge = forms.BooleanField(error_messages={"required": _("Agree to the promise to go on.")})

    def __init__(
        self, *args: Any, questions: Sequence[Mapping[str, Any]], pledge: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {question["key"]: question for question in questions}
        for key, question in self.questions.items():
            self.fields[key] = forms.ChoiceField(
                label=question["ask"],
                choices=[(option["key"], option["text"]) for option in question["options"]],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
        self.fields["pledge"].label = pledge
        self.order_fields([*self.questions, "pledge"])

    def clean(self) -> dict[str, Any]:
        """A wrong answer is explained where it stands, and asked again."""
        given = super().clean() or {}
        for key, question in self.questions.items():
            if key in given and given[key] != question["right"]:
                self.add_error(key, question["why"])
        return given

    def asked(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[key] for key in self.questions]


class RelayForm(forms.Form):
    """When and how it was passed on, and to how many by staff category."""

    day = forms.DateField(label=_("Day"), widget=Day)
    means = forms.ChoiceField(label=_("By"))

    def __init__(self, *args: Any, staff: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["means"].choices = choices(MEANS, MEANS_WORDS)  # type: ignore[attr-defined]  # a ChoiceField
        for category in CATEGORIES if staff else ():
            self.fields[category] = forms.IntegerField(
                label=_(CATEGORY_WORDS[category]), min_value=0, max_value=99_999, required=False
            )

    def clean_day(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def counts(self) -> list[forms.BoundField]:
        """The fields with numbers."""
        return [field for field in self if field.name in CATEGORIES]

    def briefed(self) -> dict[str, int]:
        """Staff told, by category."""
        return {category: self.cleaned_data.get(category) or 0 for category in CATEGORIES}


class ReadForm(forms.Form):
    """One tap: I have read it, and what I do."""

    category = forms.ChoiceField(
        label=_("What do you do?"),
        widget=forms.RadioSelect,
        choices=lambda: choices(CATEGORIES, CATEGORY_WORDS),
        error_messages={"required": _("Choose one.")},
    )
