"""What goes wrong in setting up a selection."""

from hodie.errors import HodieError


class PolicyError(HodieError, ValueError):
    """A setting of [selection] that cannot be used; `key` and `value` say which."""

    def __init__(self, message: str, *, key: str, value: object) -> None:
        super().__init__(message)
        self.key, self.value = key, value
