"""Signing in: django-allauth's pages, those that we use."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

from undersigned.studio.views import second_steps

urlpatterns = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(  # the key has hyphens of its own
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # In front of django-allauth's own, at the same addresses under the same names.
    path("account/factors/", second_steps.index, name="mfa_index"),
    path(
        "account/factors/recovery-codes/", second_steps.show_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "account/factors/recovery-codes/generate/",
        second_steps.make_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/factors/recovery-codes/download/",
        second_steps.download_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/factors/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
