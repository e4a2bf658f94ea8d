"""Wikidata: from its dump, however large, or from its query service, to entries.

lines       a line of the dump to an Item         } the doors: years, calendars and
query       an answer of the query service to it  } ranks are settled here
facts       an Item to Facts, by the table in rules.toml
rows        an Item with its Facts as a row; columns lays rows out for Parquet
extraction  a range of the dump to rows: what the engines run
working     the engine of one machine; spark that of many
telling     rows to entries: names, calendars, ids
"""

from hodie.sources.wikidata.query import WikidataQuerySource
from hodie.sources.wikidata.source import WikidataSource

__all__ = ["WikidataQuerySource", "WikidataSource"]
