"""Where the newsroom joins Wagtail: addresses, buttons, menus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from hodie.newsroom import actions, desk, house_views, rich, second, stating, views
from hodie.newsroom.models import Author, Series, Stories, Story
from hodie.newsroom.opened import opened, today


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("stories/", views.stories, name="newsroom_stories"),
        path(
            "story/<int:pk>/correct/",
            views.change,
            {"what": "correct"},
            name="newsroom_correct",
        ),
        path(
            "story/<int:pk>/withdraw/",
            views.change,
            {"what": "withdraw"},
            name="newsroom_withdraw",
        ),
        path("story/<int:pk>/check/", views.check, name="newsroom_check"),
        path("take/", views.take, name="newsroom_take"),
        path("date/", views.date, name="newsroom_date"),
        path("find/<str:what>/", views.find, name="newsroom_find"),
        path("year/", views.year, name="newsroom_year"),
        path("year/<int:year>/", views.year, name="newsroom_year_of"),
        path("house/", house_views.index, name="newsroom_house"),
        path("house/new/", house_views.entry, name="newsroom_house_new"),
        path("house/entry/<str:id>/", house_views.entry, name="newsroom_house_entry"),
        path("house/entry/<str:id>/drop/", house_views.drop, name="newsroom_house_drop"),
        path("house/change/<str:id>/", house_views.change, name="newsroom_house_change"),
        path("house/change/<str:id>/undo/", house_views.undo, name="newsroom_house_undo"),
        path("second/", second.ask, name="newsroom_second"),
        path("second/set-up/", second.set_up, name="newsroom_second_setup"),
        path("story/<int:pk>/reinstate/", views.reinstate, name="newsroom_reinstate"),
        path("story/<int:pk>/publish-now/", views.publish_now, name="newsroom_publish_now"),
    ]


@hooks.register("insert_global_admin_css")
def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/newsroom.css"))


@hooks.register("insert_global_admin_js")
def script() -> str:
    return format_html('<script src="{}" defer></script>', static("newsroom/newsroom.js"))


@hooks.register("register_rich_text_features")
def notes_in_text(features: Any) -> None:
    rich.register(features)


@hooks.register("construct_homepage_panels")
def desk_first(request: Any, panels: list[Any]) -> None:
    """Open with the day's desk; Wagtail's lists of what waits for whom stand below."""
    panels.insert(0, DeskPanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request: Any, items: list[Any]) -> None:
    """Leave out how many pages and pictures there are: nobody came for that."""
    items.clear()


@hooks.register("construct_main_menu", order=1000)
def plain_menu(request: Any, items: list[Any]) -> None:
    """Lead from "Stories" to the stories; there is no other page that a menu could open."""
    items[:] = [item for item in items if item.name not in ("documents", "explorer", "help")]


@hooks.register("register_admin_menu_item")
def stories_item() -> MenuItem:
    return MenuItem("Stories", reverse_lazy("newsroom_stories"), icon_name="doc-full", order=100)


@hooks.register("register_admin_menu_item")
def year_item() -> MenuItem:
    return MenuItem("The year", reverse_lazy("newsroom_year"), icon_name="calendar", order=110)


@hooks.register("register_admin_menu_item")
def house_item() -> MenuItem:
    return HouseItem("House facts", reverse_lazy("newsroom_house"), icon_name="home", order=210)


@hooks.register("before_edit_page")
def warn_the_later(request: Any, page: Any) -> Any:
    """Stop a save that would bury somebody else's, show both, and let the person decide."""
    if request.method != "POST" or "newsroom_on_top" in request.POST:
        return None
    loaded = request.POST.get("loaded_revision_id", "")
    # What the editor saved by itself meanwhile is the same person's: only another's is buried.
    newer = page.revisions.filter(pk__gt=loaded) if loaded.isdecimal() else page.revisions.none()
    latest = newer.exclude(user=request.user).order_by("-pk").first()
    if latest is None:
        return None
    if request.headers.get("x-requested-with") or "json" in request.headers.get("accept", ""):
        # The editor's own saves are refused by Wagtail, which says so beside the form.
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    values = {"page": page, "latest": latest, "loaded": loaded, "sent": sent}
    return render(request, "newsroom/buried.html", values, status=409)


