"""Who may open what: every page and every role in one table. A new page is not there until somebody has said who.

The columns stand in the order of `Role`; `x` means yes. `link`: the holder of a mailed link may open it too, under the
role the link gives him. `anyone`: nobody needs to sign in. Static files alone are served without being asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.roles import Role

# office clerk, office leader, hub, body handler, body leader, deputy, committee, leader, auditor, admin
TABLE = """
                            c l h h l d c l a a
privacy.account             . x . . . . . . . x
privacy.confirm             . x . . . . . . . x
privacy.deputy              . x . . . . . . . x
privacy.drop                . x . . . . . . . x
privacy.index               . x . . . . . . . x
privacy.officer             . x . . . . . . . x
register.trail_of           . . . . . . . . x .
audit.sealed                . . . . . . . . x .
audit.trail                 . x . . . . . . x .

bulletin.arrangements       x x . . . . . . . .
bulletin.coming             x x . . . . . . . .
bulletin.coming_letter      x x . . . . . . . .
bulletin.end_hold           . x . . . . . . . .
bulletin.handing            x x x . . . . . . .
bulletin.hold               . x . . . . . . . .
bulletin.lift               . x . . . . . . . .
bulletin.name_quiet         . x . . . . . . . .
bulletin.printed_pack       x x x . . . . . . .
bulletin.readers            x x x . . . . . x .
bulletin.rhythm             x x . . . . . . . .
bulletin.time               . x . . . . . . . .
bulletin.correct            x x . . . . . . . .
bulletin.download           x x x x x x x x x .
bulletin.index              x x x x x x x x x .
bulletin.show               x x x x x x x x x .

care.healthz                . . . . . . . . . . anyone
care.readyz                 . . . . . . . . . . anyone
care.self_check             . . . . . . . . . x

deadlines.choose            . x . . . . . . . x
deadlines.copy              . x . . . . . . . x
deadlines.example           . x . . . . . . . x
deadlines.rule_set          x x x x x x x x x x
deadlines.rules             x x x x x x x x x x
deadlines.write_ladder      . x . . . . . . . x
deadlines.write_version     . x . . . . . . . x
deadlines.year              . x . . . . . . . x

desk.index                  x x x x x x x x x x

dispatch.act                x x . . . . . . . .
dispatch.advise_hub         . . x . . . . . . .
dispatch.change_lead        x x x . . . . . . .
dispatch.pass_on_chosen     . . x . . . . . . .
dispatch.circulate          x x . . . . . . . .
dispatch.object_to_proposal . . x x x . . . . . link
dispatch.proposals          . . x x x . . . . . link
dispatch.settle_objection   x x x . . . . . . .

dispatch.assign_again       x x . . . . . . . .
dispatch.advise             x x . . . . . . . .
documents.document          x x . . . . . . . .
documents.file              x x . . . . . . . .
documents.index             x x . . . . . . . .
documents.sending           x x . . . . . . . .
documents.throw_away        x x . . . . . . . .

dispatch.decide_return      x x x . . . . . . .
dispatch.hand_over          x x . . . . . . . .
dispatch.hub                . . x . . . . . . .
dispatch.index              x x . . . . . . . .
dispatch.letter_to_body     x x x x x . . . . .
dispatch.letters            x x . . . . . . . .
dispatch.list_of_body       x x x x x . . . . .
dispatch.other_number       x x . . . . . . . .
dispatch.pass_on            . . x . . . . . . .
dispatch.preview_reform     x x . . . . . . . .
dispatch.propose            x x . . . . . . . .
dispatch.recall             x x . . . . . . . .
dispatch.reform             x x . . . . . . . .
dispatch.return_letter      x x x . . . . . . .
dispatch.strike_other_number x x . . . . . . . .
dispatch.take_receipt       x x . . . . . . . .
dispatch.whole_list         x x . . . . . . . .

escalation.chase            x x x . . . . . . .
escalation.index            x x x x x . x x x .
escalation.pending_case     x x . . . . . . . .

