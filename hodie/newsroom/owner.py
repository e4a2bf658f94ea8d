"""The first account: made by whoever opens the one-time link that the first start prints."""

from __future__ import annotations

import os
import secrets

from django import forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hodie.newsroom.keeping import Room
from hodie.newsroom.opened import folder

_FILE = "owner-link"
_TOKEN_LENGTH = 32


def has_owner() -> bool:
    return bool(get_user_model().objects.filter(is_superuser=True).exists())


def one_time_link(origin: str) -> str | None:
    """Return the link that makes the owner's account; None where there is one already."""
    if has_owner():
        return None
    return f"{origin}/first/{_token()}/"


class OwnerForm(forms.Form):
    username = forms.CharField(max_length=150, label="Name to log in with")
    email = forms.EmailField(required=False, label="E-mail (may be left empty)")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
        help_text="Twelve characters or more.",
    )
    again = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label="The password again",
    )

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if get_user_model().objects.filter(username=name).exists():
            raise forms.ValidationError("This name is taken.")
        return name

    def clean(self) -> dict[str, str]:
        values = super().clean() or {}
        if values.get("password") and values.get("password") != values.get("again"):
            self.add_error("again", "The two are not the same.")
        return values


@never_cache
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form for the first account, and make it; gone once there is an owner."""
    if has_owner() or not constant_time_compare(token, _token()):
        raise Http404
    form = OwnerForm(request.POST or None)
    if not form.is_valid():
        return render(request, "newsroom/first.html", {"form": form})
    with transaction.atomic():
        if has_owner():
            raise Http404
        user = get_user_model().objects.create_superuser(
            form.cleaned_data["username"], form.cleaned_data["email"], form.cleaned_data["password"]
        )
    (Room(folder()).folder / _FILE).unlink(missing_ok=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("wagtailadmin_home")


def _token() -> str:
    """Return the secret of the link, the same until it was used."""
    file = Room(folder()).folder / _FILE
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("utf-8")
    token = secrets.token_urlsafe(_TOKEN_LENGTH)
    with os.fdopen(handle, "w") as opened:
        opened.write(token)
    return token
