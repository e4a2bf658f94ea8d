"""Two-factor login for those who set it up, and for all where the publication says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.urls import Resolver404, resolve, reverse
from django_otp import user_has_device
from django_otp.middleware import OTPMiddleware

from hodie.newsroom.opened import publication

# What somebody needs on the way in, and nothing that shows a story.
_ON_THE_WAY = {"wagtailadmin_login", "wagtailadmin_logout", "newsroom_second", "newsroom_first"}
_ON_THE_WAY |= {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
_FIRST_TIME = {"newsroom_second_setup"}


class SecondFactor:
    """Asks for the second factor of whoever has one, before anything else is shown."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self._next = get_response
        # Gives the user `is_verified()` first.
        self._asked = OTPMiddleware(self._ask)

    def __call__(self, request: Any) -> Any:
        return self._asked(request)

    def _ask(self, request: Any) -> Any:
        wanted = self._wanted(request)
        if wanted is not None:
            return redirect_to_login(request.get_full_path(), login_url=reverse(wanted))
        return self._next(request)

    def _wanted(self, request: Any) -> str | None:
        """Return the name of the page that has to come first, if there is one."""
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return None
        name = _name(request.path_info)
        if name in _ON_THE_WAY:
            return None
        if user_has_device(user, confirmed=True):
            return "newsroom_second"
        required = publication().newsroom.two_factor == "required"
        return "newsroom_second_setup" if required and name not in _FIRST_TIME else None


def _name(path: str) -> str | None:
    try:
        return str(resolve(path).url_name)
    except Resolver404:
        return None
