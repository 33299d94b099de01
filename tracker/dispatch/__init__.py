"""Dispatch: the office hands over to the bodies responsible; hubs dispatch onward; bodies sign for it or return it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.dispatch import (
        desk,
        hub_views,
        lead_views,
        meeting_views,
        number_views,
        proposal_views,
        recall_views,
        reform_views,
        texts,
    )

    with_pages = (
        hub_views,
        lead_views,
        meeting_views,
        number_views,
        proposal_views,
        recall_views,
        reform_views,
    )
    (pages,) = {module.pages for module in with_pages}
    return StageOffer(
        "dispatch",
        pages=(pages,),
        panel=desk.panel,
        waiting=desk.waiting,
        problems=desk.problems,
        texts=texts.TEXTS,
    )
