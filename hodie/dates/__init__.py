"""Historical dates: precision, calendars, EDTF, anniversaries, and their wording.

Values only: nothing here reads a file or asks for today. Years are astronomical: 1 BC is 0.
"""

from hodie.dates.anniversaries import anniversary, is_round
from hodie.dates.calendars import Calendar, DateError
from hodie.dates.civil import CivilDay, LeapDay, civil_day, days_shown
from hodie.dates.edtf import Precision
from hodie.dates.historical import HistoricalDate, MonthDay, to_julian_day
from hodie.dates.interval import Interval, parse_edtf
from hodie.dates.wording import (
    anniversary_ordinal,
    anniversary_words,
    worded,
    worded_both,
    worded_year,
)
from hodie.dates.written import in_use, read_written

__all__ = [
    "Calendar",
    "CivilDay",
    "DateError",
    "HistoricalDate",
    "Interval",
    "LeapDay",
    "MonthDay",
    "Precision",
    "anniversary",
    "anniversary_ordinal",
    "anniversary_words",
    "civil_day",
    "days_shown",
    "in_use",
    "is_round",
    "parse_edtf",
    "read_written",
    "to_julian_day",
    "worded",
    "worded_both",
    "worded_year",
]
