"""Finding entities and entries by words."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from hodie.almanac.folding import fold, words
from hodie.almanac.ids import entries_of
from hodie.almanac.model import Entity, Entry, Kind
from hodie.almanac.more import BETWEEN
from hodie.almanac.reading import ANY, Reader, fetch
from hodie.almanac.schema import WEIGHTS

POOL = 60
"""How many of the weightiest matches are ranked by how well they match; behind, weight decides."""

AT_ONCE = 24
"""How many texts are read at a time, as long as a later match may be among the best."""

MOST_WORDS = 8
"""How many words of a search count. More would only make it slow."""

CANDIDATES = 120
"""How many rows that have all words but the last are read to see whether that begins a word."""

LISTED = 4
"""From how many letters on all words of the rest that begin so are listed, if a search has but one.
FTS5 lists them before it gives the first row: for "j" in 6.5 million names that takes 100 ms, for
"john" 10, and a common word is listed as long as its beginning. The top has them listed."""

LONG = 6
"""From how many letters on they are listed behind other words that led to nothing."""

SCANNED = 2_000
"""How many matches are looked through for those of one kind."""

WHOLE_NAME, WHOLE_WORD, AT_START = 0.75, 0.2, 0.25
"""What a match is worth, in weight: the name is the search; so is its last word; it begins so."""


class Hit(Struct, frozen=True, gc=False):
    """What a search found: an entity or an entry, and how well it matches: weight and more."""

    entity: Entity | None
    entry: Entry | None
    score: float

    @property
    def label(self) -> str:
        """The name or title of what was found."""
        found = self.entity or self.entry
        assert found is not None
        return found.name if isinstance(found, Entity) else found.label


class Query(NamedTuple):
    """The words that must be there, and the last one, which may be the beginning of one."""

    before: tuple[str, ...]
    last: str
    text: str
    """All of them."""

    @classmethod
    def of(cls, text: str) -> "Query | None":
        """Return what `text` searches for; None if it has no word.

        >>> Query.of("Leon  TROTS")
        Query(before=('leon',), last='trots', text='leon trots')
        """
        found = words(text)[:MOST_WORDS]
        return cls(tuple(found[:-1]), found[-1], " ".join(found)) if found else None

    def match(self, *, prefix: bool) -> str:
        """Return the query as FTS5 has it, its last word whole or as a prefix."""
        return _quoted((*self.before, self.last)) + "*" * prefix

    def fits(self, text: str) -> bool:
        """Tell whether a word of `text` begins as the last word does."""
        if text.isascii() and self.last not in text.lower():
            return False
        return f" {self.last}" in f" {fold(text)}"

    def score(self, texts: str) -> float:
        """Return what the best match of a text adds to its weight; lines are names of one thing."""
        if BETWEEN in texts:
            return max(map(self.score, texts.split(BETWEEN)))
        found = words(texts)
        text = " ".join(found)
        if text == self.text:
            return WHOLE_NAME
        return WHOLE_WORD * (self.last in found) + AT_START * text.startswith(self.text)


def _quoted(found: Iterable[str]) -> str:
    return " ".join(f'"{word}"' for word in found)


class _Index(NamedTuple):
    """One of the two indexes: what rowids of its tables stand for."""

    name: str
    texts: str
    """Gives rank, number, text and weight; a condition on rank follows."""


_NAMES = _Index(
    "names",
    f"SELECT n AS rank, n, name || coalesce(char({ord(BETWEEN)}) || also, ''), weight"
    " FROM entity WHERE n",
)
_TITLES = _Index(
    "titles",
    "SELECT titled.n AS rank, entry.n, CASE title WHEN 1 THEN '' ELSE coalesce(title, '') END"
    " || ' ' || coalesce(line, ''), weight FROM titled JOIN entry ON entry.n = titled.entry"
    " WHERE titled.n",
)


class _Match(NamedTuple):
    """Something found: comparable, the best first."""

    behind: bool
    negative_score: float
    negative_weight: int
    source: str
    number: int


class _Stream(NamedTuple):
    """Matches that are yet to be read, heaviest first: the best first of both indexes."""

    behind: bool
    negative_most: float
    """What the best of them may add to its weight."""
    source: _Index
    ranks: list[int]


class Search:
    """One search: its query, and the connection on which it runs."""

    def __init__(self, reader: Reader, database: sqlite3.Connection, query: Query) -> None:
        self._reader, self._database, self._query = reader, database, query
        self._known: dict[str, dict[int, tuple[int, int, str, int]]] = {n: {} for n in _BOTH}
        self._kinds: dict[int, Kind | None] = {}
        """Kinds of titled entries, by their rank."""

    def hits(self, limit: int, offset: int) -> list[Hit]:
        """Return what matches best, entities and entries together."""
        wanted = max(POOL, offset + limit)
        streams = self._streams(_NAMES, wanted) + self._streams(_TITLES, wanted)
        return self._read(self._best(streams, offset + limit)[offset : offset + limit])

    def hits_of(self, kind: Kind, limit: int, offset: int) -> list[Hit]:
        """Return the entries of one kind that match best, by their title, line or subject."""
        count = offset + limit
        wanted = max(POOL, count)
        matches = self._best(self._streams(_TITLES, wanted, kind), count)
        by_subject: list[_Match] = []
        for match in self._best(self._streams(_NAMES, wanted), 2 * wanted):
            worst = by_subject[count - 1 : count]
            if worst and worst[0][:3] < match[:3]:
                break
            by_subject += (
                match._replace(source="titles", number=n) for n in self._about(match.number, kind)
            )
        matches += by_subject
        # The same entry may match by its title and by its subject's name: it counts as the better.
        best = {match.number: match for match in sorted(matches, reverse=True)}
        return self._read(sorted(best.values())[offset : offset + limit])

    def _kind(self, entry: int) -> Kind | None:
        return self._reader.shelves.of(entry)[0].kind

    def _about(self, entity: int, kind: Kind) -> list[int]:
        """Return the entries of one kind whose subject is an entity."""
        last, of_kind = self._reader.shelves.visible, []
        for n in entries_of(self._database, entity)[:SCANNED]:
            if n <= last and self._kind(n) is kind:
                of_kind.append(n)
        statement = "SELECT n FROM entry WHERE n = ? AND subject = ?"
        return [n for n in of_kind if self._database.execute(statement, (n, entity)).fetchone()]

    def _read(self, matches: list[_Match]) -> list[Hit]:
        numbers = {name: [m.number for m in matches if m.source == name] for name in _BOTH}
        entities = self._reader.entities(self._database, numbers["names"])
        found = self._reader.numbered(self._database, numbers["titles"])
        entries = dict(zip(numbers["titles"], found, strict=True))
        return [
            Hit(entities[m.number], None, -m.negative_score)
            if m.source == "names"
            else Hit(None, entries[m.number], -m.negative_score)
            for m in matches
        ]

    def _best(self, streams: list[_Stream], count: int) -> list[_Match]:
        """Return the best `count` matches, and some more.

        Most texts are never read: weights fall, so that after some none can be among the best.
        """
        best: list[_Match] = []
        for behind, negative_most, index, ranks in sorted(streams):
            weight = WEIGHTS
            for start in range(0, len(ranks), AT_ONCE):
                worst = best[count - 1 : count]
                if worst and worst[0][:2] < (behind, negative_most - weight / WEIGHTS):
                    break
                rows = self._texts(index, ranks[start : start + AT_ONCE])
                for _, number, text, weight in rows:
                    score = weight / WEIGHTS + (0.0 if behind else self._query.score(text))
                    best.append(_Match(behind, -score, -weight, index.name, number))
                best.sort()
        return best

    def _streams(self, index: _Index, wanted: int, kind: Kind | None = None) -> list[_Stream]:
        """Return at least `wanted` matches if there are as many: the heaviest."""
        scanned = wanted if kind is None else max(wanted, SCANNED)
        whole, begun = (self._of_kind(ranks, kind, wanted) for ranks in self._ranks(index, scanned))
        first, others = whole[:POOL], sorted({*begun[:POOL]}.difference(whole))
        behind = sorted({*whole, *begun}.difference(first, others))
        return [
            _Stream(False, -WHOLE_NAME, index, first),
            _Stream(False, -AT_START, index, others),
            _Stream(True, 0.0, index, behind),
        ]

    def _of_kind(self, ranks: list[int], kind: Kind | None, wanted: int) -> list[int]:
        """Return the first so many; with a kind, those of titled entries that are of it."""
        if kind is None:
            return ranks[:wanted]
        kept: list[int] = []
        for start in range(0, len(ranks), POOL):
            some = ranks[start : start + POOL]
            # What has a whole word is also among what has one that begins so.
            unknown = [rank for rank in some if rank not in self._kinds]
            rows = fetch(self._database, f"SELECT n, entry FROM titled WHERE n IN {ANY}", unknown)
            self._kinds.update((rank, self._kind(entry)) for rank, entry in rows)
            kept += (rank for rank in some if self._kinds[rank] is kind)
            if len(kept) >= wanted:
                break
        return kept[:wanted]

    # These return rowids of the heaviest matches, twice: of those whose words are whole, the last
    # one too, and of those that have a word which begins as the last one does.

    def _ranks(self, index: _Index, wanted: int) -> tuple[list[int], list[int]]:
        """Return the matches from the top, and if need be from the rest."""
        several = bool(self._query.before)
        whole, begun = self._listed(f"{index.name}_top", index, wanted, wanted)
        rest, room = f"{index.name}_rest", wanted - len(whole)
        if self._may_list(index, wanted, whole, begun):
            more, more_begun = self._listed(rest, index, room, wanted - len(begun))
            # Who has typed two words that are both there meant no longer one.
            return whole + more, begun if several and more else begun + more_begun
        whole += self._select(rest, self._query.match(prefix=False), room)
        if several and not whole and len(begun) < POOL:
            begun = begun + self._looked_through(rest, index, wanted, last_resort=not begun)
        return whole, begun

    def _may_list(self, index: _Index, wanted: int, whole: list[int], begun: list[int]) -> bool:
        """Tell whether to list all words of the rest that begin as the last one does."""
        if not self._query.before:
            short = len(self._query.last) < LISTED
            return len(begun) < (POOL if short else wanted)
        if whole:
            return False
        # With a word that is rare in the top the rest is soon through.
        alone = _quoted([self._query.last]) + "*"
        return len(self._select(f"{index.name}_top", alone, POOL)) < POOL

    def _listed(
        self, table: str, index: _Index, most_whole: int, most_begun: int
    ) -> tuple[list[int], list[int]]:
        """Return matches, found by listing all words that begin so."""
        begun = self._select(table, self._query.match(prefix=True), most_begun)
        if len(begun) < min(most_begun, POOL):
            # All are here, so they are read and ranked anyhow.
            texts, last = self._texts(index, begun), self._query.last
            return [rank for rank, _, text, _ in texts if last in words(text)], begun
        return self._select(table, self._query.match(prefix=False), most_whole), begun

    def _looked_through(
        self, table: str, index: _Index, wanted: int, *, last_resort: bool
    ) -> list[int]:
        """Return those begun among what has the words before the last.

        FTS5 would first list all rows with a word that begins so: for "maria j" half a million.
        """
        ranks = self._select(table, _quoted(self._query.before), CANDIDATES)
        found = [row[0] for row in self._texts(index, ranks) if self._query.fits(row[2])]
        if found or len(ranks) < CANDIDATES or not last_resort or len(self._query.last) < LONG:
            return found
        return self._select(table, self._query.match(prefix=True), wanted)

    def _select(self, table: str, match: str, limit: int) -> list[int]:
        statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?"
        return [rank for (rank,) in self._database.execute(statement, (match, limit))]

    def _texts(self, index: _Index, ranks: list[int]) -> list[tuple[int, int, str, int]]:
        """Read the texts behind ranks, each once: what was looked through is ranked after that."""
        known = self._known[index.name]
        missing = [rank for rank in ranks if rank not in known]
        for row in fetch(self._database, f"{index.texts} IN {ANY}", missing):
            known[row[0]] = row
        return [known[rank] for rank in ranks]


_BOTH = ("names", "titles")
