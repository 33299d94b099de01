"""What is measured of the work of bodies: what they received, when they answered, what they passed on. Pure."""

from __future__ import annotations

from tracker.errors import N_
from tracker.figures.measure import Weak

_MUCH, _LITTLE, _NO = Weak.MUCH, Weak.LITTLE, Weak.NEITHER

WORK = (
    ("assigned", "", _NO, N_("Assigned to bodies"),
     N_("All that was assigned, given back or recalled ones included; what a hub passed on counts for who got it.")),
    ("received", "assigned", _NO, N_("Received"),
     N_("Assigned and neither given back nor recalled; each round of handling counts.")),
    ("main", "received", _NO, N_("To be answered"),
     N_("Received as lead, as one of two leads, separately or alone.")),
    ("co", "received", _NO, N_("As co-handler"),
     N_("Received to help a lead with an opinion.")),
    ("answered", "main", _LITTLE, N_("Answered"),
     N_("The reply is submitted, and was not sent back; it may still be read.")),
    ("open", "main", _NO, N_("Not answered"),
     N_("To be answered, and no reply is submitted.")),
    ("no_clock", "main", _MUCH, N_("Without a last day"),
     N_("To be answered, but no clock says by when.")),
    ("days_held", "assigned", _NO, N_("Days held"),
     N_("Working days from the assignment to the reply, the opinion, the return, or today; open ones included.")),
    ("co_due", "co", _NO, N_("Opinions due"),
     N_("The opinion was given, or its last day has passed.")),
    ("co_in_time", "co_due", _LITTLE, N_("Opinions in time"),
     N_("Given by the first last day of every opinion asked.")),
    ("co_late", "co_due", _MUCH, N_("Opinions late"),
     N_("Given after a first last day, or open after it.")),
    ("co_unheard", "co", _MUCH, N_("Answered without it"),
     N_("The lead answered without this body's opinion.")),
)  # fmt: skip
TIME = (
    ("due_original", "main", _NO, N_("Due by the first day"),
     N_("Answered, or the first last day has passed.")),
    ("in_time_original", "due_original", _LITTLE, N_("In time, first day"),
     N_("Answered by the last day given first, whatever was extended later.")),
    ("late_original", "due_original", _MUCH, N_("Late, first day"),
     N_("Answered after the last day given first, or open after it; no extension changes this.")),
    ("open_late_original", "open", _MUCH, N_("Open and late, first day"),
     N_("Not answered, and the last day given first has passed.")),
    ("due_current", "main", _NO, N_("Due by the present day"),
     N_("Answered, or the present last day has passed.")),
    ("in_time_current", "due_current", _LITTLE, N_("In time, present day"),
     N_("Answered by the last day as it stands, extensions included.")),
    ("late_current", "due_current", _MUCH, N_("Late, present day"),
     N_("Answered after the last day as it stands, or open after it.")),
    ("open_late_current", "open", _MUCH, N_("Open and late, present day"),
     N_("Not answered, and the last day as it stands has passed.")),
    ("extended", "main", _MUCH, N_("Extended"),
     N_("An extension was granted at least once.")),
    ("moved", "main", _MUCH, N_("Last day moved"),
     N_("The last day is later than the one given first, for whatever reason.")),
)  # fmt: skip
PASSING = (
    ("return_asked", "assigned", _NO, N_("Return asked"),
     N_("The body said at least once that it is not its own.")),
    ("returned", "assigned", _NO, N_("Returned"),
     N_("Given back: the return was granted.")),
    ("return_refused", "assigned", _MUCH, N_("Return refused"),
     N_("A return was asked and refused at least once.")),
    ("replied", "main", _NO, N_("Replies submitted"),
     N_("A reply was submitted at least once, sent back ones included.")),
    ("sent_back", "replied", _MUCH, N_("Sent back"),
     N_("The office sent the reply back at least once.")),
    ("further_round", "main", _NO, N_("In a further round"),
     N_("To be answered anew, in the second round or a later one.")),
    ("renewed", "answered", _MUCH, N_("Handled again"),
     N_("The answer was not the last: a new round took its place.")),
)  # fmt: skip
CONTACT = (
    ("contact_before", "answered", _LITTLE, N_("Contact before the reply"),
     N_("The body spoke with the deputy on or before the day of the reply.")),
    ("contact_after", "answered", _MUCH, N_("Contact only after"),
     N_("The body spoke with the deputy only after the reply.")),
    ("contact_none", "answered", _MUCH, N_("No contact"),
     N_("No contact with the deputy is recorded.")),
)  # fmt: skip
SIGNALS = (
    ("signalled", "received", _MUCH, N_("With a signal"),
     N_("At least one sign of weak handling holds that nobody dismissed; a hint for a person, never a verdict.")),
    ("signals", "received", _MUCH, N_("Signals"),
     N_("Signs of weak handling that hold and that nobody dismissed.")),
)  # fmt: skip
