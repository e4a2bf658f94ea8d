"""Several sources made one: the same happening is one entry, the same person one entity."""

from hodie.sources.merging.joining import joined
from hodie.sources.merging.merging import MergeReport, merge

__all__ = ["MergeReport", "joined", "merge"]
