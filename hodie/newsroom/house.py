"""The house's facts: its own entries, and its changes to what the almanac shows."""

from __future__ import annotations


def build_if_changed() -> bool:
    """Build the almanac anew where the house's facts are newer; tell whether it was."""
    return False
