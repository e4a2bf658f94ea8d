"""Picks what a day tells, by a policy of visible numbers, and says why."""

from hodie.selection.choosing import choose
from hodie.selection.errors import PolicyError
from hodie.selection.lineup import Lineup, Pick, Reason
from hodie.selection.policy import Exclusion, Policy
from hodie.selection.ran import RAN_NAME, RanError, read_ran

__all__ = [
    "RAN_NAME",
    "Exclusion",
    "Lineup",
    "Pick",
    "Policy",
    "PolicyError",
    "RanError",
    "Reason",
    "choose",
    "read_ran",
]
