"""What an entry is worth beside others: variety, repetition, and how much of a sort is enough."""

from collections import Counter
from collections.abc import Iterable, Iterator

from hodie.almanac import Entry
from hodie.selection.lineup import Reason
from hodie.selection.merits import PINNED
from hodie.selection.policy import Policy
from hodie.selection.sorts import Sorts, century_words


class Company:
    """Those already chosen, by what they have in common with a newcomer."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._values = (policy.variety_century, policy.variety_region, policy.variety_subject)
        self._sorts: Counter[tuple[str, object]] = Counter()
        self._entities: set[str] = set()
        self._sensitive = 0
        self.most = sum(max(value, 0.0) for value in self._values) + max(policy.repetition, 0.0)
        """A newcomer is worth no more than this beside the others."""

    def add(self, entry: Entry, sorts: Sorts, protagonists: Iterable[str]) -> None:
        self._sorts.update(zip(sorts._fields, sorts, strict=True))
        self._entities.update(protagonists)
        self._sensitive += "sensitive" in entry.flags

    def admits(self, entry: Entry, sorts: Sorts) -> bool:
        """Tell whether there is room for another of its sort; what the house pinned has room."""
        if PINNED in entry.flags:
            return True
        policy, subject = self._policy, sorts.subject
        if subject == "war" and self._sorts["subject", "war"] >= policy.most_wars:
            return False
        if "sensitive" in entry.flags and self._sensitive >= policy.most_sensitive:
            return False
        return subject is None or self._sorts["subject", subject] < policy.most_of_a_subject

    def value(self, sorts: Sorts, protagonists: Iterable[str]) -> float:
        """Return what a newcomer brings, or costs."""
        return sum([value for _, _, value in self._parts(sorts, protagonists)])

    def reasons(self, sorts: Sorts, protagonists: Iterable[str]) -> Iterator[Reason]:
        """Yield the same in words."""
        for field, sort, value in self._parts(sorts, protagonists):
            if field == "repetition":
                yield Reason(field, value, "what was picked before")
            else:
                yield Reason(f"variety_{field}", value, _words(field, sort))

    def _parts(
        self, sorts: Sorts, protagonists: Iterable[str]
    ) -> Iterator[tuple[str, object, float]]:
        """Give full value for the first of a sort, then half as much each time."""
        for field, sort, value in zip(sorts._fields, sorts, self._values, strict=True):
            if sort is not None:
                yield field, sort, value / 2 ** self._sorts.get((field, sort), 0)
        again = len(self._entities.intersection(protagonists))
        if again:
            yield "repetition", None, self._policy.repetition * again

    def alone(self, reason: Reason, sorts: Sorts) -> bool:
        """Tell whether a sort that a reason credits stayed the only one of its kind."""
        field = reason.feature.removeprefix("variety_")
        return self._sorts[field, getattr(sorts, field)] == 1


def _words(field: str, sort: object) -> str:
    if field == "century":
        assert isinstance(sort, int)
        return f"the only pick from the {century_words(sort)}"
    if field == "region":
        return f"the only pick from {sort}"
    return f"the only pick about {sort}"
