"""What stands at one address."""

from msgspec import Struct


class Page(Struct, frozen=True):
    """What stands at an address: its media type and its bytes.

    `location` is the address to which one of status 301 leads.
    """

    address: str
    media_type: str
    body: bytes
    status: int = 200
    location: str | None = None
