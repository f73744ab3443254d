"""Forms of institutions, their units, loci, services and contact persons.

They say what is asked; what may stand in a cell is judged by the steps, with the rules of the files.
"""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext, gettext_lazy

from bening.core.kinds import PROVINCES
from bening.web.registry.models import Unit
from bening.web.registry.steps.tables import (
    CONTACTS,
    ECHELONS,
    INSTITUTION_KINDS,
    INSTITUTIONS,
    LONGEST,
    SIZES,
    UNIT_KINDS,
    UNITS,
)

TABLE_WORDS = {
    INSTITUTIONS.name: gettext_lazy("Institutions of the round"),
    UNITS.name: gettext_lazy("Units and loci"),
    CONTACTS.name: gettext_lazy("Contact persons"),
}


def chosen(words: Mapping[str, str], blank: str | None = None) -> list[tuple[str, str]]:
    """Codes with their words, after a blank one if there is to be one."""
    return [*([("", blank)] if blank is not None else []), *((c, gettext(w)) for c, w in words.items())]


class SearchForm(forms.Form):
    """Which institutions of the round to show."""

    q = forms.CharField(
        label=gettext_lazy("Name or code"), required=False, max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size class"), required=False)

    def __init__(self, *args: object, provinces: Iterable[str], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        names = {code: PROVINCES.get(code, code) for code in sorted(provinces)}
        for name, words in (("kind", INSTITUTION_KINDS), ("province", names), ("size", SIZES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  made above
            field.choices = chosen(words, gettext("all"))


class UnitForm(forms.Form):
    """What can be corrected about a unit."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    echelon = forms.ChoiceField(label=gettext_lazy("Echelon of its head"))
    parent = forms.ChoiceField(label=gettext_lazy("Belongs to"), required=False)

    def __init__(self, *args: object, unit: Unit, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        others = Unit.objects.filter(institution=unit.institution_id).exclude(pk=unit.pk).order_by("name")
        parents = {row.code: row.name for row in others}
        lists = {"kind": chosen(UNIT_KINDS), "echelon": chosen(ECHELONS)}
        lists["parent"] = [("", gettext("nothing: it stands at the top")), *parents.items()]
        for name, words in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  made above
            field.choices = words


class DecisionForm(forms.Form):
    """The agency's decision about a locus."""

    listed = forms.TypedChoiceField(coerce=lambda code: code == "Y", choices=[("Y", "Y"), ("T", "T")])
    answer = forms.CharField(
        label=gettext_lazy("Why (the institution reads it)"), required=False, max_length=300
    )


class ProposalForm(forms.Form):
    """What the institution proposes for a unit."""

    wanted = forms.TypedChoiceField(coerce=lambda code: code == "Y", choices=[("Y", "Y"), ("T", "T")])
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=gettext_lazy("One or two sentences. The agency reads it and decides."),
    )  # fmt: skip


class ServiceForm(forms.Form):
    """A service of a unit."""

    name = forms.CharField(label=gettext_lazy("Service"), max_length=LONGEST)
    is_online = forms.BooleanField(label=gettext_lazy("can be had online"), required=False)


class ContactForm(forms.Form):
    """A contact person."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=LONGEST)
    post = forms.CharField(label=gettext_lazy("Post or duty"), max_length=LONGEST, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone of the office"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("Such as 081234567890. A phone number or an e-mail address is needed."),
    )  # fmt: skip
    email = forms.CharField(
        label=gettext_lazy("E-mail address of the office"), max_length=254, required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )  # fmt: skip
    since = forms.CharField(
        label=gettext_lazy("Contact person since"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"type": "date"}),
    )  # fmt: skip


class UploadForm(forms.Form):
    """A file of the register."""

    table = forms.ChoiceField(label=gettext_lazy("What does the file hold?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("File"), allow_empty_file=True,
        help_text=gettext_lazy("CSV or Excel, at most 5 MB, with headers in the first row."),
    )  # fmt: skip

    def __init__(self, *args: object, tables: Iterable[str], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["table"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  made above
        field.choices = [(name, TABLE_WORDS[name]) for name in tables]
