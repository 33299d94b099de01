"""The office, or the hub where the rules say so, reads replies and delivers them or sends them back."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines import queries as deadlines
from tracker.deadlines.clauses import Kind
from tracker.deadlines.lamps import Lamp, lamps
from tracker.deadlines.models import Deadline
from tracker.dispatch.clocks import law_of
from tracker.errors import N_, NotFound, RuleBroken
from tracker.handling import actions, decisions, drafted_reading, publishing, queries
from tracker.handling.comparing import changes
from tracker.handling.content import content_of
from tracker.handling.forms import ClassForm, DeliveryForm, OriginalForm, PublicationForm, SendingBackForm
from tracker.handling.hinting import hints_for
from tracker.handling.models import Reply, Way
from tracker.handling.names import MANNERS, OUTCOMES, PUBLICITIES, REACHED, WAYS
from tracker.handling.originals import has_original
from tracker.handling.records import records_of
from tracker.handling.rules import SEND_BACK_REASONS, may_be_published
from tracker.handling.views import pages
from tracker.handling.views.reply import class_labels
from tracker.handling.written import VersionKind
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, SEES_CONTENT, Role
from tracker.signing import acting
from tracker.signing.models import ToSign
from tracker.signing.queries import lying_since
from tracker.structure.succession import is_of
from tracker.suggestion.journey import NAMES, Standing
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import OfficeForm, obeys
from tracker.web.gate import allow
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

FORMS = ("delivery", "sending_back", "publication", "original", "reclassing")
IN_THE_FOLDER = (drafted_reading.DELIVER, drafted_reading.SEND_BACK)
CORRECTED = (Standing.SUBMITTED, Standing.DELIVERED, Standing.RATED)


@pages.get("/replies")
@allow(*OFFICE, Role.HUB)
def reading() -> Any:
    """Replies submitted and waiting to be read, the oldest first."""
    rows = db.session.execute(decisions.to_read(visitor())).unique().all()
    shining = lamps(visitor().congress_id, clock.today())
    if asked_for_sheet():
        cells = (_cells(reply, deadline, shining.of(deadline)) for reply, deadline in rows)
        return workbook(_("Replies to read"), _headers(), cells)
    extensions = db.session.scalars(decisions.extensions_to_decide(visitor())).unique().all()
    return render_template(
        "handling/reading.html",
        rows=[(reply, deadline, shining.of(deadline)) for reply, deadline in rows],
        lying=lying_since(IN_THE_FOLDER, (reply.id for reply, _deadline in rows), visitor()),
        form=new_delivery(),
        extensions=len(extensions),
        outcome_names=OUTCOMES,
        sheet_url=sheet_url(),
    )


def _headers() -> list[str]:
    return [
        _("Number"), _("Title"), _("Body"), _("Class"), _("Submitted on"), _("To be read until"), _("How it stands"),
    ]  # fmt: skip


def _cells(reply: Reply, deadline: Deadline | None, light: Lamp | None) -> list[Any]:
    one = reply.assignment.suggestion
    return [
        one.number,
        "" if one.internal else one.title,
        in_language(reply.assignment.body),
        reply.class_label,
        reply.submitted_on,
        deadline.due_on if deadline else None,
        f"{light.word}, {light.days_text}" if light else "",
    ]


@pages.get("/replies/<int:reply_id>")
@allow(*SEES_CONTENT)
def read(reply_id: int) -> str:
    """Suggestion and reply side by side; who decides finds both forms beneath."""
    return page_of_reply(reply_id)


@pages.post("/replies/<int:reply_id>/publication")
@allow(*OFFICE, Role.HUB, *BODY)
def publish(reply_id: int) -> Any:
    """Where and when the reply was published; noted by the body itself, its hub or the office."""
    form = PublicationForm()
    if form.validate_on_submit() and obeys(form, lambda: _publish(reply_id, form)):
        flash(_("The publication is noted."), "ok")
        return once.done(url_for("handling.read", reply_id=reply_id))
    return page_of_reply(reply_id, publication=form)


def _publish(reply_id: int, form: PublicationForm) -> None:
    found = queries.get_reply(reply_id, visitor())
    if not _publishes(found):
        raise NotFound
    if publishing.warnings(found.text, found.id) and not form.looked.data:
        raise RuleBroken(N_("Something in this reply speaks of persons. Look at it, then say that it may be public."))
    on = min(form.on.data, clock.today())
    actions.publish(found, found.assignment, form.place.data or "", by=visitor().actor(), on=on)


def _publishes(found: Reply) -> bool:
    """Whether this visitor notes where it was published: whoever may act for the body, or the office."""
    asking = visitor()
    acts = asking.role in OFFICE or queries.may_act_for(found.assignment, asking)
    return found.publication is None and _is_free(found) and acts


def _is_free(found: Reply) -> bool:
    """Whether it is delivered, and body and deputy agree that it may be public."""
    is_given = found.assignment.standing in (Standing.DELIVERED, Standing.RATED)
    return is_given and may_be_published(found.publicity, found.assignment.suggestion.publicity)


def page_of_reply(reply_id: int, **sent: OfficeForm) -> str:
    """Suggestion and reply side by side, with the forms of whoever decides; `sent` are those that came back wrong."""
    asking = visitor()
    found = queries.get_reply(reply_id, asking)
    decides = asking.role in (*OFFICE, Role.HUB) and decisions.may_read_first(found, asking)
    sees_inside = asking.role in (*OFFICE, Role.HUB) or (
        asking.role in BODY and is_of(asking.body_id, found.assignment.body_id)
    )
    before = acting.drafted(drafted_reading.DELIVER, found.id) if decides else None
    contacts = queries.contacts_of([found.assignment_id])
    return render_template(
        "handling/read.html",
        reply=found,
        assignment=found.assignment,
        suggestion=found.assignment.suggestion,
        **{**dict.fromkeys(FORMS), **_forms(found, decides, sent, before)},
        sees_inside=sees_inside,
        to_read_until=next(iter(deadlines.open_for(kind=Kind.CHECK, reply_id=found.id)), None) if decides else None,
        hints=_hints(found) if decides else [],
        before_public=publishing.warnings(found.text, found.id) if _publishes(found) else [],
        may_be_public=asking.role in OFFICE and _is_free(found) and not found.assignment.suggestion.internal,
        drafted=before,
        changed=changes(found.versions, VersionKind.SUBMITTED) if sees_inside else None,
        has_original=has_original(found),
        contacts=contacts,
        signed=records_of([one.id for one in contacts]),
        opinions=queries.opinions_of(found.assignment.suggestion_id) if sees_inside else [],
        records=asking.role in (*OFFICE, Role.HUB) and found.assignment.standing in queries.DELIVERED,
        reached_names=REACHED,
        manner_names=MANNERS,
        outcome_names=OUTCOMES,
        publicity_names=PUBLICITIES,
        way_names=WAYS,
        reason_names=SEND_BACK_REASONS,
        standing_names=NAMES,
    )


def _forms(found: Reply, decides: bool, sent: dict[str, OfficeForm], before: ToSign | None) -> dict[str, OfficeForm]:
    """The empty forms of what this visitor may do here."""
    made: dict[str, OfficeForm] = {}
    if decides:
        made |= {"delivery": new_delivery(), "sending_back": _new_sending_back(before)}
    if _publishes(found):
        made["publication"] = _new_publication()
    if decides:
        made["original"] = OriginalForm(formdata=None)
    if visitor().role in OFFICE and found.assignment.standing in CORRECTED:
        made |= {"original": OriginalForm(formdata=None), "reclassing": class_form(found, formdata=None)}
    return {**made, **sent}


def class_form(found: Reply, **more: Any) -> ClassForm:
    """The classes of the rules of this suggestion, but for the one the reply has."""
    form = ClassForm(**more)
    labels = class_labels(law_of(found.assignment).rules.classes)
    form.class_label.choices = [("", _("choose")), *(one for one in labels if one[0] != found.class_label)]
    return form


def _hints(found: Reply) -> list[str]:
    """The same as the writer was shown."""
    original = has_original(found)
    return hints_for(content_of(found), found.assignment, visitor(), reply_id=found.id, has_original=original)


def new_delivery() -> DeliveryForm:
    """Where nothing is mailed, replies go out on paper."""
    way = Way.SYSTEM if current_app.config["SMTP_URL"] else Way.PAPER
    return DeliveryForm(formdata=None, way=str(way))


def _new_sending_back(before: ToSign | None) -> SendingBackForm:
    """What the clerk typed before it came back stands there again."""
    form = SendingBackForm(formdata=None)
    if before is not None and before.kind == drafted_reading.SEND_BACK:
        form.reasons.data, form.note.data = before.facts["reasons"], before.facts["note"]
    return form


def _new_publication() -> PublicationForm:
    return PublicationForm(formdata=None, on=clock.today())
