"""allauth's forms in our words: no placeholders, a hint where one helps."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy

PASSWORD = gettext_lazy("Your password")
LENGTH = gettext_lazy("At least 12 characters; a short sentence is easy to remember.")
AGAIN = gettext_lazy("The new password once more")
NEW = gettext_lazy("New password")


class Ours(forms.Form):
    """A form whose labels, hints and attributes are given by field."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Ours, account.LoginForm):
    """User name or e-mail, and password."""

    labels = {"login": gettext_lazy("User name or e-mail address"), "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # allauth adds this one after the first round
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class PasswordAgainForm(Ours, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    labels = {"password": PASSWORD}


class ChangePasswordForm(Ours, account.ChangePasswordForm):
    """The password of now and the new one."""

    labels = {"oldpassword": gettext_lazy("The password you have now"), "password1": NEW, "password2": AGAIN}
    hints = {"password1": LENGTH}


class NewPasswordForm(Ours, account.SetPasswordForm):
    """A first password."""

    labels = {"password1": NEW, "password2": AGAIN}
    hints = {"password1": LENGTH}


class ForgottenForm(Ours, account.ResetPasswordForm):
    """Where the link to a new password goes."""

    labels = {"email": gettext_lazy("E-mail address")}


class MailedPasswordForm(Ours, account.ResetPasswordKeyForm):
    """A new password by the link of a letter."""

    labels = {"password1": NEW, "password2": AGAIN}
    hints = {"password1": LENGTH}


class CodeForm(Ours, mfa.AuthenticateForm):
    """A code of the app, or one of the recovery codes."""

    labels = {"code": gettext_lazy("Code")}
    hints = {"code": gettext_lazy("Six digits from your app, or one of your recovery codes.")}


class CodeAgainForm(Ours, mfa.ReauthenticateForm):
    """The same, before something that matters."""

    labels = CodeForm.labels
    hints = CodeForm.hints


class FirstCodeForm(Ours, ActivateTOTPForm):
    """The first code of an app that has just learnt the secret."""

    labels = {"code": gettext_lazy("The code your app shows now")}


class PasskeyForm(Ours, AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    labels = {"name": gettext_lazy("What you call it")}
    hints = {"name": gettext_lazy("For example: office laptop.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.initial["name"] = ""
