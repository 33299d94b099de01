"""The pictures leaders read: the week on one page, and how lights, ages, bodies, promises and years stand."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.pictures.views import pages

    return StageOffer("pictures", pages=(pages,))
