"""References in two halves: what many entries share, and each one's own address.

The first half is a JSON array of [source, licence, base]; in a base, {wikidata} and {wikipedia}
stand for the identifiers of the entry's subject. The second is one of [tail, revision, date], in
the same order, null and what follows left out at the end; the address is base and tail.
"""

import msgspec

from hodie.almanac.model import Entity, Reference

_WIKIDATA, _WIKIPEDIA = "{wikidata}", "{wikipedia}"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[tuple[str, str | None, str | None]]).decode

Shared = tuple[tuple[str, str | None, str | None], ...]
Own = list[list[str | None]]


def split(references: tuple[Reference, ...], subject: Entity | None) -> tuple[Shared, Own | None]:
    """Return both halves of the references of an entry with this subject.

    The second is None where no reference has anything of its own.
    """
    if len(references) == 1:
        (only,) = references
        if subject is not None and (base := _base_of_item(only, subject.wikidata)):
            return ((only.source, only.licence, base),), None
        base, tail = _address(only.url, subject)
        own = _own(tail, only)
        return ((only.source, only.licence, base),), [own] if own else None
    addresses = [_address(reference.url, subject) for reference in references]
    pairs = list(zip(references, addresses, strict=True))
    owns = [_own(tail, reference) for reference, (_, tail) in pairs]
    shared = tuple((reference.source, reference.licence, base) for reference, (base, _) in pairs)
    return shared, owns if any(owns) else None


def _base_of_item(reference: Reference, item: str | None) -> str | None:
    """Return the base of the commonest reference: the page of the subject, and nothing else."""
    url = reference.url
    if not (item and url and url.endswith(item)):
        return None
    if reference.revision is not None or reference.date is not None:
        return None
    base = url[: -len(item)]
    return base + _WIKIDATA if base.endswith("/") and "{" not in url else None


def _own(tail: str, reference: Reference) -> list[str | None]:
    """Return what a reference has of its own, [] for nothing."""
    if reference.date is not None:
        return [tail, reference.revision, reference.date]
    if reference.revision is not None:
        return [tail, reference.revision]
    return [tail] if tail else []


def _address(url: str | None, subject: Entity | None) -> tuple[str | None, str]:
    """Split an address into what many share and the rest; see above for what braces stand for."""
    if url is None:
        return None, ""
    if "{" in url:
        return "", url
    if subject is not None:
        wikidata = subject.wikidata
        if wikidata and url.endswith(wikidata) and url[: -len(wikidata)].endswith("/"):
            return url[: -len(wikidata)] + _WIKIDATA, ""
    place = url.rfind("/") + 1
    base, tail = url[:place], url[place:]
    if subject is not None and subject.wikipedia and tail == _underscored(subject.wikipedia):
        return base + _WIKIPEDIA, ""
    return base, tail


def _underscored(title: str) -> str:
    return title.replace(" ", "_")


def written(shared: Shared) -> str:
    """Return the first half as the file has it."""
    return _encode(shared).decode()


class Backing:
    """The references of many entries: the shared half of them, read once."""

    def __init__(self, shared: str) -> None:
        self._parts = [
            (source, licence, *_opened(base)) for source, licence, base in _decode(shared)
        ]
        self._filled = any(filler for *_, filler in self._parts)
        self._plain = tuple(
            Reference(source, base, None, licence) for source, licence, base, _ in self._parts
        )

    def references(self, own: Own | None, subject: Entity | None) -> tuple[Reference, ...]:
        """Return the references of an entry with this other half and this subject.

        >>> backing = Backing('[["wikidata","CC0-1.0","https://wikidata.org/wiki/"]]')
        >>> backing.references([["Q42"]], None)
        (Reference(source='wikidata', url='https://wikidata.org/wiki/Q42', revision=None,
        licence='CC0-1.0', date=None),)
        """
        if own is None and not self._filled:
            return self._plain
        known = {
            None: "",
            _WIKIDATA: (subject and subject.wikidata) or "",
            _WIKIPEDIA: _underscored((subject and subject.wikipedia) or ""),
        }
        owns = own or [[]] * len(self._parts)
        return tuple(
            Reference(
                source,
                None if base is None else base + known[filler] + (tail or ""),
                revision,
                licence,
                date,
            )
            for (source, licence, base, filler), (tail, revision, date) in zip(
                self._parts, map(_filled_up, owns), strict=True
            )
        )


def _opened(base: str | None) -> tuple[str | None, str | None]:
    """Split a base into what stands in it and what it is filled up with, None for nothing."""
    for filler in (_WIKIDATA, _WIKIPEDIA):
        if base is not None and base.endswith(filler):
            return base.removesuffix(filler), filler
    return base, None


def _filled_up(own: list[str | None]) -> tuple[str | None, str | None, str | None]:
    tail, revision, date, *_ = *own, None, None, None
    return tail, revision, date