feedback.close              x x . . . . . . . .
feedback.index              x x . . . x . . . .
feedback.opinion_form       x x . . . x . . . . link
feedback.rating             x x . . . x . . . . link
feedback.take_rating        x x . . . . . . . .
feedback.keep               x x . . . x . . . . link
feedback.rating             x x . . . x . . . . link
feedback.scan               x x . . . x . . . .
feedback.study              x x . . . . . . . .

figures.body                x x x x x . x x x .
figures.by_level            x x . . . . . x x .
figures.choose              . x . . . . . . . .
figures.count               x x . . . . . . . .
figures.index               x x x x x . x x x .
figures.items               x x x x x . x x x .
figures.measures            x x x x x . x x x .
figures.state               . . x x x . . . . .
figures.unseen              x x . . . . . x x .

held.between                x x x . . . x x x .
held.bodies                 x x x . . . x x x .
held.index                  x x x . . . x x x .
held.items                  x x x . . . x x x .
held.passed                 x x x . . . x x x .
held.path                   x x x x x . x x x .

followup.add                x x x x x . . . . .
followup.decide             x x . . . . . . . .
followup.evidence           x x x x x x x x x . link
followup.index              x x x x x x x x x .
followup.judge              x x . . . x . . . . link
followup.month              . x . . . . . . . .
followup.promise            x x x x x x x x x . link
followup.report             x x x x x . . . . . link
followup.undated_index      x x x x x . x x x .

handling.approval           . . . . x . . . . . link
handling.approval_rule      x x . . x . . . . .
handling.approvals_waiting  . . . . x . . . . .
handling.ask_opinion_again  . . x x x . . . . . link
handling.ask_return         . . x x x . . . . . link
handling.assignment         x x x x x . . . . . link
handling.change_class       x x . . . . . . . .
handling.blank_record       x x x x x . . . . . link
handling.contact            . . x x x . . . . . link
handling.contact_record     x x x x x . . . . . link
handling.decide_extension   x x x . . . . . . .
handling.deliver_chosen     x x x . . . . . . .
handling.deliver            x x x . . . . . . .
handling.deliveries         x x x . . . . . . .
handling.extension          . . x x x . . . . . link
handling.extension_letter   x x x x x . . . . . link
handling.extensions         x x x . . . . . . .
handling.filled_record      x x x x x . . . . . link
handling.inbox              . . x x x . . . . .
handling.letter             x x x x x . . . . . link
handling.notice             x x x x x . . . . . link
handling.lose               x x x . . . . . . .
handling.joint_reply        . . x x x . . . . . link
handling.opinion            . . x x x . . . . . link
handling.original           x x x . . . . . . .
handling.progress           . . x x x . . . . . link
handling.publish            x x x x x . . . . .
handling.read               x x x x x x x x x .
handling.reading            x x x . . . . . . .
handling.receipt            . . x x x . . . . . link
handling.relay              . . . . . x . . . . link
handling.reply              . . x x x . . . . . link
handling.reply_file         x x x x x x x x x . link
handling.send_back          x x x . . . . . . .
handling.set_by_hand        . x . . . . . . . .
handling.take_back          . . x x x . . . . . link
handling.take_contact       x x . . . . . . . .
handling.take_letter        x x . . . . . . . .
handling.undelivered        x x x . . . . . . .

intake.agree                . . . . . x . . . . link
intake.agreements           x x . . . . . . . .
intake.amend                x x . . . . . . . .
intake.ask_co_signers       x x . . . . . . . .
intake.attachment           x x x x x x x x x . link
intake.checked              x x . . . . . . . .
intake.co_sign              . . . . . x . . . . link
intake.co_signers           x x . . . . . . . .
intake.draft                x x . . . . . . . .
intake.draft_file           x x . . . . . . . .
intake.drafts_index         x x . . . . . . . .
intake.drop_withdrawal      x x . . . . . . . .
intake.end_draft            x x . . . . . . . .
intake.end_draft_file       x x . . . . . . . .
intake.merge                x x . . . . . . . .
intake.number_example       x x . . . . . . . x
intake.numbering            x x . . . . . . . x
intake.numbers              x x . . . . . . . x
intake.off_line             x x . . . . . . . .
intake.record               x x . . . . . . . .
intake.record_again         x x . . . . . . . .
intake.save_draft           x x . . . . . . . .
intake.separate             x x . . . . . . . .
intake.sheet                x x . . . . . . . .
intake.sheet_file           x x . . . . . . . .
intake.signed_form          x x . . . . . . . .
intake.withdraw             x x . . . . . . . .

