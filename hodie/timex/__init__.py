"""Time expressions in prose: found, resolved, with offsets."""

from hodie.timex.model import Timex
from hodie.timex.tagging import tag

__all__ = ["Timex", "tag"]
