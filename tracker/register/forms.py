"""What the register is asked, in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SearchField, SelectField

from tracker.deadlines.names import LIGHTS
from tracker.deadlines.rules import Light
from tracker.intake.names import usual_categories
from tracker.register.asked import LONGEST_QUESTION, OVERDUE, WEEK, Asked
from tracker.register.further import FurtherFilters, any_of
from tracker.register.names import BRANCHES, category_name
from tracker.structure.models import Body, Branch, Delegation, Meeting
from tracker.suggestion.journey import NAMES, Stage
from tracker.web.filters import in_language

SORTS = {
    "newest": _l("Newest first"),
    "due": _l("Most urgent first"),
    "number": _l("By number"),
    "stage": _l("By stage"),
}
DUES = {OVERDUE: _l("all overdue"), WEEK: _l("due within a week")}


class FilterForm(FurtherFilters):
    """Sent with GET, so that an address can be kept and shared; what is not a choice asks for nothing."""

    class Meta(FurtherFilters.Meta):
        csrf = False

    q = SearchField(_l("Number, name or words"), render_kw={"maxlength": LONGEST_QUESTION})
    meeting = SelectField(_l("Meeting"))
    stage = SelectField(_l("Stage"))
    light = SelectField(_l("Light"))
    branch = SelectField(_l("Branch"))
    body = SelectField(_l("Body"))
    category = SelectField(_l("Category"))
    sort = SelectField(_l("Order"), choices=list(SORTS.items()), default="newest")
    key = BooleanField(_l("Key items only"))
    again = BooleanField(_l("Handled again only"))

    @classmethod
    def of(
        cls, asked: MultiDict[str, str], meetings: list[Meeting], bodies: list[Body], delegations: list[Delegation]
    ) -> FilterForm:
        """The filters of an address, with what may be chosen."""
        form = cls(asked)
        form.meeting.choices = any_of([(str(one.id), in_language(one)) for one in meetings])
        form.stage.choices = any_of([(str(stage), _(NAMES[stage])) for stage in Stage if stage is not Stage.DRAFT])
        lights = [(str(light), _(LIGHTS[light])) for light in reversed(Light)]
        form.light.choices = any_of([*DUES.items(), *lights])
        form.branch.choices = any_of([(str(branch), _(BRANCHES[branch])) for branch in Branch])
        form.body.choices = any_of([(str(one.id), in_language(one)) for one in bodies])
        form.offer(delegations)
        form.category.choices = any_of([(name, category_name(name)) for name in _categories(asked)])
        return form

    def asked(self) -> Asked:
        """What is asked for; a value that is no choice counts as none."""
        light = self.chosen("light")
        return Asked(
            q=(self.q.data or "")[:LONGEST_QUESTION],
            meeting_id=int(self.chosen("meeting")) if self.chosen("meeting") else None,
            stage=Stage(self.chosen("stage")) if self.chosen("stage") else None,
            light=Light(light) if light and light not in DUES else None,
            due=light if light in DUES else "",
            branch=Branch(self.chosen("branch")) if self.chosen("branch") else None,
            body_id=int(self.chosen("body")) if self.chosen("body") else None,
            category=self.chosen("category"),
            key=self.key.data,
            again=self.again.data,
            sort=self.chosen("sort") or "newest",
            **self.further(),
        )


def in_words(form: FilterForm) -> list[tuple[str, str]]:
    """The filters that narrow the list, each with what is chosen, in the reader's words."""
    found: list[tuple[str, str]] = []
    for field in form:
        if field.name == "sort" or not field.data:
            continue
        if isinstance(field, SelectField):
            found += [(str(field.label.text), str(label)) for value, label in field.choices if value == field.data]
        elif isinstance(field, BooleanField):
            found.append((str(field.label.text), _("yes")))
        else:
            found.append((str(field.label.text), str(field.data)))
    return found


def _categories(asked: MultiDict[str, str]) -> list[str]:
    """The usual ones, and one that an address names (a ledger may have brought its own)."""
    usual, own = usual_categories(), asked.get("category", "")
    return usual if own in usual or not own else [*usual, own]