ledgers.alike               x x . . . . . . . .
ledgers.index               x x . . . . . . . .
ledgers.look                x x . . . . . . . .
ledgers.report              x x . . . . . . . .

mail.again                  x x . . . . . . . x
mail.all_again              x x . . . . . . . x
mail.aside                  x x . . . . . . . x
mail.enclosure              x x . . . . . . . .
mail.letter                 x x . . . . . . . x
mail.outbox                 x x . . . . . . . x

notices.answer              . . . x x . . . . . link
notices.draft               x x . . . . . . . .
notices.file                x x x x x . x x x . link
notices.index               x x x x x . x x x .
notices.judge               x x . . . . . . . .
notices.listed              x x . . . . . x x .
notices.new                 x x . . . . . . . .
notices.notice              x x x x x . x x x . link
notices.paper               x x x x x . . . . .
notices.take_answer         x x . . . . . . . .
notices.withdraw            x x . . . . . . . .

paper.index                 x x . . . . . . . .
paper.paper                 x x . . . . . . . .
paper.scan                  x x . . . . . . . .

people.access               . . . . . . . . . x
people.account              x x x x x x x x x x
people.add_user             . . . . . . . . . x
people.address              x x x x x x x x x x
people.amend_view           x x x x x x x x x x
people.code                 x x . . x . . . . x
people.confirm_factor       x x x x x x x x x x
people.drop_view            x x x x x x x x x x
people.end_factor           x x x x x x x x x x
people.end_session          x x x x x x x x x x
people.end_sessions         x x x x x x x x x x
people.factor               x x x x x x x x x x
people.forgotten            . . . . . . . . . . anyone
people.hints                . x . . . . . . . x
people.keep_view            x x x x x x x x x x
people.language             . . . . . . . . . . anyone
people.look_at_hint         . x . . . . . . . x
people.recovery_codes       x x x x x x x x x x
people.reset_factor         . . . . . . . . . x
people.set_password         . . . . . . . . . . anyone
people.set_up               . . . . . . . . . . anyone
people.sign_in              . . . . . . . . . . anyone
people.sign_out             x x x x x x x x x x
people.start_view           x x x x x x x x x x
people.users                . . . . . . . . . x
people.views                x x x x x x x x x x

public.office               x x . . . . . . . .
public.show                 x x . . . . . . . .
public.take_down            x x . . . . . . . .
public.front                . . . . . . . . . . anyone
public.page                 . . . . . . . . . . anyone
public.front_in_english     . . . . . . . . . . anyone
public.page_in_english      . . . . . . . . . . anyone

recurrence.index            x x . . . . . . . .
recurrence.likenesses       x x x x x x x x x .
recurrence.link             x x . . . . . . . .
recurrence.look             x x . . . . . . . .
recurrence.remove           x x . . . . . . . .
recurrence.side_by_side     x x x x x x x x x .

pictures.ages               x x x x x . x x x .
pictures.bodies             x x x x x . x x x .
pictures.index              x x x x x . x x x .
pictures.lights             x x x x x . x x x .
pictures.open_replies       x x x x x . x x x .
pictures.promised           x x x x x . x x x .
pictures.years              x x x x x . x x x .
pictures.week               x x x . . . x x x .

register.download           x x x x x x x x x .
register.index              x x x x x x x x x .
register.of_deputy          x x . . . . . x x .
register.outcome            . . . . . x . . . . link
register.print              x x x x x x x x x .
register.print_list         x x x x x x x x x .
register.show               x x x x x x x x x .

