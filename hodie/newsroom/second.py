"""The second factor: setting it up, giving it after the password, and doing without it again."""

from __future__ import annotations

import base64
from typing import Any

import qrcode
import qrcode.image.svg
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import devices_for_user, login, match_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log


class TokenForm(forms.Form):
    """Six digits of the app, checked against a device or against all that a user has."""

    token = forms.CharField(
        label="The six digits that your app shows",
        max_length=10,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def __init__(self, data: Any, user: Any, device: TOTPDevice | None = None) -> None:
        super().__init__(data)
        self.user, self.device = user, device

    def clean_token(self) -> str:
        token = "".join(self.cleaned_data["token"].split())
        if self.device is None:
            self.device = match_token(self.user, token)
        elif not self.device.verify_token(token):
            self.device = None
        if self.device is None:
            # The device itself makes guessing slow: each failure doubles the wait.
            raise forms.ValidationError("These digits are not the ones; wait for the next.")
        return token


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of this login."""
    form = TokenForm(request.POST or None, request.user)
    if form.is_valid():
        login(request, form.device)
        return redirect(_target(request))
    return render(request, "newsroom/second.html", {"form": form, "next": _target(request)})


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the code for an app, and have it proved; or take the second factor away again."""
    user: Any = request.user
    if any(devices_for_user(user, confirmed=True)):
        return _remove(request)
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    form = TokenForm(request.POST or None, user, device)
    if not form.is_valid():
        values = {"form": form, "code": _drawn(device.config_url), "key": _key(device)}
        return render(request, "newsroom/second_setup.html", values)
    device.confirmed = True
    device.save()
    login(request, device)
    log(instance=user, action="newsroom.second_factor_on", user=user)
    messages.success(request, "From now on you log in with your password and your app.")
    return redirect(_target(request))


def _remove(request: Any) -> HttpResponse:
    if request.method == "POST" and request.user.is_verified():
        for device in list(devices_for_user(request.user)):
            device.delete()
        log(instance=request.user, action="newsroom.second_factor_off", user=request.user)
        messages.success(request, "Your password alone lets you in again.")
        return redirect("wagtailadmin_account")
    return render(request, "newsroom/second_setup.html", {})


def _target(request: Any) -> str:
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else str(settings.LOGIN_REDIRECT_URL)


def _drawn(url: str) -> str:
    image = qrcode.make(url, image_factory=qrcode.image.svg.SvgPathImage, box_size=12)
    return mark_safe(image.to_string(encoding="unicode"))


def _key(device: TOTPDevice) -> str:
    """Return the key for those who cannot scan, in groups of four."""
    text = base64.b32encode(device.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
