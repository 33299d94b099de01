"""What to look at again before a reply goes out, in the reader's language: for its writer and for its reader."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from tracker.database import db
from tracker.deadlines.clauses import Signer
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment, Part
from tracker.handling import publishing, queries, rules
from tracker.handling.content import ReplyContent
from tracker.handling.models import Reply
from tracker.handling.named import unnamed
from tracker.handling.unanswered import left_unanswered
from tracker.people.visitors import link_token
from tracker.search.copied import letter, taken
from tracker.search.queries import alike
from tracker.search.rules import Kind
from tracker.stage import Visitor
from tracker.structure.models import Body, Officer, Rank
from tracker.structure.succession import and_before
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import GONE, scope

CANDIDATES = 12  # of the index, compared one by one
SHOWN = 2
SIGNERS = {Signer.HEAD: (Rank.HEAD,), Signer.ANY_LEADER: (Rank.HEAD, Rank.DEPUTY_HEAD)}


def hints_for(
    content: ReplyContent, own: Assignment, visitor: Visitor, *, reply_id: int | None, has_original: bool
) -> list[str]:
    """The hints on what is written, as sentences."""
    signers, points = signers_of(own), [(one.request, one.answer) for one in content.points]
    written = rules.Written(
        text=content.text,
        outcome=law_of(own).rules.classes.get(content.class_label),
        promises=content.promises,
        has_contact=bool(queries.contacts_of([own.id])),
        has_original=has_original,
        left=sum(not (one.answer.strip() or one.in_letter) for one in content.points),
        refusal=content.refusal,
        legal_basis=content.legal_basis,
        strange_signer=content.signer if signers and content.signer and content.signer not in signers else "",
        like=nearly_the_same(content.text, visitor, own_id=reply_id or 0),
        unspoken=left_unanswered(own.suggestion.text, content.text, title=own.suggestion.title, points=points),
        unnamed=unnamed(content.text, co_handlers_of(own)),
    )
    told = [_(hint.message, **hint.values) for hint in rules.hints(written)]
    is_public = rules.may_be_published(content.publicity, own.suggestion.publicity)
    return [*told, *(publishing.warnings(content.text, reply_id) if is_public else [])]


def signers_of(own: Assignment) -> list[str]:
    """Who of the body may sign by the rules this suggestion is handled under, as far as the office knows them."""
    ranks = SIGNERS[law_of(own).rules.signer]
    wanted = (
        sa.select(Officer.name)
        .where(Officer.body_id == own.body_id, Officer.rank.in_(ranks), Officer.active.is_(True))
        .order_by(Officer.id)
    )
    return list(db.session.scalars(wanted))


def co_handlers_of(own: Assignment) -> dict[str, list[str]]:
    """The bodies that handle with a lead, each with the other names it has or had; none where nobody does."""
    if own.part not in (Part.LEAD, Part.JOINT):
        return {}
    wanted = (
        sa.select(Body.name, Body.short_name, Body.former_names)
        .join(Assignment, Assignment.body_id == Body.id)
        .where(Assignment.suggestion_id == own.suggestion_id, Assignment.round == own.round)
        .where(Assignment.part == Part.CO, Assignment.standing.not_in((*GONE, Standing.PASSED_ON)))
        .order_by(Assignment.id)
    )
    return {name: [short, *former.split("、")] for name, short, former in db.session.execute(wanted)}


def nearly_the_same(text: str, visitor: Visitor, *, own_id: int) -> Sequence[tuple[str, int]]:
    """Other replies from which most of this text was taken, as far as the visitor may read them: the number of the
    suggestion and how many per cent of it stand there.

    Candidates come from the index, as look-alikes do. Whoever came by a mailed link is told that there is one of his
    own body's, not which: a link opens one item.
    """
    mine, line = letter(text), current_app.config["REPLY_COPIED_PERCENT"]
    if not mine.is_long_enough or visitor.congress_id is None:
        return []
    ids = [one for one, _score in alike(mine.text, Kind.REPLY, visitor.congress_id, limit=CANDIDATES)]
    by_link = link_token() is not None
    own_body = Assignment.body_id.in_(and_before(visitor.body_id)) if visitor.body_id else sa.false()
    may_read = own_body if by_link else sa.and_(scope(visitor), queries.readable(visitor))
    wanted = (
        sa.select(Suggestion.number, Reply.text)
        .join(Reply.assignment)
        .join(Assignment.suggestion)
        .where(Reply.id.in_(ids), Reply.id != own_id, Reply.submitted_on.is_not(None), may_read)
    )
    scored = [(number or "", taken(mine, letter(other))) for number, other in db.session.execute(wanted)]
    near = sorted((one for one in scored if one[1] >= line), key=lambda one: -one[1])[:SHOWN]
    return [("" if by_link else number, percent) for number, percent in near]
