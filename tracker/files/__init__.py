"""Attachments: accepted by content, named, stored outside static, served as downloads."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.files import antivirus, store

    return StageOffer("files", problems=lambda: (*antivirus.problems(), *store.problems()))
