"""The facts of every day in one SQLite file: what they are, how the file is built and read."""

from hodie.almanac.almanac import Almanac, AlmanacInfo, Order, SourceInfo
from hodie.almanac.build import BuildReport, build
from hodie.almanac.errors import AlmanacError, LossError
from hodie.almanac.model import HIDDEN, SUBJECT, Entity, Entry, Kind, Label, Participant, Reference
from hodie.almanac.searching import Hit

__all__ = [
    "HIDDEN",
    "SUBJECT",
    "Almanac",
    "AlmanacError",
    "AlmanacInfo",
    "BuildReport",
    "Entity",
    "Entry",
    "Hit",
    "Kind",
    "Label",
    "LossError",
    "Order",
    "Participant",
    "Reference",
    "SourceInfo",
    "build",
]
