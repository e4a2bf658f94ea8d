"""The newsroom's own pages; what Wagtail has is Wagtail's."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.auth import require_admin_access

from hodie.almanac import Almanac, Entity, Entry
from hodie.dates import MonthDay, worded
from hodie.errors import HodieError
from hodie.newsroom import actions, calendar, candidates, checking, telling
from hodie.newsroom.models import Picture, Stories, Story
from hodie.newsroom.opened import opened, publication, today
from hodie.press.publication import PICTURE_TYPES

_DAY_SECONDS = 86_400
_MOST_FOUND = 12


@require_GET
@require_admin_access
def media(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with an upload or one of its renditions, to those who may come in."""
    kind = PICTURE_TYPES.get(PurePosixPath(name).suffix.lower())
    if kind is None or ".." in PurePosixPath(name).parts or not default_storage.exists(name):
        raise Http404
    return _kept(FileResponse(default_storage.open(name), content_type=kind))


@require_GET
@require_admin_access
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a picture at the address that pages of press name, printed or not."""
    file = publication().picture(name)
    if file is not None:
        return FileResponse(file.open("rb"), content_type=publication().picture_type(name))
    kind = PICTURE_TYPES.get(PurePosixPath(name).suffix.lower())
    found = Picture.objects.filter(name=name).first()
    if found is None or kind is None:
        raise Http404
    return FileResponse(found.file.open("rb"), content_type=kind)


@require_GET
@require_admin_access
def press_file(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a style, font or script of press's pages, for previews."""
    press = opened().press
    page = press.page(f"/static/{name}", today()) if press else None
    if page is None:
        raise Http404
    return _kept(HttpResponse(page.body, content_type=page.media_type))


class NoteForm(forms.Form):
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


# What each of the changes to a published story asks for, and what it then says.
_CHANGES = {
    "correct": (
        actions.correct,
        "Publish a correction",
        "What was wrong, and what is right? Readers see this note, dated, with the story. The text "
        "is published as it is in the newsroom now.",
        "The correction is published.",
    ),
    "withdraw": (
        actions.withdraw,
        "Withdraw the story",
        "Why does it no longer stand? Its page will show this note in place of the text, and no "
        "list or feed will name it.",
        "The story is withdrawn.",
    ),
}


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ask for the note of a correction or a withdrawal, then publish it."""
    story = _published_story(request, pk)
    act, heading, asked, done = _CHANGES[what]
    form = NoteForm(request.POST or None)
    if form.is_valid():
        act(story, form.cleaned_data["note"], request.user)
        messages.success(request, done)
        return redirect("wagtailadmin_pages:edit", pk)
    values = {"story": story, "form": form, "heading": heading, "asked": asked, "what": what}
    return render(request, "newsroom/change.html", values)


@require_http_methods(["GET", "POST"])
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a withdrawn story stand again, once asked whether it should."""
    story = _published_story(request, pk)
    if request.method == "POST":
        actions.reinstate(story, request.user)
        messages.success(request, "The story stands again.")
        return redirect("wagtailadmin_pages:edit", pk)
    values = {
        "story": story,
        "heading": "Let the story stand again",
        "asked": "Its text will be shown again, and lists and feeds will name it.",
        "what": "reinstate",
    }
    return render(request, "newsroom/change.html", values)


