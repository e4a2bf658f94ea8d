"""What these APIs say where there is nothing: a problem object."""

import msgspec

from hodie.press.page import Page

PROBLEM = "application/problem+json"


def missing(address: str, title: str, detail: str, kind: str = "not_found") -> Page:
    """Return the answer for an address at which there is nothing, for `detail` that is to blame.

    >>> missing("/date/2/30", "No such day", "February has no day 30.").status
    404
    """
    problem = {
        "status": 404,
        "type": kind,
        "title": title,
        "detail": detail,
        "method": "GET",
        "uri": address,
    }
    return Page(address, PROBLEM, msgspec.json.encode(problem), 404)
