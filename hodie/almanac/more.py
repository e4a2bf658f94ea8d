"""What hardly any entry has: kept in one column, since every column costs every row a byte."""

import msgspec
from msgspec import Struct

from hodie.almanac.backing import Own
from hodie.almanac.model import Entity, Label


class More(Struct, frozen=True, omit_defaults=True):
    """The date in EDTF where year, shelf and calendar don't say it, addresses, and countries."""

    date: str | None = None
    addresses: Own | None = None
    countries: tuple[str, ...] = ()


class EntityMore(Struct, frozen=True, omit_defaults=True):
    """What few entities have besides their columns; `at` is latitude and longitude in degrees.

    The names of aliases and labels are not here but in the column `also`, which search reads: so
    many aliases, then one name a label.
    """

    country: str | None = None
    at: tuple[float | None, float | None] | None = None
    aliases: int = 0
    labels: tuple[tuple[str, str | None, str | None], ...] = ()


BETWEEN = "\n"
"""Stands between the names in `also`."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(EntityMore).decode
_NOTHING = EntityMore()


def entity_more(entity: Entity) -> tuple[str, str]:
    """Return what the columns `also` and `more` hold of an entity, "" for nothing.

    >>> entity_more(Entity("leon-trotsky", "Leon Trotsky", aliases=("Lev Bronstein",)))
    ('Lev Bronstein', '{"aliases":1}')
    """
    at = (entity.latitude, entity.longitude)
    more = EntityMore(
        entity.country,
        None if at == (None, None) else at,
        len(entity.aliases),
        tuple((label.language, label.description, label.wikipedia) for label in entity.labels),
    )
    return BETWEEN.join(entity.names[1:]), "" if more == _NOTHING else _encode(more).decode()


def with_more(entity: Entity, also: str | None, text: str) -> Entity:
    """Return an entity with what its columns `also` and `more` say."""
    more, names = _decode(text), also.split(BETWEEN) if also else []
    latitude, longitude = more.at or (None, None)
    labels = zip(more.labels, names[more.aliases :], strict=True)
    return msgspec.structs.replace(
        entity,
        country=more.country,
        latitude=latitude,
        longitude=longitude,
        aliases=tuple(names[: more.aliases]),
        labels=tuple(Label(language, name, *rest) for (language, *rest), name in labels),
    )
