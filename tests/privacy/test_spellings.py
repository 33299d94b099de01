"""A telephone and an address go however they are written."""

import json

import sqlalchemy as sa

from tests import makers
from tests.privacy.conftest import MAIL, ON, PHONE
from tests.privacy.test_erasing import erase
from tracker.intake.actions import save_draft
from tracker.mail.models import Letter
from tracker.privacy.rules import roughly, telling
from tracker.structure.models import Deputy

TWO_PHONES = f"{PHONE}、（0312）6234567转801"
WRITTEN = {  # and what is left of it
    "电话139 1234 5678。": "电话█。",
    "139-1234-5678": "█",
    "1391 2345 678": "█",
    "１３９１２３４５６７８、１３９－１２３４－５６７８": "█、█",
    "+86 13912345678": "█",
    "（＋８６）139—1234—5678": "█",
    "0086-139 1234 5678转2": "█转2",
    "(0312) 6234567": "█",
    "０３１２－６２３４５６７": "█",
    "+86 312 623 4567": "█",
    "联系ZhaoJia@Home.Example。": "联系█。",
    "zhaojia＠home.example即可": "█即可",
}
OF_OTHERS = ("113912345678", "139123456780", "azhaojia@home.example", "zhaojia@home.example.cn", "0313-6234567")


def test_it_goes_however_it_is_written(case, session):
    session.get_one(Deputy, case.deputy.id).phone = TWO_PHONES
    said = {"text": [*WRITTEN, *OF_OTHERS], "contact_phone": ["0312-6234567"]}
    how = {"internal": False, "version": 0, "page": "p", "on": ON, **makers.entered()}
    draft = save_draft("k" * 32, said, congress_id=case.congress.id, **how)
    letter = session.scalars(sa.select(Letter).where(Letter.key == "one")).one()
    letter.person_key, letter.facts = (
        "user:9",
        {"said": "请致电１３９－１２３４－５６７８", "to": "ZhaoJia@home.example"},
    )
    session.flush()
    erase(case)
    session.expire_all()
    assert draft.said == {"text": [*WRITTEN.values(), *OF_OTHERS], "contact_phone": ["█"]}
    assert letter.facts == {"said": "请致电█", "to": "█"}


def test_the_database_finds_every_spelling(session):
    values = telling([TWO_PHONES, MAIL])
    patterns = [one for value in values for one in roughly(value)]
    for text in WRITTEN:
        for stored in (text, json.dumps(text)):
            found = [sa.literal(stored).ilike(one, escape="/") for one in patterns]
            assert session.scalar(sa.select(sa.or_(*found))), stored
