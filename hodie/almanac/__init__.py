"""The facts of every day in one SQLite file: what they are, how the file is built and read."""

from hodie.almanac.almanac import Almanac, AlmanacInfo, SourceInfo
from hodie.almanac.build import BuildReport, build
from hodie.almanac.errors import AlmanacError, LossError
from hodie.almanac.lists import Order, OrderOfYear
from hodie.almanac.model import (
    HIDDEN,
    SUBJECT,
    Entity,
    Entry,
    Kind,
    Label,
    Participant,
    Reference,
    civil_date,
)
from hodie.almanac.outlines import Outline, outline_of
from hodie.almanac.schema import PAGE
from hodie.almanac.searching import Hit

__all__ = [
    "HIDDEN",
    "PAGE",
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
    "OrderOfYear",
    "Outline",
    "Participant",
    "Reference",
    "SourceInfo",
    "build",
    "civil_date",
    "outline_of",
]
