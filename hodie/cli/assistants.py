"""The tools of `hodie mcp`: what an assistant may ask, and what it is answered.

An answer is a plain object. What it tells of entries has their sources and licences beside it, so
that an assistant can say where a fact is from.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal

import click
import msgspec

from hodie import __version__
from hodie.almanac import Entity, Entry, Kind
from hodie.cli.answers import Object
from hodie.cli.days import read_day
from hodie.cli.places import Place
from hodie.dates import HistoricalDate, MonthDay, worded
from hodie.errors import HodieError
from hodie.factcheck import Verdict, check
from hodie.press.api.values import Speaker
from hodie.press.backing import sources_of
from hodie.selection import Pick, choose

if TYPE_CHECKING:
    from mcp.server import MCPServer

KindName = Literal["event", "birth", "death", "holiday"]

MOST = 50
LONGEST_TEXT = 100_000
# What an entry says to an assistant; the rest would only fill its memory.
_SAID = ("id", "page", "kind", "subkind", "title", "text", "date", "sensitive", "references")
_INSTRUCTIONS = """\
Facts with references on what happened on a day, on people and things, from the almanac of \
{name}. Answer from these tools rather than from memory, name the sources beside each fact \
(`references`), and keep to their licences. Years are astronomical: 44 BC is -43; `words` says a \
date as people write it. An entry with `sensitive` tells of cruelty or mass death.\
"""


class AssistantError(HodieError):
    """An assistant's question cannot be answered; says what would do."""


