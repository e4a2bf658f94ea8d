"""What was written of entries, kept as far as there is room."""

from __future__ import annotations

from hodie.press.written import Written


def test_what_was_written_is_found():
    """An entry is found in the language in which it was written."""
    written = Written()
    written.keep(7, "en", b"seven")

    assert written.get(7, "en") == b"seven"
    assert written.get(7, "de") is None
    assert written.get(8, "en") is None


def test_there_is_an_end_to_the_room():
    """However much is written, no more is kept than there is room for."""
    written = Written(room=1_000)
    for number in range(100):
        written.keep(number, "en", b"x" * 50)
    kept = [number for number in range(100) if written.get(number, "en")]

    assert 10 <= len(kept) <= 20
    assert kept[-1] == 99


def test_what_is_asked_for_stays():
    """What somebody goes on asking for outlives what was written later."""
    written = Written(room=1_000)
    written.keep(0, "en", b"x" * 50)
    for number in range(1, 100):
        written.keep(number, "en", b"x" * 50)
        assert written.get(0, "en")
