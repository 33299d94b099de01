"""Dispatch: the office hands over to the bodies responsible; hubs dispatch onward; bodies sign for it or return it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.dispatch import desk, number_views, recall_views, reform_views, texts

    (pages,) = {module.pages for module in (number_views, recall_views, reform_views)}
    return StageOffer(
        "dispatch",
        pages=(pages,),
        panel=desk.panel,
        parts=desk.PARTS,
        waiting=desk.waiting,
        lists=desk.lists,
        problems=desk.problems,
        texts=texts.TEXTS,
    )
