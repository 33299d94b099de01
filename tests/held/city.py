"""A city in which everybody holds something, and everything happened once: made by the office's own actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import set_committed_value

from tests.makers import a_submitted_reply, actor_of, assignments_of
from tests.register.city import CLERK, HANDED_OVER_ON, City, build
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.feedback.actions import close, rate
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import ask_extension, deliver, give_opinion, reach, send_back
from tracker.handling.models import Reply, Way
from tracker.intake import actions as intake
from tracker.structure.models import Congress
from tracker.suggestion.models import Suggestion
from tracker.workdays.actions import load_days

GOOD, BAD = Verdict.SATISFIED, Verdict.DISSATISFIED


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@dataclass
class Held:
    """The city, and more that can happen in it."""

    city: City
    waiting: Suggestion

    @property
    def congress(self) -> Congress:
        return self.city.congress

    def write_more(self) -> None:
        """The next lines of history: one is handed over, one new one is recorded."""
        self.city.hand_over(self.waiting, schools=Part.SOLE)
        self.city.record()

    def one_day_off(self, on: date) -> None:
        load_days(on.year, [(on, False, "市运动会")], source="市政府", by=CLERK, on=on, congress_id=self.congress.id)
        db.session.commit()


def a_city_with_everything() -> Held:
    """Of every kind of thing one; the clock should stand in June."""
    city = build()
    city.hand_over(city.record("送办"), hub=Part.SOLE)
    returned(city)
    [asked] = assignments_of(city.handed_over("要求退办", roads=Part.SOLE))
    dispatch.ask_return(asked, "不归我管", city.bodies["schools"], by=actor_of(asked), on=day(3, 9))
    changed(city)
    recalled(city)
    [late, helping] = assignments_of(city.handed_over("要求延期", roads=Part.LEAD, schools=Part.CO))
    ask_extension(late, "需要更多时间", day(8, 3), by=actor_of(late), on=day(5, 20))
    give_opinion(helping, "同意", by=actor_of(helping), on=day(4, 30))
    [read] = assignments_of(city.handed_over("退回重答", roads=Part.SOLE))
    send_back(a_submitted_reply(read, day(4, 1)), read, ["other"], "答非所问", by=CLERK, on=day(4, 9))
    a_submitted_reply(read, day(5, 6))
    answered(city, "待评")
    rated(city, answered(city, "办结"), GOOD)
    close(rated(city, answered(city, "结案"), GOOD).suggestion, "", by=CLERK, on=day(6, 15))
    dispatch.renew(rated(city, answered(city, "重办"), BAD), by=CLERK, on=day(6, 8), tell=False)
    first, second = city.record("并入"), city.record("主件")
    intake.merge(first, second, "同一件事", by=CLERK, on=day(3, 3))
    intake.return_to_deputy(city.record("补正"), "几件事", by=CLERK, on=day(3, 3))
    intake.withdraw(city.handed_over("撤回", roads=Part.SOLE), "已解决", by=CLERK, on=day(3, 20))
    waiting = city.record("待交办")
    db.session.commit()
    return Held(city, waiting)


def returned(city: City) -> None:
    """Through the hub to the roads, who say it is not theirs; the hub gives it to the schools."""
    [hubs] = assignments_of(city.handed_over("退办改办", hub=Part.SOLE))
    [roads] = dispatch.pass_on(hubs, [(city.bodies["roads"], Part.SOLE)], by=CLERK, on=day(3, 6))
    schools = city.bodies["schools"]
    asked = dispatch.ask_return(roads, "不归我管", schools, by=actor_of(roads), on=day(3, 10))
    dispatch.decide_return(asked, True, by=CLERK, on=day(3, 18), to=schools)
    db.session.flush()


def changed(city: City) -> None:
    [lead] = assignments_of(city.handed_over("换主办", roads=Part.SOLE))
    dispatch.change_lead(lead, city.bodies["schools"], "职能调整", stays=True, by=CLERK, on=day(3, 25))


def recalled(city: City) -> Assignment:
    suggestion = city.handed_over("收回再交", roads=Part.SOLE)
    [wrong] = assignments_of(suggestion)
    dispatch.recall(wrong, "交错了", by=CLERK, on=day(3, 12))
    db.session.flush()
    [right] = dispatch.assign_again(suggestion, [(city.bodies["court"], Part.SOLE)], by=CLERK, on=day(3, 16))
    return right


def answered(city: City, title: str) -> Reply:
    [one] = assignments_of(city.handed_over(title, roads=Part.SOLE))
    reply = a_submitted_reply(one, day(5, 11), letter_on=HANDED_OVER_ON)
    set_committed_value(reply, "assignment", one)
    for made in deliver(reply, one, by=CLERK, on=day(5, 18), tell=False):
        reach(made, Way.PAPER, by=CLERK, on=day(5, 18))
    return reply


def rated(city: City, reply: Reply, result: Verdict) -> Assignment:
    comment = "没有解决" if result is BAD else ""
    who = {"channel": RatingChannel.LINK, "by": CLERK, "on": day(6, 1)}
    rate(reply, city.deputy, GOOD, result, comment, tell=False, **who)
    db.session.flush()
    return reply.assignment
