"""Somebody forgot a password."""


def facts(_language: str) -> dict:
    return {"address": "/password/example-of-a-secret"}
