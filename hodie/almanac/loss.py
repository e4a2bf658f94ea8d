"""The gate that keeps a bad import from replacing a good almanac."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from hodie.almanac.errors import AlmanacError, LossError
from hodie.almanac.heading import ForeignFileError, check_heading
from hodie.almanac.model import Kind
from hodie.almanac.pool import Pool

DAY_LOSS, DAY_FEW = 1 / 3, 10
"""A day may lose up to a third of its entries of a kind, or up to ten: revisions of a source move
and merge some, and a rule for what is shown may change; half a day is a page that failed."""

ALL_LOSS, ALL_FEW = 0.05, 50
"""A kind may lose up to a twentieth over the whole year, or up to fifty entries: between two dumps
of one source far fewer vanish, and a source that fails quietly takes more."""

SHOWN = 12
"""How many losses the message lists; the error itself holds all of them."""

Counts = Counter[tuple[str, Kind]]

# Asked of older schemas too: who upgrades builds anew, and shall lose nothing by that.
_COUNTS = "SELECT coalesce(day, ''), kind, count FROM shelf WHERE NOT hidden AND kind IS NOT NULL"


def counts_of(path: Path, *, allow_loss: bool = False) -> Counts | None:
    """Count the visible entries of an almanac by day and kind; None if there is none.

    Raises AlmanacError for a file that can't be counted: if it is an almanac, `allow_loss` says
    that it may go.
    """
    if not path.exists():
        return None
    try:
        check_heading(path, older=True)
        with closing(Pool(path)) as pool, pool.connection() as database:
            rows = database.execute(_COUNTS).fetchall()
        return Counter({(day, Kind(kind)): count for day, kind, count in rows})
    except ForeignFileError:
        raise
    except AlmanacError as error:
        if allow_loss:
            return None
        raise AlmanacError(
            f"can't tell what would be lost: {error}; if it may go, allow the loss"
        ) from error


def losses(old: Counts, new: Counts) -> tuple[str, ...]:
    """Say what is lost from `old` to `new`, the gravest first.

    >>> losses(Counter({("08-20", Kind.BIRTH): 90}), Counter())
    ('08-20: all 90 births', 'over all days: 90 of 90 births')
    """
    days = sorted((day, kind, count) for (day, kind), count in old.items() if day)
    gone = [f"{day}: {_all(count, kind)}" for day, kind, count in days if not new[day, kind]]
    kept = [(day, kind, count, count - new[day, kind]) for day, kind, count in days]
    fewer = [
        f"{day}: {lost:,} of {count:,} {kind}s"
        for day, kind, count, lost in kept
        if lost < count and lost > max(DAY_FEW, DAY_LOSS * count)
    ]
    return (*gone, *_over_all(old, new), *fewer)


def _over_all(old: Counts, new: Counts) -> list[str]:
    found = []
    for kind in Kind:
        count = _total(old, kind)
        lost = count - _total(new, kind)
        if lost > max(ALL_FEW, ALL_LOSS * count):
            found.append(f"over all days: {lost:,} of {count:,} {kind}s")
    return found


def _all(count: int, kind: Kind) -> str:
    return f"the only {kind}" if count == 1 else f"all {count:,} {kind}s"


def _total(counts: Counts, kind: Kind) -> int:
    return sum(count for (_, own), count in counts.items() if own is kind)


def refuse(target: Path, old: Counts, new: Counts) -> None:
    """Raise LossError if replacing `old` by `new` would lose too much."""
    found = losses(old, new)
    if not found:
        return
    shown = "; ".join(found[:SHOWN])
    more = f"; and {len(found) - SHOWN:,} more" if len(found) > SHOWN else ""
    raise LossError(
        f"the new almanac would lose what {str(target)!r} has: {shown}{more}."
        " The old one stays; if the loss is meant, allow it",
        found,
    )
