"""Entries of several sources made one: the same happening is one entry with all its references.

What may be one is found by buckets on disk: by whom an entry is about, and by its date. The order
in which sources and entries come changes nothing.
"""

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from struct import Struct as Packing
from tempfile import gettempdir

import msgspec

from hodie.almanac import SUBJECT, Entry, Kind, Participant, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay, Precision
from hodie.sources.merging.cast import STARTER, Cast
from hodie.sources.merging.joining import contradict, in_order, joined
from hodie.sources.merging.matching import Candidate, same_happenings
from hodie.sources.merging.spilling import Buckets, Sets

BUCKETS = 256
_AT_ONCE = 500_000
"""So many subjects are grouped at a time, which is what bounds the memory of it."""

_KINDS = tuple(Kind)
_CODES = {kind: code for code, kind in enumerate(_KINDS)}

_Parts = tuple[tuple[int, str], ...]
_Date = tuple[int, int | None, int | None, Calendar, bool, bool, Precision | None]
_Row = tuple[
    int, str, int, str | None, _Date | None, tuple[int, int] | None, str | None, str | None,
    float, tuple[str, ...], _Parts, tuple[Reference, ...], tuple[str, ...],
]  # fmt: skip
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[_Row]).decode
_ARRAY = Packing(">BI")
# Beyond so many days two dates of one title are two happenings, and no dispute.
_MOST_DAYS = 31
# A source with two births of one person does not know the day; if they are years apart, who is who.
_MOST_DAYS_OF_A_LIFE = 800
_LIVES = (Kind.BIRTH, Kind.DEATH)
# The Julian day numbers of all calendars begin behind this many days before 4713 BC.
_DAY_ZERO = 1 << 24
_MASK = (1 << 60) - 1


class MergeReport(msgspec.Struct):
    """What a merge did: entries that came, those they became, and how many dates are disputed."""

    read: int = 0
    given: int = 0
    merged: int = 0
    disputed: int = 0


def merge(
    sources: Sequence[tuple[str, Iterable[Entry]]],
    *,
    folder: Path | None = None,
    wanted: Iterable[str] = (),
    other_ids: dict[str, str] | None = None,
    report: MergeReport | None = None,
    split: Container[str] = (),
) -> Iterator[Entry]:
    """Yield the entries of named sources, each happening once.

    Two entries of one source are two happenings. Of a source whose name is in `split` that holds
    for each of the witnesses that its references name first, as Wikipedias of several languages.

    `other_ids` learns which ids the entries `wanted` have now, where they were merged into others.
    `folder` is where work is put aside, in files that vanish with the process; they take about as
    much room as the almanac.
    """
    place = folder or Path(gettempdir())
    merging = _Merging(place, frozenset(wanted), other_ids, report or MergeReport())
    try:
        for number, (name, entries) in enumerate(sources):
            merging.take(number, name == STARTER, entries, split=name in split)
        yield from merging.entries()
    finally:
        merging.close()


