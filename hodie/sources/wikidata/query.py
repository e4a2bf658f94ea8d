"""The source `wikidata-query`: chosen items from the query service, for a small almanac.

What comes out is what the dump gives of the same items. The service states Julian days converted
to the Gregorian calendar, and years with a year 0: they are converted back at this door.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from hodie.almanac import Entry
from hodie.dates import Calendar, DateError, HistoricalDate
from hodie.sources import SourceError
from hodie.sources.wikidata.asking import ENDPOINT, Asker
from hodie.sources.wikidata.asking import Row as Answer
from hodie.sources.wikidata.facts import DATES, PRECISIONS, Finder
from hodie.sources.wikidata.items import Item, Place, Statement, Term, Time, Value
from hodie.sources.wikidata.lines import (
    FALLBACKS,
    cut_time,
    is_julian,
    naming_properties,
    site_of,
    wanted_properties,
)
from hodie.sources.wikidata.rows import Row, RowMaker, countries_of, facts_of
from hodie.sources.wikidata.rules import Rules, number, read_rules
from hodie.sources.wikidata.telling import Teller

BATCH = 100
"""How many items one question is about."""

PREFIXES = """PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <http://schema.org/>
"""

_ITEMS = """SELECT DISTINCT ?item WHERE {{
{where}
}} ORDER BY ?item LIMIT {limit}"""

_TIMES = """SELECT ?item ?property ?statement ?rank ?time ?precision ?calendar ?said WHERE {{
  VALUES ?item {{ {items} }}
  VALUES (?property ?p ?psv) {{ {properties} }}
  ?item ?p ?statement .
  ?statement wikibase:rank ?rank .
  OPTIONAL {{
    ?statement ?psv ?value .
    ?value wikibase:timeValue ?time ; wikibase:timePrecision ?precision ;
      wikibase:timeCalendarModel ?calendar .
  }}
  OPTIONAL {{ ?statement pq:{circumstances} ?said }}
}}"""

_VALUES = """SELECT ?item ?property ?statement ?rank ?value WHERE {{
  VALUES ?item {{ {items} }}
  VALUES (?property ?p ?ps) {{ {properties} }}
  ?item ?p ?statement .
  ?statement wikibase:rank ?rank .
  OPTIONAL {{ ?statement ?ps ?value }}
}}"""

_EVENTS = """SELECT ?item ?statement ?qualifier ?time ?precision ?calendar WHERE {{
  VALUES ?item {{ {items} }}
  VALUES (?p ?ps) {{ {properties} }}
  VALUES (?qualifier ?pqv) {{ {qualifiers} }}
  ?item ?p ?statement .
  ?statement ?pqv ?value .
  ?value wikibase:timeValue ?time ; wikibase:timePrecision ?precision ;
    wikibase:timeCalendarModel ?calendar .
}}"""

_TERMS = """SELECT ?item ?what ?text WHERE {{
  VALUES ?item {{ {items} }}
  {{ ?item rdfs:label ?text . BIND("label" AS ?what) FILTER(LANG(?text) IN ({languages})) }}
  UNION
  {{ ?item schema:description ?text . BIND("description" AS ?what)
    FILTER(LANG(?text) IN ({languages})) }}
  UNION
  {{ ?item skos:altLabel ?text . BIND("alias" AS ?what) FILTER(LANG(?text) IN ({languages})) }}
  UNION
  {{ ?item wikibase:sitelinks ?links . BIND("links" AS ?what) BIND(STR(?links) AS ?text) }}
  UNION
  {{ VALUES (?site ?what) {{ {sites} }}
    ?article schema:about ?item ; schema:isPartOf ?site ; schema:name ?text . }}
}}"""

_TIME = re.compile(r"([+-]?\d{4,})-(\d\d)-(\d\d)T")
_ENTITY = "http://www.wikidata.org/entity/"
_FILE = "Special:FilePath/"
_POINT = re.compile(r"Point\((\S+) (\S+)\)", re.IGNORECASE)


class WikidataQuerySource:
    """The items that `where` chooses, a pattern of SPARQL about `?item`, or that `items` names.

    `contact` is an address of mail or web at which you can be reached. `work` is where answers are
    kept, for `max_age` days. `limit` is how many items are taken at most.
    """

    name = "wikidata-query"
    unit = "items"

    def __init__(
        self,
        *,
        contact: str,
        where: str | None = None,
        items: Sequence[str] = (),
        languages: Sequence[str] = ("en",),
        least_sitelinks: int = 0,
        precision: str = "year",
        limit: int = 10_000,
        endpoint: str = ENDPOINT,
        max_age: float = 7.0,
        work: str | Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if (where is None) == (not items):
            raise SourceError(
                "name the items, or choose them: either items = ['Q937'] or "
                "where = '?item wdt:P19 wd:Q1085 .'"
            )
        if precision not in PRECISIONS:
            raise SourceError(f"precision = {precision!r} is none of {', '.join(PRECISIONS)}")
        for each in items:
            if not re.fullmatch(r"Q[1-9]\d*", each):
                raise SourceError(f"items: {each!r} is no item; write one such as 'Q937'")
        self._where, self._items, self._limit = where, tuple(items), limit
        self._languages = tuple(dict.fromkeys(languages))
        self._least, self._precision = least_sitelinks, PRECISIONS[precision]
        self._work = Path(work) if work is not None else None
        self._contact, self._endpoint, self._max_age = contact, endpoint, max_age
        self._sleep = sleep
        self.progress: Callable[[int, int], None] | None = None
        self.left_out: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield every entry; what was asked lately is not asked again."""
        if self._work is not None:
            yield from self._entries(self._work)
            return
        with TemporaryDirectory(prefix="hodie-wikidata-") as folder:
            yield from self._entries(Path(folder))

    def _entries(self, folder: Path) -> Iterator[Entry]:
        self.left_out.clear()
        asker = Asker(
            folder, self._contact, endpoint=self._endpoint, max_age=self._max_age, sleep=self._sleep
        )
        rows = self._rows(Service(asker, read_rules(), self._languages))
        teller = Teller(lambda: rows, read_rules(), complain=self._complain)
        return teller.entries()

    def _rows(self, service: Service) -> list[Row]:
        rules = read_rules()
        finder = Finder(rules, precision=self._precision, least_links=self._least)
        maker = RowMaker(rules, self._languages)
        numbers = self._numbers(service)
        rows: dict[int, Row] = {}
        for item in service.items(numbers, self._tell, dated=True):
            row = None if item.classes & rules.out_classes else maker.row(item, finder.facts(item))
            if row is not None:
                rows[row.number] = row
        # First what the facts name, then the countries of that.
        for named in (_named, _countries):
            wanted = sorted(named(rows.values()) - rows.keys())
            for item in service.items(wanted, self._tell, dated=False):
                row = None if item.classes & rules.out_classes else maker.row(item, ())
                if row is not None:
                    rows[row.number] = row
        return sorted(rows.values(), key=lambda row: row.number)

    def _numbers(self, service: Service) -> list[int]:
        if self._items:
            return sorted(set(map(number, self._items)))
        assert self._where is not None
        return service.choose(self._where, self._limit)

    def _tell(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(done, total)

    def _complain(self, reason: str, place: str) -> None:
        self.left_out.append(f"{place}: {reason}")


class Service:
    """The query service, asked for items by their numbers."""

    def __init__(self, asker: Asker, rules: Rules, languages: tuple[str, ...]) -> None:
        self._ask, self._rules, self._languages = asker.ask, rules, languages
        self._spoken = tuple(dict.fromkeys((*languages, *FALLBACKS)))
        for language in languages:
            if not re.fullmatch(r"[A-Za-z]+(-[A-Za-z0-9]+)*", language):
                raise SourceError(f"languages: {language!r} is no language; write one such as 'en'")
        self._dates = {*rules.dated, rules.entity.born, rules.entity.died} - _events(rules)

    def choose(self, where: str, limit: int) -> list[int]:
        """Return the items that a pattern chooses."""
        rows = self._ask(PREFIXES + _ITEMS.format(where=where, limit=limit))
        numbers = (_number(row["item"].value) for row in rows if "item" in row)
        return sorted({number for number in numbers if number is not None})

    def items(
        self, numbers: Sequence[int], tell: Callable[[int, int], None], *, dated: bool
    ) -> Iterator[Item]:
        """Yield items in the order of `numbers`; `dated` asks for their dates too."""
        for start in range(0, len(numbers), BATCH):
            tell(start, len(numbers))
            yield from self._batch(numbers[start : start + BATCH], dated)

    def _batch(self, numbers: Sequence[int], dated: bool) -> Iterator[Item]:
        names = " ".join(f"wd:Q{each}" for each in numbers)
        found = _Found(self._rules)
        wanted = wanted_properties(self._rules) if dated else naming_properties(self._rules)
        values = sorted((wanted - self._dates) | {self._rules.entity.classes})
        found.values(self._asked(_VALUES, names, values, ("p", "ps")))
        dates = self._dates if dated else {self._rules.entity.born, self._rules.entity.died}
        found.times(self._asked(_TIMES, names, sorted(dates), ("p", "psv")))
        if dated:
            events = " ".join(f"(p:{each} ps:{each})" for each in sorted(_events(self._rules)))
            found.events(self._events(names, events))
        found.terms(self._terms(names))
        return (found.item(each, self._spoken) for each in numbers)

    def _asked(
        self, query: str, items: str, properties: Iterable[str], prefixes: tuple[str, str]
    ) -> list[Answer]:
        one, other = prefixes
        listed = " ".join(f"(wd:{each} {one}:{each} {other}:{each})" for each in properties)
        said = self._rules.entity.circumstances
        text = query.format(items=items, properties=listed, circumstances=said)
        return self._ask(PREFIXES + text)

    def _events(self, items: str, properties: str) -> list[Answer]:
        qualifiers = " ".join(f"(wd:{each} pqv:{each})" for each in DATES)
        text = _EVENTS.format(items=items, properties=properties, qualifiers=qualifiers)
        return self._ask(PREFIXES + text)

    def _terms(self, items: str) -> list[Answer]:
        languages = ", ".join(f'"{each}"' for each in self._spoken)
        sites = " ".join(f'(<{_site(each)}> "article {each}")' for each in self._languages)
        text = _TERMS.format(items=items, languages=languages, sites=sites)
        return self._ask(PREFIXES + text)


class _Found:
    """What the answers say of some items, put together."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._claims: dict[int, dict[str, dict[str, _Stated]]] = {}
        self._terms: dict[int, dict[str, list[tuple[str, str]]]] = {}

    def _stated(self, row: Answer, property: str) -> _Stated:
        claims = self._claims.setdefault(_item(row), {})
        statements = claims.setdefault(property, {})
        return statements.setdefault(row["statement"].value, _Stated())

    def values(self, rows: Iterable[Answer]) -> None:
        for row in rows:
            stated = self._stated(row, _last(row["property"].value))
            stated.rank = row["rank"].value
            if "value" in row:
                stated.value = _value(row["value"].type, row["value"].value)

    def times(self, rows: Iterable[Answer]) -> None:
        for row in rows:
            stated = self._stated(row, _last(row["property"].value))
            stated.rank = row["rank"].value
            stated.value = _time(row)
            if "said" in row:
                said = _number(row["said"].value)
                if said is not None:
                    stated.qualify(self._rules.entity.circumstances, said)

    def events(self, rows: Iterable[Answer]) -> None:
        for row in rows:
            when = _time(row)
            for property in _events(self._rules):
                statements = self._claims.get(_item(row), {}).get(property, {})
                stated = statements.get(row["statement"].value)
                if stated is not None and when is not None:
                    stated.qualify(_last(row["qualifier"].value), when)

    def terms(self, rows: Iterable[Answer]) -> None:
        for row in rows:
            said = self._terms.setdefault(_item(row), {})
            language = row["text"].language or ""
            said.setdefault(row["what"].value, []).append((language, row["text"].value))

    def item(self, number: int, languages: tuple[str, ...]) -> Item:
        claims = self._claims.get(number, {})
        best = {property: _best(stated.values()) for property, stated in claims.items()}
        dated = self._rules.dated.keys()
        classes = claims.get(self._rules.entity.classes, {}).values()
        said = self._terms.get(number, {})
        links = said.get("links", [("", "0")])[0][1]
        return Item(
            number,
            tuple(term for each in languages if (term := _term(each, said)) is not None),
            frozenset(each.value for each in classes if type(each.value) is int),
            int(links),
            {p: tuple(s.value for s in found) for p, found in best.items() if p not in dated},
            {p: found for p, found in best.items() if p in dated and found},
        )


class _Stated:
    """A statement on its way."""

    def __init__(self) -> None:
        self.rank = ""
        self.value: Value | None = None
        self.qualifiers: dict[str, tuple[Value, ...]] = {}

    def qualify(self, property: str, value: Value) -> None:
        there = self.qualifiers.get(property, ())
        if value not in there:
            self.qualifiers[property] = (*there, value)


def _best(stated: Iterable[_Stated]) -> tuple[Statement, ...]:
    ranks: dict[str, list[_Stated]] = {}
    for each in stated:
        ranks.setdefault(each.rank.rpartition("#")[2], []).append(each)
    best = ranks.get("PreferredRank") or ranks.get("NormalRank") or []
    found = (Statement(each.value, each.qualifiers) for each in best if each.value is not None)
    return tuple(sorted(found, key=lambda statement: repr(statement.value)))


def _term(language: str, said: dict[str, list[tuple[str, str]]]) -> Term | None:
    def one(what: str) -> str | None:
        return next((text for tag, text in said.get(what, ()) if tag == language), None)

    articles = said.get(f"article {language}", ())
    aliases = sorted(text for tag, text in said.get("alias", ()) if tag == language)
    title = next((text for _, text in articles), None)
    term = Term(language, one("label"), one("description"), title, tuple(aliases))
    return None if term == Term(language) else term


def _time(row: Answer) -> Time | None:
    """Read a time of the service into the calendar that it names; None for no value.

    Julian days come converted to the Gregorian calendar, vaguer Julian dates do not.
    """
    if "time" not in row:
        return None
    found = _TIME.match(row["time"].value)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    precision = int(row["precision"].value)
    try:
        julian = is_julian(row["calendar"].value)
        if julian and precision >= PRECISIONS["day"]:
            there = HistoricalDate(year, month, day).to(Calendar.JULIAN)
            assert there.month is not None
            assert there.day is not None
            year, month, day = there.year, there.month, there.day
        return cut_time(year, month, day, precision, julian)
    except (ValueError, DateError):
        return None


def _value(type: str, text: str) -> Value | None:
    if type == "bnode":
        return None
    found = _number(text)
    if found is not None:
        return found
    if _FILE in text:
        return unquote(text.partition(_FILE)[2])
    point = _POINT.fullmatch(text)
    if point:
        return Place(float(point[2]), float(point[1]))
    return None if type == "uri" else text


def _number(address: str) -> int | None:
    """Return the number of the item at an address, None for any other.

    >>> _number("http://www.wikidata.org/entity/Q937"), _number("http://example.org/")
    (937, None)
    """
    tail = address.removeprefix(_ENTITY)
    return int(tail[1:]) if tail != address and tail[:1] == "Q" and tail[1:].isdigit() else None


def _item(row: Answer) -> int:
    found = _number(row["item"].value)
    assert found is not None
    return found


def _last(address: str) -> str:
    return address.rpartition("/")[2]


def _site(language: str) -> str:
    return f"https://{site_of(language).removesuffix('wiki').replace('_', '-')}.wikipedia.org/"


def _events(rules: Rules) -> set[str]:
    """Return the properties whose dates stand in qualifiers."""
    return {rule.property for rule in rules.rules if rule.about}


def _named(rows: Iterable[Row]) -> set[int]:
    """Return the items that facts name."""
    facts = (fact for row in rows for fact in facts_of(row))
    return {n for fact in facts for n in (*fact.places, *fact.people, *fact.context)}


def _countries(rows: Iterable[Row]) -> set[int]:
    return {number for row in rows for number in countries_of(row)}