class Tools:
    """The questions that an assistant may ask; each answers with an object."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._speaker = Speaker(place.house, place.language)

    def on_this_day(
        self, day: str = "today", kind: KindName | None = None, limit: int = 10
    ) -> Object:
        """Tell what happened on a day of the year ("20 August", "08-20", "today"), or on one date
        where there is a year ("1940-08-20", "15 March 44 BC").

        Without a kind, a day gives the publication's choice for this year, each with its reason.
        """
        asked = read_day(day, self._place.today(), self._place.language)
        wanted = None if kind is None else Kind(kind)
        if isinstance(asked, HistoricalDate):
            found = self._place.almanac.date(asked)
            entries = [entry for entry in found if wanted in (None, entry.kind)]
            return self._told(asked, entries[: _held(limit)])
        if wanted is not None:
            entries = self._place.almanac.day(asked, wanted, limit=_held(limit))
            return self._told(asked, entries)
        return self._chosen(asked, _held(limit))

    def search(self, words: str, kind: KindName | None = None, limit: int = 10) -> Object:
        """Find entries, people, places and other things by words of their names and titles."""
        wanted = None if kind is None else Kind(kind)
        hits = self._place.almanac.search(words, limit=_held(limit), kind=wanted)
        entries = [hit.entry for hit in hits if hit.entry is not None]
        entities = [hit.entity for hit in hits if hit.entity is not None]
        return {
            "words": words,
            "entities": [self._entity(entity) for entity in entities],
            "entries": [self._entry(entry) for entry in entries],
            "sources": sources_of(entries),
        }

    def timeline(self, name: str, limit: int = MOST) -> Object:
        """Tell all dated entries of a person, place, work or other thing, in the order of time.

        `name` is an id from `search`, as "leon-trotsky", or a name; of several that match, the
        best known is told and the others are named.
        """
        found = self._place.almanac.entity(name)
        others: list[Entity] = []
        if found is None:
            hits = self._place.almanac.search(name, limit=MOST)
            entities = [hit.entity for hit in hits if hit.entity is not None]
            if not entities:
                raise AssistantError(f"nothing is known as {name!r}; try `search` with fewer words")
            found, *others = entities
        entries = self._place.almanac.about(found.id, limit=_held(limit))
        return {
            "entity": self._entity(found),
            "others": [self._entity(entity) for entity in others[:5]],
            "entries": [self._entry(entry) for entry in entries],
            "sources": sources_of(entries),
        }

    def check(self, text: str, date: str | None = None) -> Object:
        """Check what a text says of dates, ages, weekdays and places against the almanac.

        `date` is the day that the text is of, as 1940-08-20, against which "the following year" is
        reckoned. Each claim found is confirmed, partly so, contradicted or unknown.
        """
        if len(text) > LONGEST_TEXT:
            raise AssistantError(
                f"the text has {len(text):,} characters; send at most {LONGEST_TEXT:,} at a time"
            )
        verdicts = check(text, self._place.almanac, reference=date, today=self._place.today())
        entries = [entry for verdict in verdicts for entry in verdict.entries]
        return {
            "verdicts": [self._verdict(verdict) for verdict in verdicts],
            "sources": sources_of(entries),
        }

    # Parts of answers

    def _chosen(self, day: MonthDay, limit: int) -> Object:
        place, year = self._place, self._place.today().year
        lineup = choose(place.almanac, day, year, place.policy, leap_day=place.leap_day)
        parts = {
            "selected": [pick for pick in (lineup.lead, *lineup.selected) if pick is not None],
            "events": lineup.events,
            "births": lineup.births,
            "deaths": lineup.deaths,
            "holidays": lineup.holidays,
        }
        kept = {name: list(picks)[:limit] for name, picks in parts.items()}
        entries = [pick.entry for picks in kept.values() for pick in picks]
        return {
            **self._headed(day),
            "year": year,
            **{name: [self._pick(pick) for pick in picks] for name, picks in kept.items()},
            "sources": sources_of(entries),
        }

    def _told(self, asked: MonthDay | HistoricalDate, entries: Iterable[Entry]) -> Object:
        listed = list(entries)
        told = [self._entry(entry) for entry in listed]
        return {**self._headed(asked), "entries": told, "sources": sources_of(listed)}

    def _headed(self, asked: MonthDay | HistoricalDate) -> Object:
        name = str(asked) if isinstance(asked, MonthDay) else asked.edtf
        words = worded(asked, self._place.language)
        return {"day": name, "words": words, "page": f"{self._place.house.base_url}/on/{name}/"}

    def _pick(self, pick: Pick) -> Object:
        return {**self._entry(pick.entry), "why": pick.why}

    def _entry(self, entry: Entry) -> Object:
        known: Object = msgspec.to_builtins(self._speaker.entry(entry))
        return {name: known[name] for name in _SAID if name in known}

    def _entity(self, entity: Entity) -> Object:
        known: Object = msgspec.to_builtins(self._speaker.entity(entity))
        left_out = ("entries", "weight", "url")
        return {name: value for name, value in known.items() if name not in left_out}

    def _verdict(self, verdict: Verdict) -> Object:
        claim, known = verdict.claim, verdict.known
        return {
            "status": verdict.status,
            "kind": claim.kind,
            "text": claim.text,
            "start": claim.start,
            "end": claim.end,
            "says": verdict.says,
            "known": known.edtf if isinstance(known, HistoricalDate) else known,
            "suggestion": verdict.suggestion.words if verdict.suggestion else None,
            "entries": [self._entry(entry) for entry in verdict.entries],
        }


def serve(place: Place, host: str | None, port: int) -> None:
    """Answer assistants until they leave: on standard input and output, or at a host and port.

    Raises AssistantError where the SDK is not installed, ServeError where the port is taken.
    """
    server = server_of(place)
    if host is None:
        server.run()
        return
    from hodie.server.serving import serve_app

    app = server.streamable_http_app(stateless_http=True, host=host)
    serve_app(app, host, port, lambda at: click.echo(f"{place.name}: {at} (Ctrl-C stops)"), "/mcp")


def server_of(place: Place) -> MCPServer[Any]:
    """Return the server with its tools, speaking nowhere yet."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ModuleNotFoundError as error:
        raise AssistantError(
            "assistants are spoken to with the official SDK, which is not installed: "
            "pip install 'hodie[mcp]'"
        ) from error
    server: MCPServer[Any] = MCPServer(
        "hodie",
        title=place.house.name,
        instructions=_INSTRUCTIONS.format(name=place.house.name),
        version=__version__,
        website_url=place.house.base_url or None,
        log_level="ERROR",
    )
    tools = Tools(place)
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in (tools.on_this_day, tools.search, tools.timeline, tools.check):
        server.tool(annotations=reading)(_in_words(tool, ToolError))
    return server


def _in_words(tool: Callable[..., Object], error_type: type[Exception]) -> Callable[..., Object]:
    """Let a tool's errors reach the assistant in their own words, so that it can ask better."""

    @functools.wraps(tool)
    def answered(*args: Any, **kwargs: Any) -> Object:
        try:
            return tool(*args, **kwargs)
        except HodieError as error:
            raise error_type(str(error)) from error

    return answered


def _held(limit: int) -> int:
    return max(1, min(limit, MOST))
