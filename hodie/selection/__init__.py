"""Picks what a day tells, by a policy of visible numbers, and says why."""

from hodie.selection.choosing import choose
from hodie.selection.errors import PolicyError
from hodie.selection.lineup import Lineup, Pick, Reason
from hodie.selection.policy import Policy

__all__ = ["Lineup", "Pick", "Policy", "PolicyError", "Reason", "choose"]
