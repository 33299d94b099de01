"""The words of supervision as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.supervision.models import InspectionKind

INSPECTIONS = {
    InspectionKind.VISIT: N_("Inspection on the spot"),
    InspectionKind.MEETING: N_("Meeting with the bodies"),
    InspectionKind.HEARING: N_("Report heard"),
}