class _Merging:
    """One merge. In memory stay 27 bytes for each entry, and what `Cast` holds of entities."""

    def __init__(
        self,
        folder: Path,
        wanted: frozenset[str],
        other_ids: dict[str, str] | None,
        report: MergeReport,
    ) -> None:
        self.cast = Cast(folder)
        self.report = report
        self._wanted = wanted
        self._other_ids = {} if other_ids is None else other_ids
        self._rows = Buckets(folder)
        self._sets = Sets()
        self._sources = array("H")
        self._kinds = array("B")
        self._subjects = array("i")
        self._dates = array("q")
        self._titles = array("q")
        self._witnesses: dict[tuple[int, str], int] = {}
        self._starters: set[int] = set()
        self._backed: dict[int, set[int]] = {}
        """The sources of sets of more than one."""
        self._across: set[int] = set()
        """The rows of sets that lie in several buckets."""

    def close(self) -> None:
        self.cast.close()
        self._rows.close()

    # Taking in

    def take(
        self, source: int, starter: bool, entries: Iterable[Entry], *, split: bool = False
    ) -> None:
        whole = self._witness(source, "")
        if starter:
            self._starters.add(whole)
        for entry in entries:
            parted = split and bool(entry.references)
            witness = self._witness(source, entry.references[0].source) if parted else whole
            self._take(witness, starter, entry)

    def _witness(self, source: int, name: str) -> int:
        return self._witnesses.setdefault((source, name), len(self._witnesses))

    def _take(self, source: int, starter: bool, entry: Entry) -> None:
        date, number = entry.date, self.cast.number
        year = date.year if date is not None else None
        parts = tuple(
            [(number(part.entity, source, starter, year), part.role) for part in entry.participants]
        )
        row = self._sets.add()
        key = _date_key(entry)
        self._sources.append(source)
        self._kinds.append(_CODES[entry.kind])
        self._subjects.append(parts[0][0] if parts and parts[0][1] == SUBJECT else -1)
        self._dates.append(key)
        self._titles.append(hash(entry.title) if entry.kind is Kind.EVENT and entry.title else 0)
        self._rows.put(_bucket_of(key), _encode(_row(row, entry, parts)))
        self.report.read += 1

    # Giving out

    def entries(self) -> Iterator[Entry]:
        self.cast.unify()
        self._join_subjects()
        held: defaultdict[int, list[tuple[bool, Entry]]] = defaultdict(list)
        for bucket, data in self._rows:
            self.cast.forget()
            rows = _decode(_ARRAY.pack(0xDD, self._rows.counts[bucket]) + data)
            yield from self._bucket(rows, held)
        for root in sorted(held):
            yield self._one(held[root])

    def _join_subjects(self) -> None:
        """Join entries about one subject; what follows from their dates alone is decided here."""
        parts = 1 + len(self._sets) // _AT_ONCE
        for part in range(parts):
            groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
            for row, subject in enumerate(self._subjects):
                if subject >= 0:
                    root = self.cast.sets.root(subject)
                    if root % parts == part:
                        groups[root, self._kinds[row]].append(row)
            for (_, kind), rows in groups.items():
                if len(rows) > 1:
                    self._join_about(rows, _KINDS[kind])

    def _join_about(self, rows: list[int], kind: Kind) -> None:
        """Join what sources say of one subject on one day; of a birth, on whatever day."""
        by_date: defaultdict[int, list[int]] = defaultdict(list)
        by_source: defaultdict[int, list[int]] = defaultdict(list)
        for row in rows:
            by_date[self._dates[row]].append(row)
            by_source[self._sources[row]].append(row)
        if len(by_source) == 1:
            return
        once = all(len(own) == 1 for own in by_source.values())
        if self._of_a_life(rows, once) if kind in _LIVES else once and self._is_dispute(rows):
            self._join(rows)
            return
        for same in by_date.values():
            sources = [self._sources[row] for row in same]
            if len(same) > 1 and len(set(sources)) == len(sources):
                self._join(same)

    def _of_a_life(self, rows: list[int], once: bool) -> bool:
        """Tell whether births of one person are one: unless a source has two, years apart."""
        days = [self._dates[row] >> 3 for row in rows if self._dates[row] >= 0]
        return once or not days or max(days) - min(days) <= _MOST_DAYS_OF_A_LIFE

    def _is_dispute(self, rows: list[int]) -> bool:
        """Tell whether events of one subject are one on several days: of one title, and near."""
        titles = {self._titles[row] for row in rows}
        days = [self._dates[row] >> 3 for row in rows if self._dates[row] >= 0]
        near = len(days) == len(rows) and max(days) - min(days) <= _MOST_DAYS
        return near and len(titles) == 1 and 0 not in titles

    def _join(self, rows: Sequence[int]) -> None:
        for row in rows[1:]:
            root = self._sets.join(rows[0], row)
        self._backed[root] = {self._sources[row] for row in rows}
        if len({_bucket_of(self._dates[row]) for row in rows}) > 1:
            self._across.update(rows)

    def _bucket(
        self, rows: list[_Row], held: defaultdict[int, list[tuple[bool, Entry]]]
    ) -> Iterator[Entry]:
        candidates = [self._candidate(row) for row in rows]
        self._match(candidates)
        across = {self._sets.root(each.row) for each in candidates if each.row in self._across}
        groups: defaultdict[int, list[tuple[bool, Entry]]] = defaultdict(list)
        for each in candidates:
            root = self._sets.root(each.row)
            target = held if root in across else groups
            target[root].append((each.source in self._starters, each.entry))
        for group in groups.values():
            yield self._one(group)

    def _match(self, candidates: list[Candidate]) -> None:
        """Join the entries of a bucket that tell the same on one date, never two of one source."""
        cells: defaultdict[int, list[Candidate]] = defaultdict(list)
        for each in candidates:
            cells[self._dates[each.row]].append(each)
        for key, cell in cells.items():
            if _is_of_a_day(key) and len(cell) > 1:
                open_ones = self._open(cell)
                if len({each.source for each in open_ones}) > 1:
                    self._match_cell(open_ones)

    def _open(self, cell: list[Candidate]) -> list[Candidate]:
        """Leave out those that every source of the cell has told already."""
        sources = {each.source for each in cell}
        root = self._sets.root
        return [each for each in cell if not sources <= self._backing(root(each.row))]

    def _match_cell(self, cell: list[Candidate]) -> None:
        for one, two in same_happenings(cell, self.cast.used):
            first, second = self._sets.root(one.row), self._sets.root(two.row)
            sources, others = self._backing(first), self._backing(second)
            if first == second or sources & others:
                continue
            across = first in self._across or second in self._across
            both = self._sets.join(first, second)
            self._backed[both] = sources | others
            if across:
                self._across.update((one.row, two.row, both))

    def _backing(self, root: int) -> set[int]:
        return self._backed.get(root) or {self._sources[root]}

    def _candidate(self, row: _Row) -> Candidate:
        number, id, kind, subkind, date, day, title, line, weight, flags, parts, refs, where = row
        entry = Entry(
            id,
            _KINDS[kind],
            subkind,
            _date(date) if date else None,
            MonthDay(*day) if day else None,
            title,
            line,
            weight,
            flags,
            self._participants(parts),
            refs,
            where,
        )
        return Candidate(entry, self._sources[number], number)

    def _participants(self, parts: _Parts) -> tuple[Participant, ...]:
        """Return who takes part, nobody twice in one role, should two of them be one."""
        if len(parts) > 1:
            root = self.cast.sets.root
            parts = tuple(dict.fromkeys([(root(number), role) for number, role in parts]))
        return tuple([Participant(self.cast.entity(number), role) for number, role in parts])

    def _one(self, group: list[tuple[bool, Entry]]) -> Entry:
        self.report.given += 1
        if len(group) == 1:
            return group[0][1]
        entries = in_order(group)
        entry = joined(entries)
        self.report.merged += len(group) - 1
        self.report.disputed += any(_disputes(each, entry) for each in entries)
        for each in entries:
            if each.id != entry.id and each.id in self._wanted:
                self._other_ids[each.id] = entry.id
        return entry


