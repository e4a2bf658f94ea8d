"""What stands at one address."""

from msgspec import Struct


class Page(Struct, frozen=True):
    """What stands at an address: its media type and its bytes."""

    address: str
    media_type: str
    body: bytes
    status: int = 200
