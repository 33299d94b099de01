"""Addresses of our own pages: where a page may send people, and how addresses are written quickly."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import flask
from flask import current_app, g, has_request_context, request

OWN_PATH = re.compile(r"/(?![/\\])[\w\-./~%?=&:,+@]*", re.ASCII)
LONGEST_KEPT, MOST_KEPT = 24, 1_000  # no secret is as short
MARK = 1_987_654_321  # a number no address has by itself; one after the other for several


def own_path(address: str | None, otherwise: str) -> str:
    """The address if it is a path of ours without tricks, else the other one."""
    return address if address and OWN_PATH.fullmatch(address) else otherwise


def url_for(endpoint: str, **values: Any) -> str:
    """Flask's, but an address without values or with nothing but ids is put together once and then only filled in.

    A list of 25 rows writes some forty addresses, and they differ in one number. One with short words is kept whole.
    """
    if not has_request_context() or endpoint.startswith("."):
        return flask.url_for(endpoint, **values)
    for name, value in values.items():
        if type(value) is not int or value < 0 or name.startswith("_"):
            return _with_words(endpoint, values)
    form = form_of(endpoint, *values)
    return form % tuple(values.values()) if values else form


def _with_words(endpoint: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        if type(value) is not str or len(value) > LONGEST_KEPT or name.startswith("_"):
            return flask.url_for(endpoint, **values)
    kept = _kept_here()
    key = (endpoint, *values.items())
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = flask.url_for(endpoint, **values)
    return kept[key]


def asked_here(*, without: Collection[str] = ()) -> dict[str, Any]:
    """What this address asks for, to be asked again at another one; nothing that says how addresses are written."""
    given = request.args.to_dict(flat=False)
    names = [name for name in given if not name.startswith("_") and name != "endpoint" and name not in without]
    return {name: given[name][0] if len(given[name]) == 1 else given[name] for name in names}


def form_of(endpoint: str, *names: str) -> str:
    """The address with a place for each number: /suggestions/%d. What a list fills in row by row."""
    kept = _kept_here()
    key = (endpoint, *names)
    if key not in kept:
        kept[key] = _form(endpoint, names)
    return kept[key]


def _kept_here() -> dict[Any, str]:
    """The addresses put together under this root; found once for each page."""
    kept: dict[Any, str] | None = g.get("addresses")
    if kept is None:
        roots: dict[str, dict[Any, str]] = current_app.extensions.setdefault("addresses", {})
        kept = g.addresses = roots.setdefault(request.script_root, {})
    return kept


def _form(endpoint: str, names: tuple[str, ...]) -> str:
    marks: dict[str, Any] = {name: MARK + place for place, name in enumerate(names)}
    written = flask.url_for(endpoint, **marks)
    if names:
        written = written.replace("%", "%%")
    for mark in marks.values():
        written = written.replace(str(mark), "%d")
    return written
