"""Every measure again as one plain SQL condition over base tables, written apart from the application's own queries.

`a` is an assignment, `s` its suggestion, `:on` the day. Parts are counted one by one; items from their parts.
"""

REPLY = "d.assignment_id = a.id AND d.voided_on IS NULL AND d.kind IN ('reply', 'reply_extended', 'rehandle')"
OPINION = (
    "d.assignment_id = a.id AND (d.voided_on IS NULL OR d.void_reason = 'answered_without') AND d.kind = 'co_opinion'"
)
RELEASED = "a.standing IN ('delivered', 'rated', 'handled_again')"
RECEIVED = "a.standing NOT IN ('returned', 'recalled', 'passed_on')"
MAIN = f"{RECEIVED} AND a.part <> 'co'"
CO = f"{RECEIVED} AND a.part = 'co'"


def clock(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM deadline d WHERE {REPLY} AND {condition})"


def opinion(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM deadline d WHERE {OPINION} AND ({condition}))"


def reply(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM reply r WHERE r.assignment_id = a.id AND {condition})"


def lead_said(verdict: str, *, last: bool, who: str = "a") -> str:
    """The lead deputy's first or last word on the result is this; "%": anything."""
    later = (
        "AND NOT EXISTS (SELECT 1 FROM rating y WHERE y.reply_id = x.reply_id AND y.deputy_id = x.deputy_id"
        " AND y.version > x.version)"
    )
    which = later if last else "AND x.version = 1"
    return (
        "EXISTS (SELECT 1 FROM rating x JOIN reply r ON r.id = x.reply_id"
        f" WHERE r.assignment_id = {who}.id AND x.deputy_id = s.lead_deputy_id AND x.result LIKE '{verdict}' {which})"
    )


def rating_clock(condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM deadline d JOIN reply r ON r.id = d.reply_id WHERE r.assignment_id = a.id"
        f" AND d.kind = 'evaluate' AND {condition})"
    )


HAS_CLOCK, MET = clock("1 = 1"), clock("d.met_on IS NOT NULL")
ANSWERED = f"{MAIN} AND ({MET} OR (NOT {HAS_CLOCK} AND (a.standing IN ('submitted', 'agreed') OR {RELEASED})))"
FINAL = f"{ANSWERED} AND a.standing <> 'handled_again'"
REPLY_DAY = (
    f"coalesce((SELECT d.met_on FROM deadline d WHERE {REPLY}),"
    " (SELECT r.submitted_on FROM reply r WHERE r.assignment_id = a.id))"
)
FIRST_TALK = 'SELECT min(c."on") FROM contact c WHERE c.assignment_id = a.id'
BACK = "EXISTS (SELECT 1 FROM sending_back b JOIN reply r ON r.id = b.reply_id WHERE r.assignment_id = a.id)"
FIRST = f"{MAIN} AND {RELEASED} AND a.round = 1"
REPLACED = (
    "a.standing = 'handled_again' AND EXISTS (SELECT 1 FROM assignment z WHERE z.suggestion_id = a.suggestion_id"
    " AND z.round > a.round AND (z.body_id = a.body_id OR a.part <> 'separate')"
    f" AND {lead_said('%', last=False, who='z')})"
)
LAST = f"{MAIN} AND {RELEASED} AND NOT ({REPLACED})"
SILENT = f"{LAST} AND NOT {lead_said('%', last=True)}"
IN_VAIN = rating_clock("(d.void_reason = 'closed' OR (d.met_on IS NULL AND d.voided_on IS NULL AND d.due_on < :on))")
AWAITED = rating_clock("d.met_on IS NULL AND d.voided_on IS NULL AND d.due_on >= :on")
OPINION_LATE = "d.met_on > d.original_due_on OR (d.met_on IS NULL AND d.original_due_on < coalesce(d.voided_on, :on))"
ASKED_BACK = "SELECT 1 FROM body_return b WHERE b.assignment_id = a.id"
EXTENDED = "SELECT 1 FROM extension e WHERE e.assignment_id = a.id AND e.granted IS TRUE"


def timed(column: str, name: str) -> dict[str, str]:
    open_late = clock(f"d.met_on IS NULL AND d.{column} < :on")
    late = clock(f"(d.met_on > d.{column} OR (d.met_on IS NULL AND d.{column} < :on))")
    return {
        f"due_{name}": f"{MAIN} AND ({MET} OR {open_late})",
        f"in_time_{name}": f"{MAIN} AND {clock(f'd.met_on <= d.{column}')}",
        f"late_{name}": f"{MAIN} AND {late}",
        f"open_late_{name}": f"{MAIN} AND {open_late}",
    }


