"""Sections, branches and counts of an issue in the reader's language; pages and letters say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from tracker.bulletin.rules import is_small
from tracker.errors import N_

SINCE_INTERNAL = N_("made internal since, the title is no longer shown")
SECTION_NAMES = {
    "overdue": N_("Reply overdue"),
    "promise_overdue": N_("Promise overdue"),
    "instruction_overdue": N_("Leader's instruction overdue"),
    "notice_overdue": N_("Notice not answered in time"),
    "dissatisfied": N_("Deputy dissatisfied"),
    "past_original": N_("Past the first last day, extended"),
    "silent": N_("Silent for 30 days"),
    "no_receipt": N_("Not signed for"),
    "no_due_date": N_("No last day"),
    "sign": N_("New sign of weak handling"),
    "due_soon": N_("Reply due within 5 working days"),
    "promise_due": N_("Promise due within 5 working days"),
    "instruction_open": N_("Leader's instruction to be answered"),
    "notice_open": N_("Notice to be answered"),
    "returned": N_("Returned this week"),
    "extended": N_("Extended this week"),
    "weakest": N_("Handled weakest"),
    "gone": N_("No longer listed"),
    "instruction_gone": N_("Leader's instruction, no longer listed"),
}
SECTION_LOOKS = {
    "overdue": "bad",
    "promise_overdue": "bad",
    "instruction_overdue": "bad",
    "notice_overdue": "bad",
    "dissatisfied": "bad",
    "past_original": "warn",
    "silent": "warn",
    "no_receipt": "warn",
    "no_due_date": "warn",
    "sign": "warn",
    "weakest": "bad",
    "gone": "ok",
    "instruction_gone": "ok",
}
BRANCHES = {
    "government": N_("Government"),
    "court": N_("Court"),
    "procuratorate": N_("Procuratorate"),
    "supervisory_commission": N_("Supervisory commission"),
    "party": N_("Party organs"),
    "mass_organisation": N_("Mass organisations"),
    "congress": N_("Congress"),
    "enterprise": N_("State enterprises"),
    "lower_government": N_("Lower governments"),
}
RANKS = {
    "handler": N_("handler"),
    "deputy_head": N_("deputy head"),
    "head": N_("head of the body"),
    "hub_office": N_("office of the hub"),
    "vice_mayor": N_("vice-mayor in charge"),
    "mayor": N_("mayor"),
    "vice_president": N_("vice-president in charge"),
    "president": N_("president or chief"),
    "committee": N_("paired committee"),
    "our_clerk": N_("our clerk"),
    "our_director": N_("our director"),
    "secretary_general": N_("secretary-general"),
    "directors_meeting": N_("directors' meeting"),
    "deputy": N_("deputy"),
}


def is_chinese() -> bool:
    return str(get_locale()).startswith("zh")


def section_name(section: str) -> str:
    return _(SECTION_NAMES[section])


def section_look(section: str) -> str:
    return SECTION_LOOKS.get(section, "info")


def branch_name(branch: str) -> str:
    return _(BRANCHES[branch])


def rank_name(rank: str) -> str:
    return _(RANKS[rank])


def way_name(way: str) -> str:
    return _(WAYS[way])


def body_name(item: dict[str, Any]) -> str:
    """The body in the reader's language where it has such a name."""
    english = str(get_locale()).startswith("en")
    return str((english and item["body_en"]) or item["body"] or _("Our office"))


def late_text(days: int | None) -> str:
    """Working days over a last day, or left until it; a dash where there is none."""
    if days is None:
        return "—"
    if days > 0:
        return ngettext("%(num)d working day over", "%(num)d working days over", days)
    if days == 0:
        return _("due now")
    return ngettext("%(num)d working day left", "%(num)d working days left", -days)


WAYS = {
    "mail": N_("by mail"),
    "paper": N_("on paper"),
    "via_hub": N_("through the hub"),
    "unreached": N_("no usable address: on paper"),
    "shared": N_("with another's letter"),
    "nothing": N_("nothing"),
}
NO_ISSUE = {
    "quiet": N_("No issue in %(weeks)s: %(reason)s."),
    "holiday": N_("No issue in %(weeks)s: no working day."),
    "missed": N_("No issue in %(weeks)s: it was not made."),
}


def no_issue_text(skipped: dict[str, str]) -> str:
    """Weeks without an issue, and why."""
    first, last = skipped["from"], skipped["until"]
    weeks = first if first == last else _("%(first)s to %(last)s", first=first, last=last)
    said = NO_ISSUE[skipped["kind"]]
    return _(said, weeks=weeks, reason=skipped["reason"].rstrip("。. "))


def listed(names: Iterable[str]) -> str:
    """Names in a row, as the language writes them."""
    return ("、" if str(get_locale()).startswith("zh") else ", ").join(names)


def rate_text(part: int, whole: int, share: int) -> str:
    """A rate never stands without its counts: 3 of 17 (18 %). Of few the counts alone are told."""
    if is_small(whole):
        return _("%(part)s of %(whole)s", part=part, whole=whole)
    return _("%(part)s of %(whole)s (%(share)s %%)", part=part, whole=whole, share=share)


def title_text(item: Mapping[str, Any]) -> str:
    """The title of a line; of what was made internal after the issue, that it was; of what was internal, nothing."""
    if item.get("since_internal"):
        return _(SINCE_INTERNAL)
    return item["title"] or ""
