"""Forms the office has begun and not yet recorded: one half typed, one with something to decide."""

from __future__ import annotations

from datetime import date

from tracker import clock
from tracker.demo.settling import Town
from tracker.intake import actions as intake

FORMS: tuple[dict[str, str], ...] = (
    {
        "title": "关于在汽车客运站增设母婴室的建议",
        "text": "云汀市汽车客运站日均发送旅客四千余人次，带婴幼儿出行的家庭没有专门的哺乳和休息场所。建议",
    },
    {
        "title": "关于尽快办理房屋产权登记的建议",
        "text": "部分小区因历史遗留问题长期办不了产权登记，我家的房屋也在其中，入学、落户都受影响。"
        "建议由自然资源部门牵头，对全市历史遗留的登记问题逐个小区排查，一年内分批解决。",
    },
)


def leave_drafts(town: Town, on: date) -> None:
    """As they stand on the clerk's desk this morning."""
    for place, form in enumerate(FORMS, start=1):
        intake.save_draft(
            f"demo-{place}",
            {name: [value] for name, value in form.items()},
            congress_id=town.congress.id,
            internal=False,
            page="",
            version=0,
            by=town.clerk,
            on=on,
            at=clock.now(),
        )
