"""The names of clocks, events, units, holidays and lights, in the reader's language."""

from __future__ import annotations

from tracker.deadlines.chosen import Aspect, Precheck, Rehandling, ReplyTo, Signer
from tracker.deadlines.clauses import Clause, Kind, Start, Unit
from tracker.deadlines.rules import Light
from tracker.errors import N_
from tracker.web.languages import gettext as _
from tracker.web.languages import ngettext
from tracker.workdays.rules import RollOver

KINDS = {
    Kind.HAND_OVER: N_("hand-over"),
    Kind.RECEIPT: N_("signing for it"),
    Kind.RETURN: N_("return"),
    Kind.REDISPATCH: N_("deciding a return"),
    Kind.FIRST_CONTACT: N_("first contact with the deputy"),
    Kind.CO_OPINION: N_("co-handler's opinion"),
    Kind.REPLY: N_("reply"),
    Kind.REPLY_EXTENDED: N_("reply with extension"),
    Kind.CHECK: N_("check of a submitted reply"),
    Kind.EVALUATE: N_("rating by the deputy"),
    Kind.REHANDLE: N_("reply after handling again"),
    Kind.PROMISE: N_("promise"),
    Kind.PUBLISH: N_("publication of the reply"),
    Kind.WHOLE: N_("the whole suggestion"),
    Kind.STUDY: N_("study of a dissatisfied rating"),
    Kind.INSTRUCTION: N_("leader's instruction"),
}
EVENTS = {
    Start.RECORDED: N_("the suggestion was recorded complete"),
    Start.HAND_OVER: N_("the hand-over"),
    Start.PASSED_ON: N_("the day the hub dispatched it"),
    Start.RECEIPT: N_("the receipt by the body"),
    Start.RETURN_ASKED: N_("the return was asked"),
    Start.BOUNCED: N_("the lead asked for the opinion again"),
    Start.CONGRESS_CLOSED: N_("the closing day of the congress"),
    Start.SUBMITTED: N_("the reply was submitted"),
    Start.DELIVERED: N_("the reply reached the lead deputy"),
    Start.RATED: N_("the deputy rated the reply"),
    Start.ROUND: N_("the new round was handed over"),
    Start.PROMISE: N_("the promise was made"),
}
LIGHTS = {
    Light.GREEN: N_("in time"),
    Light.BLUE: N_("answered, awaiting rating"),
    Light.YELLOW: N_("due soon"),
    Light.ORANGE: N_("due within days"),
    Light.RED: N_("overdue"),
    Light.PURPLE: N_("long overdue or dissatisfied twice"),
}
HOLIDAYS = {
    "New Year's Day": N_("New Year's Day"),
    "Spring Festival": N_("Spring Festival"),
    "Tomb-sweeping Day": N_("Tomb-sweeping Day"),
    "Labour Day": N_("Labour Day"),
    "Dragon Boat Festival": N_("Dragon Boat Festival"),
    "National Day": N_("National Day"),
    "Mid-autumn Festival": N_("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": N_("Anti-Fascist 70th Day"),
}
UNITS = {
    Unit.WORKING_DAYS: N_("working days"),
    Unit.DAYS: N_("calendar days"),
    Unit.MONTHS: N_("months"),
}
ROLL_OVERS = {
    RollOver.ALL_NON_WORKING_DAYS: N_("moves to the next working day"),
    RollOver.STATUTORY_HOLIDAYS: N_("moves only off public holidays"),
    RollOver.NONE: N_("stays"),
}
REPLY_TO = {
    ReplyTo.EACH: N_("each deputy who signed"),
    ReplyTo.LEAD_RELAYS: N_("the lead deputy, who passes it on"),
}
SIGNERS = {
    Signer.HEAD: N_("the head of the body"),
    Signer.ANY_LEADER: N_("any leader of the body"),
}
PRECHECKS = {
    Precheck.NONE: N_("nobody: the body delivers it"),
    Precheck.HUB: N_("the hub"),
    Precheck.OFFICE: N_("our office"),
}
REHANDLINGS = {
    Rehandling.AT_ONCE: N_("it is handled again at once"),
    Rehandling.STUDIED: N_("our office studies it and decides"),
}
ASPECTS = {
    Aspect.ATTITUDE: N_("attitude"),
    Aspect.RESULT: N_("result"),
    Aspect.CONTACT: N_("contact"),
    Aspect.REPLY: N_("reply"),
    Aspect.OVERALL: N_("overall"),
}
RULE_LEVELS = {
    "national": N_("the whole country"),
    "province": N_("province"),
    "city": N_("city"),
    "county": N_("county or district"),
    "township": N_("township or town"),
}
ADDRESSEES = {"office": N_("our office"), "hub": N_("the hub")}
# A law that rules of their own name beside the article; any other word of an article is said as it stands.
LAWS = {"代表法": N_("Deputies Law")}
REASONS = {
    "calendar": N_("the calendar of working days changed"),
    "extension": N_("an extension was granted"),
    "override": N_("a person decided it, with a reason"),
}


def kind_name(kind: Kind | str) -> str:
    """What the clock measures."""
    return _(KINDS[Kind(kind)])


def light_name(light: Light | str) -> str:
    """The word beside a light's colour."""
    return _(LIGHTS[Light(light)])


def event_name(start: Start | str) -> str:
    """The event a clock starts with."""
    return _(EVENTS[Start(start)])


def holiday_name(name: str) -> str:
    """A national holiday in the reader's language; a local day as it was entered."""
    return _(HOLIDAYS[name]) if name in HOLIDAYS else name


def article_text(article: str) -> str:
    """An article in the reader's language: “art. 19”, “art. 51 of the Deputies Law”; what is no number, as written."""
    law, _space, number = article.partition(" ")
    if law in LAWS:
        return _("art. %(number)s of the %(law)s", number=number, law=_(LAWS[law]))
    return _("art. %(article)s", article=article) if article[:1].isdigit() else article


def amount_text(amount: int, unit: Unit | str) -> str:
    """A length of time: 3 months, 10 working days, 5 calendar days."""
    unit = Unit(unit)
    if unit is Unit.MONTHS:
        return ngettext("%(num)d month", "%(num)d months", amount)
    if unit is Unit.WORKING_DAYS:
        return ngettext("%(num)d working day", "%(num)d working days", amount)
    if unit is Unit.DAYS:
        return ngettext("%(num)d calendar day", "%(num)d calendar days", amount)
    return _("the day named")


def clause_text(clause: Clause) -> str:
    """A clock of a rule set in one line."""
    source = _("our own") if clause.ours else article_text(clause.article)
    values = {"amount": amount_text(clause.amount, clause.unit), "event": event_name(clause.start), "source": source}
    return _("%(amount)s, counted from: %(event)s (%(source)s)", **values)


def clause_notes(clause: Clause) -> list[str]:
    """What a clock's clause says besides its length: consent, addressee, who is told, the second try."""
    told = []
    if clause.acceptance_notice:
        told.append(_("meanwhile the deputy is told that it was accepted"))
    if clause.to:
        told.append(_("addressed to: %(whom)s", whom=", ".join(_(ADDRESSEES.get(one, one)) for one in clause.to)))
    if clause.kind is Kind.RETURN and clause.consent:
        told.append(_("goes back only if the office or the hub agrees"))
    if clause.kind is Kind.REPLY_EXTENDED:
        told.append(_("the office or the hub must agree") if clause.consent else _("the rules ask for no consent"))
        told += [_("only if it is wide-ranging or difficult")] if clause.wide_or_difficult else []
        told += [_("the deputy is told")] if clause.tell_deputy else []
    if clause.again:
        told.append(_("asked again by the lead: %(clause)s", clause=clause_text(clause.again)))
    return told
