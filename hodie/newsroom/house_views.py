"""The pages of the house's facts: the list, an entry of one's own, a change to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from msgspec.structs import replace
from wagtail.log_actions import log

from hodie.almanac import Entry, Kind
from hodie.dates import Calendar, DateError, Interval
from hodie.errors import HodieError
from hodie.newsroom import house, work
from hodie.newsroom.blocks import CALENDARS
from hodie.newsroom.models import Stories
from hodie.newsroom.opened import opened
from hodie.newsroom.values import lines
from hodie.newsroom.widgets import HistoricalDateInput
from hodie.press.publication import slug, web_address
from hodie.press.story import story_date
from hodie.sources.house import Backing, Change, Named, OwnEntry, Who

PERMISSION = "newsroom.change_house"
_KINDS = [(kind.value, kind.value) for kind in Kind]

View = Callable[..., HttpResponse]


def allowed(view: View) -> View:
    """Let in only whom a group lets change the house's facts."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **named)

    return guarded


class FactForm(forms.Form):
    """What an entry of one's own and a change have in common: a date, words, and their backing."""

    title = forms.CharField(required=False, max_length=200, help_text="A heading.")
    line = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Sentence",
        help_text="As the day tells it.",
    )
    date = forms.CharField(required=False, max_length=60, widget=HistoricalDateInput())
    calendar = forms.ChoiceField(required=False, choices=[("", "the usual one"), *CALENDARS])
    source = forms.CharField(required=False, label="Reference", help_text="What it rests on.")
    url = forms.CharField(required=False, label="Its address")
    pin = forms.BooleanField(required=False, label="Its day always tells it")
    sensitive = forms.BooleanField(required=False, label="It asks for tact")
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Note to the desk"
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not web_address(url):
            raise forms.ValidationError("Begin with https:// or http://")
        return url

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("url") and not values.get("source"):
            self.add_error("source", "Name what stands at the address.")
        if values.get("date"):
            self._read_date(values)
        return values

    def _read_date(self, values: dict[str, Any]) -> None:
        calendar = values.get("calendar")
        try:
            date = story_date(values["date"], Calendar(calendar) if calendar else None)
        except DateError as error:
            self.add_error("date", f"{error}.")
            return
        if isinstance(date, Interval):
            self.add_error("date", "Give one date, not a stretch of time.")
        else:
            values["calendar"] = date.calendar.value


class EntryForm(FactForm):
    kind = forms.ChoiceField(choices=_KINDS, initial="event")
    subject = forms.CharField(required=False, help_text="Whose birth or death it is.")
    people = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="One a line."
    )
    places = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="One a line."
    )
    day = forms.CharField(
        required=False,
        max_length=5,
        label="Day of every year",
        help_text="As 05-01, for a holiday; leave empty for the day of the date.",
    )

    field_order = (
        *("title", "line", "kind", "date", "calendar", "day", "subject", "people", "places"),
        *("source", "url", "pin", "sensitive", "note"),
    )