@require_http_methods(["GET", "POST"])
def publish_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a story at once, whatever its day, once asked whether it should."""
    story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(request.user).can_publish():
        raise Http404
    if request.method == "POST":
        actions.publish(story.get_latest_revision_as_object(), request.user, now=True)
        messages.success(request, "The story is out.")
        return redirect("wagtailadmin_pages:edit", pk)
    values = {
        "story": story,
        "heading": "Publish now",
        "asked": "The story comes out at once, and not only on its day.",
        "what": "publish-now",
    }
    return render(request, "newsroom/change.html", values)


@require_GET
def date(request: HttpRequest) -> JsonResponse:
    """Say what a typed date is, or what the fields of the picker make."""
    asked = request.GET
    if "text" in asked:
        return JsonResponse(telling.told(asked["text"], asked.get("calendar", "")))
    names = ("year", "era", "month", "day", "calendar", "mark")
    return JsonResponse(telling.built(*(asked.get(name, "") for name in names)))


@require_GET
def find(request: HttpRequest, what: str) -> JsonResponse:
    """Find entries or entities of the almanac by words; or name those whose ids are given."""
    almanac = opened().almanac
    if almanac is None or what not in ("entries", "entities"):
        return JsonResponse({"found": []})
    ids = request.GET.getlist("id")[:_MOST_FOUND]
    if ids:
        return JsonResponse({"found": [_named(almanac, what, id) for id in ids]})
    hits = almanac.search(request.GET.get("q", "")[:200], limit=4 * _MOST_FOUND)
    found = [hit.entry if what == "entries" else hit.entity for hit in hits]
    return JsonResponse({"found": [_hit(each) for each in found if each][:_MOST_FOUND]})


@require_http_methods(["POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Make a draft of an entry, and go on to it."""
    try:
        day = MonthDay.parse(request.POST.get("day", ""))
        story = candidates.take(request.POST.get("entry", ""), day, request.user)
    except HodieError as error:
        messages.error(request, f"{error}.")
        return redirect("wagtailadmin_home")
    messages.success(request, "A draft with the entry’s facts as notes. Now tell it in your words.")
    return redirect("wagtailadmin_pages:edit", story.pk)


@require_http_methods(["POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the dates in a story say, and what is wrong with them, as it is being typed."""
    story = get_object_or_404(Story, pk=pk).get_latest_revision_as_object()
    if not story.permissions_for_user(request.user).can_edit():
        raise Http404
    if "title" in request.POST:
        story = _as_typed(story, request)
    values = {"checked": checking.checked(story), "has_almanac": opened().almanac is not None}
    return render(request, "newsroom/checked.html", values)


def _as_typed(story: Story, request: HttpRequest) -> Story:
    """Return a story as its form has it; as it was kept, where the form cannot be read."""
    form_class = story.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        instance=story,
        parent_page=story.get_parent(),
        for_user=request.user,
    )
    form.defer_required_fields()
    return form.save(commit=False) if form.is_valid() else story


@require_GET
def stories(request: HttpRequest) -> HttpResponse:
    """Lead to the folder of all stories."""
    return redirect("wagtailadmin_explore", Stories.objects.get().pk)


@require_GET
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the 366 days: what is covered, scheduled, in draft and empty."""
    shown = year or today().year
    if not 1 <= shown <= 9998:
        raise Http404
    wanted = {key: request.GET.get(key, "") for key in ("series", "author")}
    return render(request, "newsroom/year.html", calendar.year(shown, **wanted))


def _hit(found: Entry | Entity) -> dict[str, str]:
    if isinstance(found, Entity):
        return {"id": found.id, "words": found.name, "more": found.description or ""}
    date = worded(found.date) if found.date else ""
    return {"id": found.id, "words": found.label, "more": date}


def _named(almanac: Almanac, what: str, id: str) -> dict[str, str]:
    found = almanac.entry(id) if what == "entries" else almanac.entity(id)
    return _hit(found) if found else {"id": id, "words": id, "more": "not in the almanac"}


def _published_story(request: HttpRequest, pk: int) -> Story:
    """Return a story that the user may correct; to others there is none here."""
    story: Story = get_object_or_404(Story, pk=pk, live=True)
    if not story.permissions_for_user(request.user).can_correct():
        raise Http404
    return story


def _kept(response: Any) -> Any:
    """Let the browser keep what changes its address when it changes; no one else."""
    response["Cache-Control"] = f"private, max-age={_DAY_SECONDS}"
    return response
