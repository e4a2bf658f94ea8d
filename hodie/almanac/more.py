"""What hardly any entry has: kept in one column, since every column costs every row a byte."""

from msgspec import Struct

from hodie.almanac.backing import Own


class More(Struct, frozen=True, omit_defaults=True):
    """The date in EDTF where year, shelf and calendar don't say it, addresses, and countries."""

    date: str | None = None
    addresses: Own | None = None
    countries: tuple[str, ...] = ()
