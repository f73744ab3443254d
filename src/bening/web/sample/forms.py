"""What the statistician types: one design a group."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bening.core.kinds import Group, GroupDesign, SampleDesign

GROUPS = {
    Group.INTERNAL: _("Staff"),
    Group.EXTERNAL: _("Users of services"),
    Group.EXPERT: _("Experts"),
}
BY = [
    ("locus", _("each locus by itself")),
    ("kind", _("each kind of unit")),
    ("institution", _("the whole institution")),
    ("province", _("the whole province together")),
]
START = {  # a first draft; response and spread come from the last edition where there is one
    Group.INTERNAL: GroupDesign(by="locus", answers=25, total=0, response=0.58, sd=15.0),
    Group.EXTERNAL: GroupDesign(by="kind", answers=40, total=90, response=0.38, sd=18.0),
    Group.EXPERT: GroupDesign(by="province", answers=60, total=60, response=0.8, sd=14.0),
}


class GroupForm(forms.Form):
    """The wishes for one group."""

    asked = forms.BooleanField(label=_("This group is asked"), required=False)
    by = forms.ChoiceField(label=_("Who shares a stratum"), choices=BY)
    answers = forms.IntegerField(label=_("Answers a stratum, at least"), min_value=1, max_value=100_000)
    total = forms.IntegerField(
        label=_("Answers an institution"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("0 = only what the strata need"),
    )
    response = forms.FloatField(label=_("Of 100 invited, how many answer"), min_value=1, max_value=100)
    sd = forms.FloatField(
        label=_("Spread of the scores"),
        min_value=0.5,
        max_value=50,
        help_text=_("standard deviation, points"),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, group: Group, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=group.value, initial=initial)
        self.group = group
        self.name = GROUPS[group]
        if self.is_bound:
            for field in self.fields.values():  # a group that is not asked needs no numbers
                field.required = field.required and f"{group.value}-asked" in self.data

    def design(self) -> GroupDesign:
        """The wishes as the plan reads them."""
        said = self.cleaned_data
        share = round(said["response"] / 100, 6)
        return GroupDesign(said["by"], said["answers"], said["total"], share, said["sd"])


class DesignForm:
    """The forms of all groups and what concerns them together."""

    def __init__(self, data: Mapping[str, str] | None = None, design: SampleDesign | None = None) -> None:
        known = design or SampleDesign(START)
        self.groups = [GroupForm(data, group=group, initial=initial(group, known)) for group in GROUPS]
        self.keeps_reserve = "reserve" in data if data is not None else known.reserve

    def is_valid(self) -> bool:
        """Whether everything typed makes sense by itself and some group is asked."""
        sound = [form.is_valid() for form in self.groups]
        if all(sound) and not any(form.cleaned_data["asked"] for form in self.groups):
            self.groups[0].add_error("asked", _("Ask at least one group."))
            return False
        return all(sound)

    def design(self) -> SampleDesign:
        """The whole design."""
        asked = {form.group: form.design() for form in self.groups if form.cleaned_data["asked"]}
        return SampleDesign(asked, self.keeps_reserve)

    def faults(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the summary on top."""
        return [
            (form[name].id_for_label, f"{form.name}, {form[name].label}: {' '.join(map(str, errors))}")
            for form in self.groups
            for name, errors in form.errors.items()
        ]


def initial(group: Group, design: SampleDesign) -> dict[str, Any]:
    """The fields of a group as the design has them."""
    wanted = design.groups.get(group, START[group])
    return {
        "asked": group in design.groups,
        "by": wanted.by,
        "answers": wanted.answers,
        "total": wanted.total,
        "response": f"{round(wanted.response * 100, 4):g}",
        "sd": f"{wanted.sd:g}",
    }
