"""Which language a reader gets, and where its sentences come from: .po files, read without a compile step."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import flask_babel
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
LOCALES = {language: Locale.parse(language) for language in LANGUAGES}
NAMES = {id(locale): language for language, locale in LOCALES.items()}
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
COOKIE = "language"


class PoDomain(flask_babel.Domain):
    """Reads a catalogue into memory once; English is the language of the msgids."""

    def get_translations(self) -> NullTranslations:
        """The catalogue spoken now, kept beside the locale it belongs to: a page asks for it with every word."""
        try:
            found = getattr(g.get("_flask_babel"), "babel_translations", None)
        except RuntimeError:  # no application, no language
            return NullTranslations()
        if found is not None:
            return found
        locale = flask_babel.get_locale()
        if locale is None:
            return NullTranslations()
        found = g._flask_babel.babel_translations = catalogue(str(locale))
        return found


class PoBabel(flask_babel.Babel):
    domain_instance = PoDomain()


@cache
def catalogue(locale: str) -> NullTranslations:
    """The sentences of one language, read once."""
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
    own, browsers = getattr(visitor, "language", None), request.cookies.get(COOKIE)
    by_link = hasattr(visitor, "link_id")  # a link knows the letter's language, the browser what its reader chose since
    for choice in (browsers, own) if by_link else (own, browsers):
        if choice in LANGUAGES:
            return str(choice)
    return _preferred(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _preferred(_header: str) -> str:
    """What a browser prefers that says so in this header; there are a few dozen of them in all."""
    best = request.accept_languages.best_match(["zh-CN", "zh-Hans", "zh", "en"], "zh")
    return "en" if best == "en" else "zh_Hans_CN"


def spoken_now() -> str:
    """The language of the page or letter being written."""
    try:
        locale = getattr(g.get("_flask_babel"), "babel_locale", None) or flask_babel.get_locale()
    except RuntimeError:  # no application: a command before there is one
        return "en"
    return NAMES.get(id(locale)) or str(locale or "en")


def gettext(msgid: str, /, **values: Any) -> str:
    """As Flask-Babel's, by the shorter way: what tells a history of forty lines asks a hundred times."""
    text = PoBabel.domain_instance.get_translations().gettext(msgid)
    return text % values if values else text


def teller() -> Callable[[str], str]:
    """`gettext` of the language spoken now, for whoever says hundreds of sentences of one page."""
    return PoBabel.domain_instance.get_translations().gettext


def ngettext(singular: str, plural: str, num: int, /, **values: Any) -> str:
    """The same for numbers."""
    return PoBabel.domain_instance.get_translations().ngettext(singular, plural, num) % {"num": num, **values}


def speak(app: Flask) -> None:
    """Give the application its languages."""
    app.config.update(BABEL_DEFAULT_LOCALE="zh_Hans_CN", BABEL_DEFAULT_TIMEZONE=app.config["TIMEZONE"])
    PoBabel(app, locale_selector=lambda: LOCALES[chosen_language()])
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)


# Jinja's own two ask the whole context for every word and copy it inside a loop; a list of 25 rows says 300 words.
@pass_eval_context
def _gettext(page: EvalContext, msgid: str, /, **values: Any) -> str:
    return _filled(page, PoBabel.domain_instance.get_translations().gettext(msgid), values)


@pass_eval_context
def _ngettext(page: EvalContext, singular: str, plural: str, num: int, /, **values: Any) -> str:
    text = PoBabel.domain_instance.get_translations().ngettext(singular, plural, num)
    return _filled(page, text, {"num": num, **values})


def _filled(page: EvalContext, text: str, values: dict[str, Any]) -> str:
    """The sentence with its values, which are escaped where the page escapes."""
    text = Markup(text) if page.autoescape else text  # nosec B704 - msgids and catalogues are our own
    return text % values if "%" in text else text