@hooks.register("before_publish_page")
def publish_on_its_day(request: Any, page: Any) -> Any:
    """Schedule a new story for its day, in place of publishing it at once."""
    if not isinstance(page, Story):
        return None
    if not page.permissions_for_user(request.user).has_second_pair_of_eyes():
        # Approved was another text: what came with this click nobody else has read.
        messages.error(request, "Kept as a draft: somebody else has to approve this text first.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    if page.live or page.go_live_at is not None:
        return None
    if actions.comes_out(page) is None:
        return None
    moment = actions.publish(page, request.user)
    when = date_format(localtime(moment), "j F Y, H:i")
    messages.success(
        request,
        f"“{page.title}” comes out on {when}.",
        buttons=[messages.button(reverse("newsroom_publish_now", args=[page.pk]), "Publish now")],
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_page_header_buttons")
def change_buttons(page: Any, user: Any, view_name: str, next_url: Any = None) -> Iterator[Button]:
    """Offer what can be done with a published story."""
    if not isinstance(page, Story) or view_name != "edit":
        return
    may = page.permissions_for_user(user)
    if not page.live and may.can_publish():
        yield _button("Publish now…", "newsroom_publish_now", page, "upload", 60)
    if page.live and may.can_correct():
        yield _button("Correct…", "newsroom_correct", page, "edit", 61)
        name, label = (
            ("reinstate", "Reinstate…") if page.withdrawn_on else ("withdraw", "Withdraw…")
        )
        yield _button(label, f"newsroom_{name}", page, "undo", 62)


@hooks.register("register_permissions")
def own_permissions() -> Any:
    """Let the settings of a group show what only the newsroom has."""
    names = ("correct_story", "change_house")
    return Permission.objects.filter(content_type__app_label="newsroom", codename__in=names)


_LOGGED = {
    "correct": "Corrected",
    "withdraw": "Withdrawn",
    "reinstate": "Let stand again",
    "house_entry": "House fact kept",
    "house_change": "Almanac changed",
    "house_drop": "House fact taken away",
    "house_undo": "Change to the almanac undone",
    "second_factor_on": "Two-factor login switched on",
    "second_factor_off": "Two-factor login switched off",
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name in the history what only the newsroom does."""
    for name, label in _LOGGED.items():
        actions.register_action(f"newsroom.{name}")(_formatter(label))


@hooks.register("register_account_menu_item")
def account_item(request: Any) -> dict[str, str]:
    return {
        "url": reverse("newsroom_second_setup"),
        "label": "Two-factor login",
        "help_text": "Log in with your password and an app.",
    }


def _formatter(name: str) -> type[LogFormatter]:
    class Noted(LogFormatter):
        label = name

        def format_message(self, log_entry: Any) -> str:
            note = log_entry.data.get("note", "")
            return f"{name}: {note}" if note else name

    return Noted


def _button(label: str, name: str, page: Story, icon: str, priority: int) -> Button:
    return Button(label, reverse(name, args=[page.pk]), icon_name=icon, priority=priority)


class DeskPanel(Component):
    """Today and the coming days of the publication."""

    name = "desk"
    template_name = "newsroom/desk.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        first = today()
        return {
            "request": request,
            "days": desk.days(first),
            "anniversaries": desk.anniversaries(first),
            "has_almanac": opened().almanac is not None,
            "can_write": Stories.objects.get().permissions_for_user(request.user).can_add_subpage(),
            "csrf_token": get_token(request),
        }


class HouseItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(house_views.PERMISSION))


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "list-ul"
    menu_label = "Series"
    add_to_admin_menu = True
    menu_order = 220
    list_display = ("name", "id")


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "group"
    menu_label = "Authors"
    add_to_admin_menu = True
    menu_order = 230
    list_display = ("name", "kind", "id")


register_snippet(SeriesViewSet)
register_snippet(AuthorViewSet)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def write_settings(request: Any, instance: Any) -> None:
    """Keep hodie.toml, from which press reads series and authors, what the newsroom says."""
    if isinstance(instance, Series):
        transaction.on_commit(lambda: stating.write_series(instance))
    elif isinstance(instance, Author):
        transaction.on_commit(lambda: stating.write_author(instance))


@hooks.register("after_delete_snippet")
def forget_settings(request: Any, instances: Any) -> None:
    for instance in instances:
        if isinstance(instance, Series | Author):
            stating.drop(instance)