SIGN = (
    "SELECT 1 FROM signal g WHERE g.cleared_on IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM signal_dismissal i WHERE i.signal_id = g.id AND i.undone_on IS NULL)"
)
OUTCOMES = (
    "solved", "partly_solved", "in_progress_this_year", "planned", "not_now", "not_feasible", "higher_authority",
    "reference_only",
)  # fmt: skip
VERDICTS = ("satisfied", "mostly", "dissatisfied")

PARTS = {
    "assigned": "a.standing <> 'passed_on'",
    "received": RECEIVED,
    "main": MAIN,
    "co": CO,
    "answered": ANSWERED,
    "open": f"{MAIN} AND NOT ({ANSWERED})",
    "no_clock": f"{MAIN} AND NOT {HAS_CLOCK}",
    "co_due": f"{CO} AND {opinion(f'd.met_on IS NOT NULL OR {OPINION_LATE}')}",
    "co_in_time": f"{CO} AND {opinion('d.met_on IS NOT NULL')} AND NOT {opinion(OPINION_LATE)}",
    "co_late": f"{CO} AND {opinion(OPINION_LATE)}",
    "co_unheard": "a.part = 'co' AND a.standing = 'unheard'",
    **timed("original_due_on", "original"),
    **timed("due_on", "current"),
    "extended": f"{MAIN} AND EXISTS ({EXTENDED})",
    "moved": f"{MAIN} AND {clock('d.due_on > d.original_due_on')}",
    "return_asked": f"a.standing <> 'passed_on' AND EXISTS ({ASKED_BACK})",
    "returned": "a.standing = 'returned'",
    "return_refused": f"a.standing <> 'passed_on' AND EXISTS ({ASKED_BACK} AND b.granted IS FALSE)",
    "replied": f"({ANSWERED}) OR ({MAIN} AND {BACK})",
    "sent_back": f"{MAIN} AND {BACK}",
    "further_round": f"{MAIN} AND a.round > 1",
    "renewed": f"{ANSWERED} AND a.standing = 'handled_again'",
    "contact_before": f"{ANSWERED} AND ({FIRST_TALK}) <= {REPLY_DAY}",
    "contact_after": f"{ANSWERED} AND ({FIRST_TALK}) > {REPLY_DAY}",
    "contact_none": f"{ANSWERED} AND ({FIRST_TALK}) IS NULL",
    "signalled": f"{RECEIVED} AND EXISTS ({SIGN} AND g.assignment_id = a.id)",
    "final": FINAL,
    **{one: FINAL + " AND " + reply(f"r.outcome = '{one}'") for one in OUTCOMES},
    "unclassed": f"{FINAL} AND NOT {reply('r.outcome IS NOT NULL')}",
    "delivered": f"{MAIN} AND {RELEASED}",
    "first_asked": FIRST,
    "first_rated": f"{FIRST} AND {lead_said('%', last=False)}",
    **{f"first_{one}": f"{FIRST} AND {lead_said(one, last=False)}" for one in VERDICTS},
    "first_unrated": f"{FIRST} AND NOT {lead_said('%', last=False)}",
    "last_asked": LAST,
    "last_rated": f"{LAST} AND {lead_said('%', last=True)}",
    **{f"last_{one}": f"{LAST} AND {lead_said(one, last=True)}" for one in VERDICTS},
    "last_unrated": f"{SILENT} AND {IN_VAIN}",
    "last_awaited": f"{SILENT} AND {AWAITED} AND NOT {IN_VAIN}",
    "last_unasked": f"{SILENT} AND NOT {AWAITED} AND NOT {IN_VAIN}",
}  # fmt: skip

PROMISE = "JOIN deadline d ON d.promise_id = p.id AND d.kind = 'promise'"
DUE = "d.original_due_on < :on"
KEPT = "d.voided_on IS NULL AND d.met_on IS NOT NULL"
MISSED = f"{DUE} AND d.voided_on IS NULL AND d.met_on IS NULL"
PROMISES = {
    "promises": "1 = 1",
    "promises_due": DUE,
    "promises_kept": f"{DUE} AND {KEPT} AND d.met_on <= d.original_due_on",
    "promises_kept_late": f"{DUE} AND {KEPT} AND d.met_on > d.original_due_on",
    "promises_missed": MISSED,
    "promises_broken": f"{MISSED} AND 'broken' = (SELECT f.fate FROM promise_report f WHERE f.promise_id = p.id"
    " ORDER BY f.id DESC LIMIT 1)",
    "promises_withdrawn": f"{DUE} AND d.voided_on IS NOT NULL",
    "promises_moved": "d.due_on > d.original_due_on",
}
NEWEST = (
    "NOT EXISTS (SELECT 1 FROM rating y WHERE y.reply_id = x.reply_id AND y.deputy_id = x.deputy_id"
    " AND y.version > x.version)"
)
VOICES = {"voices": "1 = 1", **{f"voices_{one}": f"x.result = '{one}'" for one in VERDICTS}}