class ChangeForm(FactForm):
    hide = forms.BooleanField(required=False, label="Hide it: no day tells it")

    field_order = (
        *("hide", "pin", "title", "line", "date", "calendar", "source", "url"),
        *("sensitive", "note"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        says = any(values.get(name) for name in ("title", "line", "date"))
        if says and not values.get("source"):
            self.add_error("source", "A correction needs a reference: what does it rest on?")
        if not says and not any(values.get(name) for name in ("hide", "pin", "sensitive")):
            raise forms.ValidationError("Nothing would change: say what.")
        return values


@require_GET
@allowed
def index(request: HttpRequest) -> HttpResponse:
    """List the house's entries and changes, and find an entry to change."""
    try:
        facts = house.read()
    except HodieError as error:
        return render(request, "newsroom/house.html", {"error": str(error)})
    almanac = opened().almanac
    found = {each.entry: almanac.entry(each.entry) if almanac else None for each in facts.changes}
    values = {
        "entries": facts.entries,
        "changes": [(each, found[each.entry]) for each in facts.changes],
        "is_waiting": house.is_waiting(),
        "failed": house.last_error(),
    }
    return render(request, "newsroom/house.html", values)


@require_http_methods(["GET", "POST"])
@allowed
def entry(request: Any, id: str | None = None) -> HttpResponse:
    """Make an entry of the house's own, or change one."""
    known = _own(id) if id else None
    form = EntryForm(request.POST or None, initial=_entry_values(known) if known else None)
    if form.is_valid():
        try:
            made = _entry(form.cleaned_data, known)
            house.put_entry(made, id)
        except HodieError as error:
            form.add_error(None, f"{error}.")
        else:
            return _done(request, "house_entry", made.title or made.line or made.id)
    heading = "A fact of the house" if known is None else "Change a fact of the house"
    return _form(request, form, heading, drop="newsroom_house_drop" if known else "", key=id)


@require_http_methods(["GET", "POST"])
@allowed
def change(request: Any, id: str) -> HttpResponse:
    """Hide, pin or correct an entry of the almanac."""
    almanac = opened().almanac
    found = almanac.entry(id) if almanac else None
    known = next((each for each in house.read().changes if each.entry == id), None)
    if found is None and known is None:
        raise Http404
    form = ChangeForm(request.POST or None, initial=_change_values(known) if known else None)
    if form.is_valid():
        try:
            house.put_change(_change(id, form.cleaned_data))
        except HodieError as error:
            form.add_error(None, f"{error}.")
        else:
            return _done(request, "house_change", found.label if found else id)
    heading = f"Change “{found.label if found else id}”"
    drop = "newsroom_house_undo" if known else ""
    return _form(request, form, heading, drop=drop, key=id, found=found)


@require_http_methods(["POST"])
@allowed
def drop(request: Any, id: str) -> HttpResponse:
    """Take an entry of the house's own away."""
    house.drop_entry(id)
    return _done(request, "house_drop", id)


@require_http_methods(["POST"])
@allowed
def undo(request: Any, id: str) -> HttpResponse:
    """Let an entry of the almanac be as its sources have it."""
    house.drop_change(id)
    return _done(request, "house_undo", id)


def _form(
    request: Any, form: forms.Form, heading: str, *, drop: str, key: Any, found: Entry | None = None
) -> HttpResponse:
    values = {"form": form, "heading": heading, "drop": drop, "key": key, "found": found}
    return render(request, "newsroom/house_form.html", values)


def _done(request: Any, action: str, what: str) -> HttpResponse:
    log(
        instance=Stories.objects.get(),
        action=f"newsroom.{action}",
        user=request.user,
        data={"note": what},
    )
    work.wake()
    messages.success(request, "Kept. The almanac is built anew; its pages follow in a minute.")
    return redirect("newsroom_house")


def _own(id: str) -> OwnEntry:
    found = next((each for each in house.read().entries if each.id == id), None)
    if found is None:
        raise Http404
    return found


def _entry(values: dict[str, Any], known: OwnEntry | None) -> OwnEntry:
    """Return the entry that a form describes; what the form does not show stays as it was."""
    year = values["date"].partition("-")[0] if values["date"] else ""
    stem = slug(values["title"] or values["line"] or values["subject"])[:60].strip("-")
    usual = "-".join(filter(None, (stem or "fact", year)))
    base = known or OwnEntry(id=usual, day="01-01", title="-")
    named = {_name(who): who for who, _ in base.parts()}
    return replace(
        base,
        kind=Kind(values["kind"]),
        title=values["title"] or None,
        line=" ".join(values["line"].split()) or None,
        date=values["date"] or None,
        calendar=Calendar(values["calendar"] or "gregorian"),
        day=values["day"] or None,
        subject=named.get(values["subject"], values["subject"]) or None,
        people=tuple(named.get(name, name) for name in lines(values["people"])),
        places=tuple(named.get(name, name) for name in lines(values["places"])),
        references=_backings(values, base.references),
        pin=values["pin"],
        sensitive=values["sensitive"],
        note=values["note"] or None,
    )


def _entry_values(known: OwnEntry) -> dict[str, Any]:
    first = known.references[0] if known.references else None
    return {
        "kind": known.kind.value,
        "title": known.title or "",
        "line": known.line or "",
        "date": known.date or "",
        "calendar": str(known.calendar) if known.date else "",
        "day": known.day or "",
        "subject": _name(known.subject) if known.subject else "",
        "people": "\n".join(map(_name, known.people)),
        "places": "\n".join(map(_name, known.places)),
        "source": first.source if first else "",
        "url": (first.url if first else None) or "",
        "pin": known.pin,
        "sensitive": known.sensitive,
        "note": known.note or "",
    }


def _name(who: Who) -> str:
    return who.name if isinstance(who, Named) else who


def _backings(values: dict[str, Any], known: tuple[Backing, ...]) -> tuple[Backing, ...]:
    """Return the references: the form shows the first, the others stay."""
    if not values["source"]:
        return known[1:]
    first = known[0] if known else Backing(source=values["source"])
    return (replace(first, source=values["source"], url=values["url"] or None), *known[1:])


def _change(id: str, values: dict[str, Any]) -> Change:
    source = values["source"]
    return Change(
        entry=id,
        hide=values["hide"] or None,
        pin=values["pin"] or None,
        title=values["title"] or None,
        line=" ".join(values["line"].split()) or None,
        date=values["date"] or None,
        calendar=Calendar(values["calendar"]) if values["date"] else None,
        sensitive=values["sensitive"] or None,
        reference=Backing(source=source, url=values["url"] or None) if source else None,
        note=values["note"] or None,
    )


def _change_values(known: Change) -> dict[str, Any]:
    return {
        "hide": bool(known.hide),
        "pin": bool(known.pin),
        "title": known.title or "",
        "line": known.line or "",
        "date": known.date or "",
        "calendar": str(known.calendar or ""),
        "source": known.reference.source if known.reference else "",
        "url": (known.reference.url if known.reference else None) or "",
        "sensitive": bool(known.sensitive),
        "note": known.note or "",
    }
