"""Names people read; translated where they are shown."""

from __future__ import annotations

from tracker.errors import N_
from tracker.recurrence.rules import Copying

HOW: dict[str, str] = {
    Copying.COPIED: N_("mostly the same text"),
    Copying.HALF: N_("half the same text"),
    Copying.LAST_YEAR: N_("the same matter, an earlier year's words"),
}
