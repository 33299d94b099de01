"""The weekly letter of one who reads all: one overdue and silent, one only given more time."""

from datetime import date

from tracker.bulletin import saying, text
from tracker.bulletin.letters import Bar

TITLES = {"en": "On a wider road", "zh_Hans_CN": "关于拓宽道路的建议"}
DEPUTIES = {"en": "Wang Fang", "zh_Hans_CN": "王芳"}
NAMES = {"en": "Vice-mayor Zhao", "zh_Hans_CN": "赵副市长"}
ENCLOSED = {"en": "Weekly bulletin no. 12", "zh_Hans_CN": "督办周报第12期"}
QUIET = {"en": "the recess", "zh_Hans_CN": "闭会休假"}
COUNTS = {"suggestions": 30, "total": 42, "answered": 25, "answered_late": 2, "open": 17}
LATE = {"open_late": 3, "open_late_original": 4, "late": 6, "late_share": 14}
BODY = {"body_id": 1, "body": "市交通局", "body_en": "Transport Bureau", "branch": "government", **COUNTS, **LATE}
CORRECTIONS = {"en": "No. 2026-009 was answered on 5 June.", "zh_Hans_CN": "第2026-009号已于6月5日答复。"}
CHANGES = {
    "new": 1, "still": 2, "gone": 4, "answered": 3, "extended": 1, "otherwise": 0, "idle": 1, "longest": 3,
    "by_section": {"silent": {"new": 1, "still": 3, "gone": {"heard": 2, "answered": 1}}},
}  # fmt: skip
KINDS = {"unsigned": 1, "mute": 1, "undelivered": 2, "unrated": 4, "undated": 3}
SIGN = {"kind": "silent", "facts": {"last_on": "2026-04-20"}}
UNSEEN = {"kinds": KINDS, "years": [2027], "unreachable_bodies": []}


WORDS = {
    name: getattr(text, name)
    for name in (
        "body_name", "branch_name", "late_text", "listed", "no_issue_text", "rate_text", "section_look", "section_name",
    )
}  # fmt: skip


def item(language: str, no: int, section: str, **facts) -> dict:
    return {
        "no": no, "section": section, "also": [], "suggestion_id": no, "assignment_id": no, "number": f"2026-{no:03d}",
        "title": TITLES[language], "deputy": DEPUTIES[language], "body_id": 1, "body": "市交通局",
        "body_en": "Transport Bureau", "branch": "government", "key": False, "internal": False, "round": 1, "note": "",
        **facts,
    }  # fmt: skip


def figures(language: str) -> dict:
    return {
        "changes": CHANGES,
        "unseen": UNSEEN,
        "mass_extensions": [{"on": "2026-06-04", "by": "Sun Ban" if language == "en" else "孙办", "count": 7}],
        "done": {"acts": {"contact": 6, "send_back": 1}, "ladder": {"reminders": 9, "chases": 2}},
        "corrections": [
            {
                "number": 11,
                "week": "2026-W24",
                "on": "2026-06-10",
                "text": CORRECTIONS[language],
            }
        ],
    }


def facts(language: str) -> dict:
    return {
        "number": 12, "week": "2026-W25", "issued_on": date(2026, 6, 15),
        "path": "/bulletins/2026-W25",
        "pictures": "/pictures/week",
        "rank": "directors_meeting",
        "counts": [("overdue", 1), ("past_original", 1), ("silent", 1)],
        "overdue": 1,
        "count": 3,
        **_reached(language),
        "lines": [
            item(language, 1, "overdue", also=["silent"], due_on="2026-06-02", original_due_on="2026-06-02", days=9,
                 days_original=9, weeks=3, done={"contact": 2, "send_back": 1}),
            item(language, 2, "past_original", due_on="2026-08-31", original_due_on="2026-06-02", days=-54,
                 days_original=9),
            item(language, 3, "sign", due_on=None, original_due_on=None, days=None, days_original=None, signs=[SIGN]),
        ],
        "weakest": [
            item(language, 1, "weakest", due_on="2026-06-02", original_due_on="2026-06-02", days=9, signs=[SIGN]),
        ],
        "left_out": 3,
        "worst": [Bar(BODY, 3, 42)],
        "branches": [Bar({"branch": "court"}, 0, 4), Bar({"branch": "government"}, 6, 42)],
        "whole": {**COUNTS, **LATE},
        "changes": CHANGES,
        "unseen": UNSEEN,
        "ratings": [Bar({"aspect": "attitude"}, 1, 12), Bar({"aspect": "result"}, 3, 12)],
        "figures": figures(language),
        "say": saying,
        **WORDS,
    }  # fmt: skip


def _reached(language: str) -> dict:
    return {
        "internal": 1,
        "no_issue": [{"kind": "quiet", "from": "2026-W22", "until": "2026-W23", "reason": QUIET[language]}],
        "month": {"since": "2026-W19", "new": 2, "still": 1, "gone": 5},
        "to_hand_on": [NAMES[language]],
        "enclosed": [f"{ENCLOSED[language]} 2026-W25.{ending}" for ending in ("pdf", "xlsx")],
    }
