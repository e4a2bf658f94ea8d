"""Which of a day's events leads: the story that one would tell at breakfast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hodie.almanac import Entry
from hodie.selection.lineup import Reason
from hodie.selection.merits import years_since
from hodie.selection.policy import Policy

if TYPE_CHECKING:
    from hodie.selection.choosing import Candidate

LEAD = "lead"
"""The flag of an entry whose writers would begin a day with it."""

# Violence against people who could not fight back: no number of years makes it a light story.
_NEVER_LIGHT = ("attack", "massacre")
_NEVER_LIGHT_WORDS = re.compile(r"\b(?:massacre|pogrom|genocide|lynching|race riot)", re.IGNORECASE)


class Leading:
    """What makes a good lead, and what a bad one, in one year."""

    def __init__(self, policy: Policy, year: int) -> None:
        self._policy, self._year = policy, year

    def best(self, ranked: Sequence[Candidate]) -> Candidate | None:
        """Return the lead: what is planned, else the best that may lead, else the best."""
        planned = [one for one in ranked if self.is_planned(one.entry)]
        fit = planned or [one for one in ranked if self.may_lead(one.entry)] or ranked
        return max(fit, key=self.score, default=None)

    def score(self, one: Candidate) -> float:
        """Return the worth of a candidate as a lead."""
        return one.score + sum([reason.value for reason in self.reasons(one.entry)])

    def is_planned(self, entry: Entry) -> bool:
        """Tell whether the file of what ran names it for this year."""
        return self._year in self._policy.ran.get(entry.id, ())

    def may_lead(self, entry: Entry) -> bool:
        """Tell whether neither tact nor what led before speaks against it."""
        return not self.led_lately(entry) and not self.asks_for_tact(entry)

    def led_lately(self, entry: Entry) -> bool:
        """Tell whether it led within the years in which nothing leads again."""
        years = self._policy.ran.get(entry.id, ())
        return any(0 < abs(self._year - ran) < self._policy.not_again_years for ran in years)

    def asks_for_tact(self, entry: Entry) -> bool:
        """Tell whether the policy keeps it from leading, being sensitive."""
        if self._policy.sensitivity == "shown" or "sensitive" not in entry.flags:
            return False
        return _never_light(entry) or self._fresh(entry)

    def reasons(self, entry: Entry) -> Iterator[Reason]:
        """Yield what speaks for and against an entry as the first that a reader sees."""
        if LEAD in entry.flags:
            words = "a story that its writers would begin with"
            yield Reason("lead_marked", self._policy.lead_marked, words)
        if "sensitive" in entry.flags and (value := self._tact(entry)):
            yield Reason("lead_sensitive", value, "asking for tact")
        if kind := self._policy.lead_kinds.get(entry.subkind or ""):
            yield Reason(f"lead_kinds.{entry.subkind}", kind, "a kind that makes no light lead")

    def _tact(self, entry: Entry) -> float:
        """Count in full what is fresh, then less, and nothing after as many years again."""
        fresh, years = self._policy.sensitive_years, years_since(entry, self._year)
        if years is None or years <= fresh:
            return self._policy.lead_sensitive
        share = 2 - years / fresh if fresh else 0.0
        return self._policy.lead_sensitive * max(0.0, share)

    def _fresh(self, entry: Entry) -> bool:
        years = years_since(entry, self._year)
        return years is not None and years < self._policy.sensitive_years


def _never_light(entry: Entry) -> bool:
    names = [entry.title or "", *(part.entity.name for part in entry.participants)]
    return entry.subkind in _NEVER_LIGHT or any(map(_NEVER_LIGHT_WORDS.search, names))
