"""Which language a reader gets, and where its sentences come from: .po files, read without a compile step."""

from __future__ import annotations

import io
from pathlib import Path

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
COOKIE = "language"


class PoDomain(flask_babel.Domain):
    """Reads a catalogue into memory once; English is the language of the msgids."""

    def get_translations(self) -> NullTranslations:
        locale = flask_babel.get_locale()
        if locale is None:
            return NullTranslations()
        if str(locale) not in self.cache:
            self.cache[str(locale)] = read_catalogue(str(locale))
        return self.cache[str(locale)]


class PoBabel(flask_babel.Babel):
    domain_instance = PoDomain()


def read_catalogue(locale: str) -> NullTranslations:
    """The sentences of one language."""
    path = CATALOGUES / locale / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return Translations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(path.read_bytes()), locale=locale))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


def chosen_language() -> str:
    """The visitor's own choice, else this browser's last choice, else what the browser prefers, else Chinese.

    Commands speak English; letters are written in the language of whom they go to, wherever they are written.
    """
    if not has_request_context():
        return "en"
    visitor = g.get("visitor")
    for choice in (getattr(visitor, "language", None), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return str(choice)
    best = request.accept_languages.best_match(["zh-CN", "zh-Hans", "zh", "en"], "zh")
    return "en" if best == "en" else "zh_Hans_CN"


def speak(app: Flask) -> None:
    """Give the application its languages."""
    app.config.update(BABEL_DEFAULT_LOCALE="zh_Hans_CN", BABEL_DEFAULT_TIMEZONE=app.config["TIMEZONE"])
    PoBabel(app, locale_selector=chosen_language)
