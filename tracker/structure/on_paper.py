"""The congress, its office and its meetings as official documents call them: in full, and in Chinese only."""

from __future__ import annotations

import re

from tracker.structure.models import Congress, Level, Meeting

CONGRESS = "人民代表大会"
_IN_FULL = (CONGRESS, "人大", "主席团")
_MEETING = re.compile(r"(第.{1,6}届)(?:人大|人民代表大会)?(第.{1,6}次会议)")


def office_on_paper(congress: Congress) -> str:
    """The office with the congress it belongs to: 临江市人民代表大会常务委员会代表工作委员会.

    A township has no standing committee: its presidium does what one does (地方组织法 14).
    """
    own = congress.office_name.strip()
    if any(words in own for words in _IN_FULL):
        return own
    if congress.level is Level.TOWNSHIP:
        return f"{congress.name}{own or '主席团'}"
    return f"{congress.name}常务委员会{own or '办公室'}"


def meeting_on_paper(congress: Congress, meeting: Meeting) -> str:
    """The meeting in full: 云汀市第九届人民代表大会第五次会议; what is named in full already stays as it is."""
    found = _MEETING.fullmatch(meeting.name)
    if found and congress.name.endswith(CONGRESS):
        return f"{congress.name.removesuffix(CONGRESS)}{found[1]}{CONGRESS}{found[2]}"
    return meeting.name if any(words in meeting.name for words in _IN_FULL) else f"{congress.name}{meeting.name}"
