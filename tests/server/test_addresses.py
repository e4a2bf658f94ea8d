"""Addresses as readers type them."""

from __future__ import annotations

import pytest

from hodie.press.nearest import nearest_days
from hodie.server.addresses import canonical, day_asked


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/", "/"),
        ("//", "/"),
        ("/index.html", "/"),
        ("/on", "/on/"),
        ("/on/8-20", "/on/08-20/"),
        ("/on/08-20", "/on/08-20/"),
        ("/On/08-20/", "/on/08-20/"),
        ("/on/8/20", "/on/08-20/"),
        ("/on/1940/8/20", "/on/1940-08-20/"),
        ("/on/44-3-15", "/on/0044-03-15/"),
        ("/on/-43-3-15/", "/on/-0043-03-15/"),
        ("/on/08-20/index.html", "/on/08-20/"),
        ("/year/476", "/year/0476/"),
        ("/year/-43/", "/year/-0043/"),
        ("/about/Leon-Trotsky", "/about/leon-trotsky/"),
        ("/search/", "/search"),
        ("/Search", "/search"),
        ("//evil.example/on/", "/evil.example/on/"),
        ("//about//x", "/about/x/"),
        ("/nowhere", "/nowhere"),
        ("/nowhere/", "/nowhere/"),
        ("/on/08-20/index.html.gz", "/on/08-20/index.html.gz"),
        ("/pictures/A.jpg", "/pictures/A.jpg"),
    ],
)
def test_one_form_of_every_address(typed, address):
    """Every way to write a page's address leads to one, which leads nowhere else."""
    assert canonical(typed) == address
    assert canonical(address) == address


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/on/08-20/", (None, 8, 20)),
        ("/on/13-05/", (None, 13, 5)),
        ("/on/1900-02-29/", (1900, 2, 29)),
        ("/on/-0043-03-15/", (-43, 3, 15)),
        ("/on/easter/", None),
        ("/year/1940/", None),
        ("/on/", None),
    ],
)
def test_the_day_that_is_asked_for(address, asked):
    """An address of the form of a day tells which one, whether or not it exists."""
    assert day_asked(address) == asked


@pytest.mark.parametrize(
    ("asked", "offers"),
    [
        ((None, 2, 30), ["02-29", "03-01"]),
        ((None, 4, 31), ["04-30", "05-01"]),
        ((None, 8, 0), ["07-31", "08-01"]),
        ((None, 1, 0), ["12-31", "01-01"]),
        ((None, 12, 32), ["12-31", "01-01"]),
        ((None, 13, 40), ["12-31", "01-31"]),
        ((None, 0, 0), ["12-01", "01-01"]),
        ((None, 99, 99), ["12-31", "01-31"]),
        ((None, 20, 8), ["08-20", "12-08", "01-08"]),
        ((1900, 2, 29), ["1900-02-28", "1900-03-01"]),
        ((1500, 2, 30), ["1500-02-29", "1500-03-01"]),
        ((1900, 1, 0), ["1899-12-31", "1900-01-01"]),
        ((1999, 12, 32), ["1999-12-31", "2000-01-01"]),
        ((-9999, 1, 0), ["-9999-01-01"]),
    ],
)
def test_nearest_days(asked, offers):
    """What does not exist is answered with its neighbours, in the year that was asked for."""
    assert [str(day) for day in nearest_days(*asked)] == offers
