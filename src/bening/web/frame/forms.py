"""What people type about lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bening.core.frame.submission import COUNT
from bening.core.kinds import Group, Severity

EVERY = _("all")
AREA = forms.Textarea(attrs={"rows": 3})


class IntroductionForm(forms.Form):
    """The submission sheet of a file that has none; the fields are those of the sheet."""

    sistem_sumber = forms.CharField(label=_("System or records the data come from"), max_length=200)
    tanggal_ekstraksi = forms.DateField(
        label=_("Day the data were taken from it"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    disusun_oleh = forms.CharField(label=_("Prepared by"), max_length=200)
    diperiksa_oleh = forms.CharField(label=_("Checked by"), max_length=200)
    kontak = forms.CharField(label=_("Contact person and number"), max_length=200)
    kekurangan = forms.CharField(
        label=_("Known gaps"),
        help_text=_("Who is missing and why; “none” if nobody is."),
        max_length=2000,
        widget=AREA,
    )
    jumlah_baris = forms.IntegerField(label=_("Rows of the whole list"), min_value=1, max_value=1_000_000)
    pernyataan = forms.BooleanField(label=_("Nobody was left out of this list on purpose."))

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {f"baris_{place}": code for place, (code, _name) in enumerate(units)}
        for field, (_code, name) in zip(self.units, units, strict=True):
            self.fields[field] = forms.IntegerField(label=name, required=False, min_value=0)

    def by_unit(self) -> list[forms.BoundField]:
        """The counts by locus, which nobody has to give."""
        return [self[name] for name in self.units]

    def main(self) -> list[forms.BoundField]:
        """All other fields."""
        return [field for field in self if field.name not in self.units]

    def notes(self, *, institution: str, group: str) -> dict[str, str]:
        """The lines of a submission sheet."""
        said = self.cleaned_data
        notes = {"instansi": institution, "kelompok": group, "pernyataan": "Y"}
        plain = ("sistem_sumber", "disusun_oleh", "diperiksa_oleh", "kontak", "kekurangan")
        notes |= {name: said[name] for name in plain}
        notes |= {"tanggal_ekstraksi": said["tanggal_ekstraksi"].isoformat(), COUNT: str(said[COUNT])}
        counts = {code: said[field] for field, code in self.units.items() if said[field] is not None}
        return notes | {f"{COUNT}:{code}": str(count) for code, count in counts.items()}


class FilterForm(forms.Form):
    """Which findings are shown."""

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        severities: dict[str, Any],
        codes: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        levels = [(one.value, severities[one.value]) for one in Severity]
        if units:
            self.fields["lokus"] = chosen(_("Locus"), units)
        self.fields["tingkat"] = chosen(_("Severity"), levels)
        self.fields["kode"] = chosen(_("Code"), [(code, code) for code in codes])


def chosen(label: Any, choices: Sequence[tuple[str, Any]], none: Any = EVERY) -> forms.ChoiceField:
    """A choice that may be left open."""
    return forms.ChoiceField(label=label, required=False, choices=[("", none), *choices])


class QuestionForm(forms.Form):
    """One question about a list, or about one place in it."""

    to = forms.CharField(label=_("Who is asked"), max_length=120)
    words = forms.CharField(label=_("Question"), max_length=2000, widget=AREA)
    due = forms.DateField(
        label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    row = forms.IntegerField(
        label=_("Row, if it is about one"), required=False, min_value=1, max_value=1_000_001
    )
    column = forms.CharField(label=_("Column, if it is about one"), required=False, max_length=40)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = chosen(_("Locus, if it is about one"), units, "–")
        self.order_fields(["to", "words", "due", "unit", "row", "column"])


class DeadlineForm(forms.Form):
    """By when the list of each group is wanted; an empty day is no due date."""

    def __init__(self, *args: Any, names: dict[Group, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group, name in names.items():
            self.fields[group.value] = forms.DateField(
                label=name, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )


class ReferenceForm(forms.Form):
    """A file that staff lists are compared with."""

    kind = forms.ChoiceField(choices=[("statistic", "statistic"), ("titles", "titles")])
    file = forms.FileField(label=_("CSV file"))
