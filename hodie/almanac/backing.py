"""References in two halves: what many entries share, and each one's own address.

The first half is a JSON array of [source, licence, base]; in a base, {wikidata} and {wikipedia}
stand for the identifiers of the entry's subject. The second is one of [tail, revision], in the
same order; the address is base and tail.
"""

from typing import Any

import msgspec

from hodie.almanac.model import Entity, Reference

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[tuple[str, str | None, str | None]]).decode
_decode_own = msgspec.json.Decoder(list[tuple[str, str | None]]).decode

Shared = tuple[tuple[str, str | None, str | None], ...]
Own = tuple[tuple[str, str | None], ...]


def split(references: tuple[Reference, ...], subject: Entity | None) -> tuple[Shared, Own]:
    """Return both halves of the references of an entry with this subject."""
    pairs = [_split(reference, subject) for reference in references]
    return tuple(shared for shared, _ in pairs), tuple(own for _, own in pairs)


def _split(reference: Reference, subject: Entity | None) -> tuple[Any, Any]:
    base, tail = _address(reference.url, subject)
    return (reference.source, reference.licence, base), (tail, reference.revision)


def _address(url: str | None, subject: Entity | None) -> tuple[str | None, str]:
    if url is None:
        return None, ""
    if "{" in url:
        return "", url
    place = url.rfind("/") + 1
    base, tail = url[:place], url[place:]
    if subject is not None and tail:
        if tail == subject.wikidata:
            return base + "{wikidata}", ""
        if subject.wikipedia and tail == _underscored(subject.wikipedia):
            return base + "{wikipedia}", ""
    return base, tail


def _underscored(title: str) -> str:
    return title.replace(" ", "_")


def written(half: Shared | Own) -> str:
    """Return a half as the file has it; "" for addresses of which there are none."""
    if all(part == ("", None) for part in half):
        return ""
    return _encode(half).decode()


def joined(shared: str, own: str | None, subject: Entity | None) -> tuple[Reference, ...]:
    """Return the references of which `shared` and `own` are the halves.

    >>> joined('[["wikidata","CC0-1.0","https://wikidata.org/wiki/"]]', '[["Q42",null]]', None)
    (Reference(source='wikidata', url='https://wikidata.org/wiki/Q42', revision=None,
    licence='CC0-1.0'),)
    """
    heads = _decode(shared)
    tails = _decode_own(own) if own else [("", None)] * len(heads)
    return tuple(
        Reference(source, _filled(base, tail, subject), revision, licence)
        for (source, licence, base), (tail, revision) in zip(heads, tails, strict=True)
    )


def _filled(base: str | None, tail: str, subject: Entity | None) -> str | None:
    if base is None:
        return None
    if base.endswith("}") and subject is not None:
        base = base.replace("{wikidata}", subject.wikidata or "")
        base = base.replace("{wikipedia}", _underscored(subject.wikipedia or ""))
    return base + tail
