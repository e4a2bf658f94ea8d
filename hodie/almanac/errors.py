"""What can go wrong with an almanac's file."""

from hodie.errors import HodieError


class AlmanacError(HodieError):
    """An almanac can't be read or built; says what stands in the way, and the way out."""


class LossError(AlmanacError):
    """A build would replace an almanac by one that knows less; the old file stays.

    `losses` holds one line for each thing that would go, the gravest first.
    """

    def __init__(self, message: str, losses: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.losses = losses


def not_unicode(error: UnicodeEncodeError) -> AlmanacError:
    """Return the error for a text with half a character in it."""
    return AlmanacError(
        f"{error.object!r} has a surrogate in it, which no file can hold: decode the text anew"
    )
