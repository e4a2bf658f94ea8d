"""The facts of every day in one SQLite file: what they are, how the file is built and read."""

from hodie.almanac.errors import AlmanacError, LossError
from hodie.almanac.model import HIDDEN, SUBJECT, Entity, Entry, Kind, Participant, Reference

__all__ = [
    "HIDDEN",
    "SUBJECT",
    "AlmanacError",
    "Entity",
    "Entry",
    "Kind",
    "LossError",
    "Participant",
    "Reference",
]
