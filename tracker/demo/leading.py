"""Before the meeting and beside it: proposals on their round, drafts to sign, two leads, a lead that changed."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN, rule_set_in_force
from tracker.demo.diary import Diary
from tracker.demo.drafts import assignments_of
from tracker.demo.settling import Town
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.errors import RuleBroken
from tracker.handling import actions as handling
from tracker.handling.actions import ReplyContent
from tracker.handling.drafted import EXTENSION
from tracker.handling.models import Extension
from tracker.intake import actions as intake
from tracker.people.models import User
from tracker.roles import Role
from tracker.signing import actions as signing
from tracker.structure.models import Body
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Origin, Suggestion

BUSY, BESIDE, WATER = "市住建局", "市交通运输局", "市水利局"
REASON = "该事项主要涉及供排水设施管理，不属本单位职责。"
LONGER = "该项工作须经现场勘测和专家论证，按期答复有困难，申请延期。"
WHY = "经研究，该事项以城乡建设管理为主，改由住建部门主办。"
JOINT_TEXT = "您提出的建议收悉。我们两家单位共同到现场作了调查，拟从规划和管理两方面一并解决，现将初步意见答复如下。"
DAYS = 3
TOGETHER = (
    "关于改造滨河路通学路段的建议",
    "滨河路通学路段人车混行，上下学时段拥堵严重，既涉及道路建设，也涉及交通组织。建议两个部门共同研究，尽快改造。",
)
ROUND = (
    (
        "关于规范小区地下车位租售的建议",
        "部分小区地下车位只售不租，停车难与车位闲置并存。建议明确规则，加强监管。",
    ),
    ("关于疏通老城区排水管网的建议", "老城区排水管网多年未疏浚，汛期积水明显。建议汛前全面疏通，逐段更新。"),
    ("关于增设公共充电桩的建议", "新能源汽车增长较快，公共充电设施不足。建议在公共停车场统一规划建设充电桩。"),
)


def write(town: Town, diary: Diary, today: date) -> None:
    """Put it into the diary of the last weeks."""
    diary.write(today - timedelta(days=20), lambda day: _change_lead(town, day))
    diary.write(today - timedelta(days=5), lambda day: _lead_together(town, day))
    diary.write(today - timedelta(days=2), lambda day: _ask_longer(town, day))
    diary.write(today - timedelta(days=1), lambda day: _circulate(town, day))


def draw_up(town: Town, on: date) -> None:
    """The clerk has drawn up the decisions on two extensions; the director gave one of them back."""
    office = sa.select(User).where(User.congress_id == town.congress.id)
    users = db.session.scalars(office.where(User.role.in_((Role.OFFICE_CLERK, Role.OFFICE_LEADER))))
    people = {user.role: user for user in users}
    clerk, head = people[Role.OFFICE_CLERK], people[Role.OFFICE_LEADER]
    papers = []
    for asked_id, until_on, suggestion_id in db.session.execute(_undecided()).all():
        facts = {"granted": True, "to": until_on.isoformat(), "note": "情况属实，同意延期。"}
        try:
            about = {"by": clerk.actor(), "on": on, "suggestion_id": suggestion_id}
            papers.append(signing.draw_up(EXTENSION, asked_id, facts, clerk, **about))
        except RuleBroken:
            continue
    for paper in papers[1:]:
        signing.give_back(paper, "请补充承办单位的现场勘察情况。", by=head.actor(), on=on)


def _ask_longer(town: Town, day: date) -> None:
    """Two bodies ask for more time on what is not overdue yet; nobody has decided."""
    running = sa.select(Deadline.assignment_id).where(Deadline.kind == Kind.REPLY, IS_OPEN, Deadline.due_on >= day)
    wanted = (
        sa.select(Assignment)
        .where(Assignment.standing == Standing.RECEIVED, Assignment.id.in_(running))
        .where(Assignment.id.not_in(sa.select(Extension.assignment_id)))
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion))
        .order_by(Assignment.id)
        .limit(2)
    )
    for one in db.session.scalars(wanted).all():
        until_on = day + timedelta(days=60)
        try:
            handling.ask_extension(one, LONGER, until_on, by=town.handler(one.body), on=day)
        except RuleBroken:
            continue


def _undecided() -> sa.Select[tuple[int, date, int]]:
    owed = (Standing.ASSIGNED, Standing.RECEIVED)
    return (
        sa.select(Extension.id, Extension.proposed_on, Assignment.suggestion_id)
        .join(Extension.assignment)
        .where(Extension.granted.is_(None), Assignment.standing.in_(owed))
        .order_by(Extension.id)
        .limit(2)
    )


def _record(town: Town, title: str, text: str, on: date) -> Suggestion:
    lead = min(town.deputies.values(), key=lambda deputy: deputy.id)
    content = intake.Content(title=title, text=text, origin=Origin.RECESS, lead_deputy_id=lead.id, submitted_on=on)
    rules = rule_set_in_force(town.congress.rules_name, on)
    return intake.record(town.meetings["recess"], content, by=town.clerk, on=on, rules_in_force=rules)


def _circulate(town: Town, day: date) -> None:
    """Some go round; the busiest body has answered for two of them, the third is still open."""
    chosen, bodies = [_record(town, title, text, day) for title, text in ROUND], town.bodies
    for one in chosen:
        dispatch.propose(one, [(bodies[BUSY], Part.LEAD), (bodies[BESIDE], Part.CO)], by=town.clerk, on=day)
    rows = dispatch.circulate(chosen, town.meetings["recess"], DAYS, by=town.clerk, on=day)
    asked = [row for row in rows if row.body_id == bodies[BUSY].id]
    by = town.handler(bodies[BUSY])
    dispatch.agree_to_proposals(asked[:1], by=by, on=day)
    for row in asked[1:2]:
        dispatch.object_to_proposal(row, REASON, bodies[WATER], by=by, on=day)


def _lead_together(town: Town, day: date) -> None:
    """Two bureaus answer together; one has written, the other is asked to agree."""
    one, bodies = _record(town, *TOGETHER, day), town.bodies
    named = [(bodies[BUSY], Part.JOINT), (bodies[BESIDE], Part.JOINT)]
    dispatch.propose(one, named, by=town.clerk, on=day)
    recess = town.meetings["recess"]
    dispatch.hand_over([one], congress=town.congress, meeting=recess, document_number="", by=town.clerk, on=day)
    db.session.flush()
    writer, _other = assignments_of(one.id)
    by = town.handler(writer.body)
    dispatch.sign_for(writer, by=by, on=day)
    content = ReplyContent(text=JOINT_TEXT, signer=by.name, contact_person=by.name)
    reply = handling.save_draft(writer, content, version=None, by=by, at=clock.now())
    handling.ask_agreement(writer, reply, by=by, on=day)


def _change_lead(town: Town, day: date) -> None:
    """A lead that has only just begun goes on helping, and another bureau leads."""
    found = _begun(town.bodies[BUSY], day)
    if found is not None:
        dispatch.change_lead(found, town.bodies[BUSY], WHY, stays=True, by=town.clerk, on=day)


def _begun(other_than: Body, day: date) -> Assignment | None:
    wanted = (
        sa.select(Assignment)
        .where(
            Assignment.part == Part.LEAD,
            Assignment.standing == Standing.RECEIVED,
            Assignment.body_id != other_than.id,
            Assignment.handed_over_on >= day - timedelta(days=90),
            Assignment.suggestion_id.not_in(
                sa.select(Assignment.suggestion_id).where(Assignment.body_id == other_than.id)
            ),
        )
        .options(joinedload(Assignment.body), joinedload(Assignment.suggestion).joinedload(Suggestion.meeting))
        .order_by(Assignment.id.desc())
        .limit(1)
    )
    return db.session.scalars(wanted).first()
