"""Addresses of accounts, under allauth's own names; an allauth page that is not here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as social
from django.urls import path, re_path

from bening.web.registry.views import accounts
from bening.web.registry.views.accounts import mailed, page

urlpatterns = [
    path("akun/masuk", page(accounts.SignInView.as_view()), name="account_login"),
    path("akun/ditutup", page(account.account_inactive), name="account_inactive"),
    path("akun/ulang", page(account.reauthenticate), name="account_reauthenticate"),
    path("akun/sandi", page(account.password_change), name="account_change_password"),
    path("akun/sandi/baru", page(account.password_set), name="account_set_password"),
    path("akun/sandi/lupa", mailed(account.password_reset), name="account_reset_password"),
    path("akun/sandi/terkirim", mailed(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^akun/sandi/ganti/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        mailed(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "akun/sandi/selesai",
        mailed(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("akun/keamanan", page(mfa.index), name="mfa_index"),
    path("akun/faktor", page(mfa.authenticate), name="mfa_authenticate"),
    path("akun/ulang/kode", page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("akun/ulang/kunci", page(passkey.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("akun/kunci", page(passkey.list_webauthn), name="mfa_list_webauthn"),
    path("akun/kunci/tambah", page(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("akun/kunci/<int:pk>/hapus", page(passkey.remove_webauthn), name="mfa_remove_webauthn"),
    path("akun/aplikasi", page(totp.activate_totp), name="mfa_activate_totp"),
    path("akun/aplikasi/hapus", page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("akun/cadangan", page(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("akun/cadangan/baru", page(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("akun/lembaga/batal", page(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("akun/<str:provider_id>/pergi", page(accounts.to_provider), name="openid_connect_login"),
    path("akun/<str:provider_id>/kembali", page(accounts.from_provider), name="openid_connect_callback"),
]
