"""What allauth asks of the house: no account by itself, our words, sealed secrets, signed tokens."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy
from segno import make_qr

from bening.crypto.fields import decrypt, encrypt

FIELD = "registry.second_factor"
WRONG = gettext_lazy("User name and password do not fit together. Look at both again.")


class Accounts(DefaultAccountAdapter):
    """Passwords and sessions. What was done is seen on the page that follows, so there are no messages."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed."),
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "enter_current_password": gettext_lazy("This is not the password you have now."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy(
            "That went wrong too often. Wait five minutes, then try again."
        ),
        "rate_limited": gettext_lazy("That was too often in a short time. Wait a minute, then try again."),
        "incorrect_code": gettext_lazy("This code is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account: people are invited."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what went wrong is said."""
        if message:
            super().add_message(request, level, message=message)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one letter allauth sends: the link to a new password."""
        text = gettext(
            "Somebody asked for a new password for your account at Bening ({username}).\n\n"
            "To choose one, open this link:\n{link}\n\n"
            "You will also need your second factor. If it was not you, do nothing: your password stays "
            "as it is."
        )
        words = {"username": context["user"].username, "link": context["password_reset_url"]}
        send_mail(gettext("A new password for Bening"), text.format(**words), None, [email])


class SecondFactors(DefaultMFAAdapter):
    """Passkeys and one-time codes; their secrets are encrypted where they stand."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This was not accepted. Try once more, with the newest code."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as it is stored (hex)."""
        return encrypt(settings.SECRET("fields"), text, field=FIELD).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return decrypt(settings.SECRET("fields"), bytes.fromhex(encrypted_text), field=FIELD)

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as a drawing inside the page: the policy allows no image from elsewhere."""
        return mark_safe(make_qr(url).svg_inline(scale=5, border=4, light="#ffffff"))  # noqa: S308  drawn by us


class Provider(DefaultSocialAccountAdapter):
    """An agency's own sign-in service: it opens accounts that were invited, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account whose address the provider vouches for and which proved it to us too."""
        for given in sociallogin.email_addresses:
            own = EmailAddress.objects.filter(email__iexact=given.email, verified=True).first()
            if given.verified and own is not None and own.user.is_active:
                return own.user, own.email
        return None


class SignedTokens(OpenIDConnectOAuth2Adapter):
    """Checks the signature of every token, and that both answers of the provider speak of one person."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """The person the provider names; refused when its two answers differ."""
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        if data["id_token"]["sub"] != data["userinfo"]["sub"]:
            raise OAuth2Error("the provider named two people")
        return login
