"""What makes a reply a promise, and when bodies are asked once a year. Pure."""

from __future__ import annotations

import calendar
from datetime import date

from tracker.deadlines.clauses import Outcome

# A reply that says “in progress” or “planned” names a day, or it is listed (B类答复应当有承诺事项和时限).
TO_BE_DATED = (Outcome.IN_PROGRESS_THIS_YEAR, Outcome.PLANNED)
# What is still to be done of a reply: its promises are asked about once a year (重庆条例 28).
B_LIKE = (Outcome.PARTLY_SOLVED, *TO_BE_DATED)
USUAL_MONTH = 10  # the fourth quarter (重庆条例 28: 每年第四季度)
MONTHS = range(1, 13)
DEPUTYS_DAYS = 20  # working days in which a deputy answers; the rules are silent, the time is our own


def asking_day(year: int, month: int) -> date:
    """The day from which bodies are asked in a year; what was promised later is asked the year after."""
    return date(year, month, 1)


def is_asking_time(today: date, month: int) -> bool:
    """Whether this year's question is due: from its month to the end of the year, so that a late run loses nothing."""
    return today >= asking_day(today.year, month)


def to_be_answered_by(asked_on: date) -> date:
    """The last day of the quarter in which the body was asked."""
    month = 3 * -(-asked_on.month // 3)
    return date(asked_on.year, month, calendar.monthrange(asked_on.year, month)[1])