def _disputes(entry: Entry, shown: Entry) -> bool:
    both = entry.date is not None and shown.date is not None
    return both and contradict(entry.date, shown.date)  # type: ignore[arg-type]


def _row(row: int, entry: Entry, parts: _Parts) -> _Row:
    date, day = entry.date, entry.day
    return (
        row,
        entry.id,
        _CODES[entry.kind],
        entry.subkind,
        _fields(date) if date is not None else None,
        (day.month, day.day) if day is not None else None,
        entry.title,
        entry.line,
        entry.weight,
        entry.flags,
        parts,
        entry.references,
        entry.countries,
    )


def _fields(date: HistoricalDate) -> _Date:
    # The precision of a plain day follows from its fields, and must not be said.
    said = None if date.day is not None else date.precision
    return date.year, date.month, date.day, date.calendar, date.approximate, date.uncertain, said


def _date(fields: _Date) -> HistoricalDate:
    *most, said = fields
    return HistoricalDate(*most) if said is None else HistoricalDate(*fields)  # type: ignore[arg-type]


def _date_key(entry: Entry) -> int:
    """Return a number that entries of one kind and date share: of a day not negative."""
    date, code = entry.date, _CODES[entry.kind]
    if date is not None and date.day is not None:
        return date.julian_day + _DAY_ZERO << 3 | code
    if date is not None:
        return -1 - (hash((code, date.edtf, date.calendar)) >> 2 & _MASK)
    # A holiday has a day of every year: the numbers before all days are free for them.
    return (entry.day.ordinal << 3 | code) if entry.day is not None else -1


def _is_of_a_day(key: int) -> bool:
    return key >= 0


def _bucket_of(key: int) -> int:
    return (key >> 3) % BUCKETS
