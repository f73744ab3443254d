"""Forms of inviting, arriving and choosing a role."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext, gettext_lazy

from bening.web.registry.forms.accounts import LENGTH
from bening.web.registry.models import Institution, Invitation, Role, Unit
from bening.web.registry.steps import GIVES, find_invitation
from bening.web.ui.templatetags.parts import role_word


class InviteForm(forms.Form):
    """Whom to invite to what; shows only what the inviting role can give."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    institution = forms.SlugField(
        label=gettext_lazy("Institution"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Its code; leave it blank for a role of the agency."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Leave it blank to print the invitation."),
    )

    def __init__(self, role: Role, *args: Any, mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, role_word(name)) for name in GIVES[role.name]]
        self.fields["role"] = forms.ChoiceField(label=self.fields["role"].label, choices=names)
        if role.institution is None:
            codes = Institution.objects.values_list("code", "name")
            self.fields["institution"].widget = forms.TextInput(attrs={"list": "institutions"})
            self.institutions = list(codes)
        else:
            del self.fields["institution"]
            units = Unit.objects.filter(institution=role.institution).values_list("code", "name")
            self.fields["unit"] = forms.ChoiceField(
                label=gettext_lazy("Unit"),
                choices=[("", "–"), *units],
                required=False,
                help_text=gettext_lazy("Only for a contact person."),
            )
        if not mail:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """Roles of an institution need one, roles of the agency none; a contact person needs a unit."""
        given = super().clean() or {}
        local = given.get("role") in Role.LOCAL
        if "institution" in self.fields:
            code = given.get("institution")
            if local and not code and "institution" not in self.errors:
                self.add_error("institution", gettext("Say for which institution."))
            if local and code and not Institution.objects.filter(code=code).exists():
                self.add_error(
                    "institution", gettext("No institution has this code. Choose one from the list.")
                )
            if not local and code:
                self.add_error("institution", gettext("A role of the agency has no institution."))
        elif given.get("role") == "unit_contact" and not given.get("unit"):
            self.add_error("unit", gettext("Say for which unit."))
        elif given.get("role") != "unit_contact" and given.get("unit"):
            self.add_error("unit", gettext("Only a contact person belongs to one unit."))
        return given


class CodeForm(forms.Form):
    """The code of an invitation, as somebody typed it or as the link filled it in."""

    code = forms.CharField(
        label=gettext_lazy("Code of your invitation"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("Eighteen letters and digits. Capitals and hyphens do not matter."),
    )

    def clean_code(self) -> Invitation:
        """The invitation, while it opens something; else why it does not."""
        found = find_invitation(self.cleaned_data["code"])
        if found is None:
            raise forms.ValidationError(gettext("No invitation has this code. Compare it with your letter."))
        if found.state != "open":
            raise forms.ValidationError(ENDED[found.state])
        return found


ENDED = {
    "accepted": gettext_lazy(
        "This invitation has been used. If that was you, sign in; if not, tell whoever invited you."
    ),
    "withdrawn": gettext_lazy(
        "This invitation was withdrawn or replaced by a newer one. Ask whoever invited you."
    ),
    "expired": gettext_lazy("This invitation is older than 14 days. Ask whoever invited you for a new one."),
}


class ArrivalForm(forms.Form):
    """User name and password of a new account."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=gettext_lazy("You sign in with it. Letters, digits and . _ - without spaces."),
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=LENGTH,
    )
    again = forms.CharField(
        label=gettext_lazy("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = invitation.account
        self.name = invitation.name
        self.initial["username"] = invitation.username
        if self.back is not None:
            del self.fields["username"]

    def clean_username(self) -> str:
        """A name nobody has, whatever its capitals."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(gettext("This user name is taken. Choose another one."))
        return username

    def clean(self) -> dict[str, Any]:
        """A password that is long, uncommon and unlike the name, typed twice alike."""
        given = super().clean() or {}
        person = self.back or User(username=given.get("username", ""), first_name=self.name)
        try:
            validate_password(given.get("password") or "", person)
        except forms.ValidationError as error:
            self.add_error("password", error)
        if given.get("password") != given.get("again"):
            self.add_error("again", gettext("The two passwords differ. Type both again."))
        return given
