"""The Deputy Suggestion Tracker: handling made visible, from the record to the promise kept."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import clock, database, settings
from tracker.database import db
from tracker.stage import StageOffer

__version__ = "0.1.0"

# The order of the procedure; the import contract and the README tell the same (tests/house_rules/test_order.py).
STAGES = (
    "mail",
    "workdays",
    "files",
    "search",
    "paper",
    "audit",
    "structure",
    "people",
    "deadlines",
    "suggestion",
    "intake",
    "signing",
    "dispatch",
    "handling",
    "feedback",
    "followup",
    "remarks",
    "supervision",
    "recurrence",
    "documents",
    "ledgers",
    "escalation",
    "notices",
    "held",
    "signals",
    "figures",
    "register",
    "desk",
    "proof",
    "reports",
    "bulletin",
    "pictures",
    "public",
    "privacy",
    "care",
    "demo",
    "schedule",
    "cli",
)


class Application(Flask):
    """Flask's, without the question asked of every function around a page whether it is a coroutine: none is."""

    def ensure_sync(self, func: Any) -> Any:
        return func


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application: settings, database, plumbing, then the stages in the order of the procedure."""
    values = settings.load(overrides)
    root = settings.ROOT
    app = Application(
        __name__,
        instance_path=values["INSTANCE_PATH"],
        template_folder=str(root / "templates"),
        static_folder=str(root / "static"),
    )
    app.config.update(values, **(_testing(overrides)))
    _configure(app)
    clock.keep_zone(app.config["TIMEZONE"])
    _connect(app)
    from tracker.people import visitors
    from tracker.web import languages, logs, once, plumbing, site

    logs.keep(app)
    plumbing.lay(app)
    languages.speak(app)
    visitors.welcome(app)
    site.furnish(app)
    from tracker.web import gate

    app.before_request(gate.guard)
    app.before_request(once.before)
    app.before_request(plumbing.check_form)
    app.extensions["offers"] = offers = [import_module(f"tracker.{name}").offer() for name in STAGES]
    for offer in offers:
        _take(app, offer)
    return app


def _testing(overrides: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"TESTING": True} if (overrides or {}).get("TESTING") else {}


def _configure(app: Flask) -> None:
    base = urlsplit(app.config["BASE_URL"])
    https = base.scheme == "https"
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if https else "session",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SSL_STRICT=False,  # pages of mailed links send no referrer, on purpose; each form has its token
        MAX_CONTENT_LENGTH=(app.config["UPLOAD_MB"] + 2) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2_000,
        PREFERRED_URL_SCHEME=base.scheme,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    for name in ("SECRET_KEY_FALLBACKS", "CONTACT_KEY_FALLBACKS"):
        app.config[name] = [key.strip() for key in app.config[name].split(",") if key.strip()]
    further = [host.strip().lower() for host in app.config["TRUSTED_HOSTS"].split(",") if host.strip()]
    own = {base.netloc.lower(), *further}
    if app.config["TESTING"]:
        own |= {"localhost"}
    app.extensions["hosts"] = frozenset(own)
    if app.config["PROXIES"] > 0:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["PROXIES"], x_proto=0, x_host=0)  # type: ignore[method-assign]


def _connect(app: Flask) -> None:
    url = app.config["DATABASE_URL"]
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    db.init_app(app)
    with app.app_context():
        database.tune(db.engine)
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(settings.ROOT / "migrations"), render_as_batch=True)


def _take(app: Flask, offer: StageOffer) -> None:
    for pages in offer.pages:
        app.register_blueprint(pages)
    for command in offer.commands:
        app.cli.add_command(command)
