"""Rows in columns, as Parquet has them."""

from collections.abc import Iterator

import msgspec
import pyarrow as pa

from hodie.sources.wikidata.rows import Row

SCHEMA = pa.schema(
    [
        pa.field("number", pa.int64(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("links", pa.int32(), nullable=False),
        pa.field("description", pa.string()),
        pa.field("wikipedia", pa.string()),
        pa.field("image", pa.string()),
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
        pa.field("countries", pa.string()),
        pa.field("iso", pa.string()),
        pa.field("born", pa.int64()),
        pa.field("died", pa.int64()),
        pa.field("terms", pa.string()),
        pa.field("facts", pa.string()),
    ]
)


def table(rows: list[Row]) -> pa.RecordBatch:
    """Lay rows out in columns.

    >>> table([Row(937, "Albert Einstein", "human", 250)]).num_rows
    1
    """
    columns = zip(*map(msgspec.structs.astuple, rows), strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.record_batch(arrays, schema=SCHEMA)


def rows_of(batch: pa.RecordBatch) -> Iterator[Row]:
    """Yield the rows of a batch."""
    columns = [batch.column(name).to_pylist() for name in SCHEMA.names]
    return (Row(*values) for values in zip(*columns, strict=True))
