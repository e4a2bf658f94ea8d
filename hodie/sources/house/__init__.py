"""The publication's own facts and changes: the file `house.toml`, which a build applies last.

[[entries]]
id = "bridge-1888"
date = "1888-05-01"
title = "The Old Bridge opens"

[[changes]]
entry = "e:1940-08-20:647e955d7e"
pin = true
"""

from hodie.sources.house.applying import apply, changed
from hodie.sources.house.model import (
    ID_PREFIX,
    PINNED,
    SOURCE,
    Backing,
    Change,
    House,
    HouseError,
    Named,
    OwnEntry,
    Who,
)
from hodie.sources.house.reading import read_house
from hodie.sources.house.writing import house_text, write_house

HOUSE_NAME = "house.toml"
"""The name of the file, in the publication's folder."""

__all__ = [
    "HOUSE_NAME",
    "ID_PREFIX",
    "PINNED",
    "SOURCE",
    "Backing",
    "Change",
    "House",
    "HouseError",
    "Named",
    "OwnEntry",
    "Who",
    "apply",
    "changed",
    "house_text",
    "read_house",
    "write_house",
]