reports.assessment          x x . x x . . x x .
reports.assessments         x x . x x . . x x .
reports.begin               x x . . . . . . . .
reports.body                x x x x x . x x x .
reports.data_sheet          x x x x x x x x x .
reports.finish              x x . . . . . . . .
reports.index               x x x x x . x x x .
reports.points              x x . x x . . x x .
reports.scheme              . x . . . . . . . .
reports.year                x x . . . . . x x .

remarks.say                 x x x x x . x . . . link
remarks.see                 x x x x x . x . . .
remarks.take_back           x x x x x . x . . .

proof.record                x x x x x x x x x .

schedule.index              x x . . . . . . . x

signals.answer              x x x x x . . . . . link
signals.dismiss             x x . . . . . . . .
signals.index               x x x x x . x x x .
signals.kind                . x . . . . . . . .
signals.kinds               x x . . . . . . . .
signals.restore             x x . . . . . . . .
signals.seen                x x . x x . . . . .
signals.show                x x x x x . x x x . link

signing.give_back           . x . . . . . . . .
signing.index               x x . . . . . . . .
signing.mode                . x . . . . . . . x
signing.paper               x x . . . . . . . .
signing.sign                . x . . . . . . . .
signing.take_out            x . . . . . . . . .

structure.add_body          x . . . . . . . . x
structure.add_congress      . . . . . . . . . x
structure.add_delegation    x . . . . . . . . x
structure.add_deputy        x . . . . . . . . x
structure.add_meeting       x . . . . . . . . x
structure.add_officer       x . . . . . . . . x
structure.add_term          x . . . . . . . . x
structure.amend_body        x . . . . . . . . x
structure.amend_congress    x . . . . . . . . x
structure.amend_delegation  x . . . . . . . . x
structure.amend_deputy      x . . . . . . . . x
structure.amend_meeting     x . . . . . . . . x
structure.amend_officer     x . . . . . . . . x
structure.begin_term        x . . . . . . . . x
structure.bodies            x x x . . . . . x x
structure.body              x x x . . . . . x x
structure.cards             x x . . . . . . x x
structure.close_body        x . . . . . . . . x
structure.delegations       x x . . . . . . x x
structure.deputies          x x . . . . . . x x
structure.end_charge        x . . . . . . . . x
structure.index             x x x . . . . . x x
structure.join_card         x . . . . . . . . x
structure.new_card          x . . . . . . . . x
structure.officers          x x x . . . . . x x
structure.pair              x . . . . . . . . x
structure.part_card         x . . . . . . . . x
structure.put_in_charge     x . . . . . . . . x
structure.take_in           x . . . . . . . . x
structure.template          x . . . . . . . . x
structure.unpair            x . . . . . . . . x
structure.whole             x . . . . . . . . x

supervision.board           . . . . . . x . . .
supervision.duty            x x x x x . . x x . link
supervision.inspect         x x . . . . x . . .
supervision.instruct        x x . . . . . x . .
supervision.instructions    x x x x x . . x x .
supervision.name_key        x x . . . . . . . .
supervision.paper           x x x x x . x x x .
"""


@dataclass(frozen=True)
class Line:
    """One line of the table: who may open the page."""

    roles: frozenset[Role]
    by_link: bool
    anyone: bool


def _read(line: str) -> tuple[str, Line]:
    endpoint, *cells = line.split()
    marks, words = cells[: len(Role)], cells[len(Role) :]
    if len(marks) != len(Role) or set(marks) - {"x", "."} or set(words) - {"link", "anyone"}:
        raise ValueError(f"this line of the table cannot be read: {line}")
    roles = frozenset(role for role, mark in zip(Role, marks, strict=True) if mark == "x")
    return endpoint, Line(roles, "link" in words, "anyone" in words)


WHO_MAY_OPEN: dict[str, Line] = dict(_read(line) for line in TABLE.splitlines()[2:] if line)
