"""From the Monday mail to the three weakest matters and why, in Chromium on the demo city: every step as a picture.

python3 start.py bench three_clicks [--instance DIR] [--keep DIR]

Takes the demo city of an instance (made by `demo`), reads the last weekly letter of a leader, and clicks. Ends with an
error where a matter and its reasons are more than three clicks away.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.outside import LiveServer, browser_page, open_browser
from tracker import clock, create_app
from tracker.bulletin.models import Reader
from tracker.database import db
from tracker.mail.models import Letter
from tracker.people.actions import begin_session
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Rank

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DESKTOP = {"viewport": {"width": 1366, "height": 768}}
MOST_CLICKS, MATTERS = 3, 3


def walk(page: Any, letter: Letter, keep: Path) -> list[str]:
    """The mail, the issue, a matter with its signs, the evidence; answers what was clicked."""
    page.set_content(letter.body_html)
    _picture(page, keep, 0, "mail")
    clicked = []
    address = page.locator("a[href*='/bulletins/'][href$='#weakest']").first.get_attribute("href")
    page.goto(address[address.index("/bulletins/") :])
    clicked.append("issue")
    page.evaluate("scrollTo(0, 0)")
    _picture(page, keep, 1, "issue")
    matters = page.locator("#weakest ol > li")
    if matters.count() < MATTERS:
        raise SystemExit(f"the issue names {matters.count()} matters, not {MATTERS}")
    for place in range(MATTERS):
        if not matters.nth(place).locator("ul li").first.inner_text().strip():
            raise SystemExit("a matter without a reason")
    matters.first.locator("a").first.click()
    clicked.append("matter")
    page.locator("#signs").scroll_into_view_if_needed()
    _picture(page, keep, 2, "matter")
    page.locator("#signs .signs-row a").first.click()
    clicked.append("sign")
    _picture(page, keep, 3, "sign")
    return clicked


def _picture(page: Any, keep: Path, number: int, name: str) -> None:
    keep.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=keep / f"three-clicks-{number}-{name}.png")


def _letter() -> Letter:
    """The last weekly letter to one of the directors' meeting."""
    wanted = (
        sa.select(Letter)
        .join(Reader, Reader.letter_id == Letter.id)
        .where(Reader.rank == Rank.DIRECTORS_MEETING)
        .order_by(Reader.issue_id.desc(), Reader.id)
        .limit(1)
    )
    found = db.session.scalars(wanted).first()
    if found is None:
        raise SystemExit("no weekly letter to a leader: make the demo city first")
    return found


@contextmanager
def _signed_in(app: Any, live: LiveServer, browser: Any) -> Iterator[Any]:
    """A leader's browser, signed in as by his password."""
    with app.app_context():
        user = db.session.scalars(sa.select(User).where(User.role == Role.LEADER).order_by(User.id)).first()
        if user is None:
            raise SystemExit("the city has no leader with an account")
        secret = begin_session(user, source="127.0.0.1", agent="three clicks", at=clock.now())
        db.session.commit()
        cookie = app.session_interface.get_signing_serializer(app).dumps({"_user_id": secret, "_fresh": True})
    with browser_page(browser, live, **DESKTOP) as page:
        name = app.config["SESSION_COOKIE_NAME"]
        page.context.add_cookies([{"name": name, "value": cookie, "url": str(live)}])
        yield page


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--instance", help="where the demo city is [the usual instance]")
    asked.add_argument("--keep", type=Path, default=PICTURES, help="where the pictures go")
    given = asked.parse_args()
    app = create_app({"INSTANCE_PATH": given.instance} if given.instance else None)
    with app.app_context():
        letter = _letter()
        db.session.expunge(letter)
    with LiveServer.serving(app) as live, open_browser() as browser, _signed_in(app, live, browser) as page:
        clicked = walk(page, letter, given.keep)
    if len(clicked) > MOST_CLICKS:
        raise SystemExit(f"{len(clicked)} clicks: {clicked}")
    print(f"{MATTERS} matters and why: {len(clicked)} clicks from the mail ({' → '.join(clicked)}); {given.keep}")


if __name__ == "__main__":
    main()
