"""The one base of every error that Hodie raises on purpose."""


class HodieError(Exception):
    """Something that the user can mend: the message says what, where, and how.

    Packages derive their own errors from it; a command shows it as one line, without a traceback.
    """
