"""A deputy who has left asks what is held about him and that it goes; the auditor checks that nothing else changed."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import makers
from tests.care.instances import content
from tests.journeys.town import Town
from tests.reader import Reader
from tracker.audit.actions import broken_seals
from tracker.database import db
from tracker.mail.models import Letter
from tracker.roles import Role
from tracker.structure.models import Deputy

PHONE = "13912340041"
pytestmark = pytest.mark.engines("sqlite")


def test_what_reaches_him_goes_and_the_trail_still_fits(town: Town, session, tmp_path):
    deputy = makers.a_deputy(town.congress, "梁退之", phone=PHONE, email="liang@home.example")
    made = makers.a_suggestion(town.meeting, deputy, title="关于增设停车位的建议")
    head, second, auditor = (
        makers.a_user(town.congress, role) for role in (Role.OFFICE_LEADER, Role.OFFICE_LEADER, Role.AUDITOR)
    )
    session.commit()

    # Who carries the database away reads no number in it; who may see it does.
    assert PHONE not in json.dumps(content())
    assert PHONE in town.reader.signed_in_as(head).read("structure.deputies").text

    # Two steps: what one asks for, another one confirms.
    leader = town.reader.signed_in_as(head)
    leader.read("signing.mode")
    leader.send("/signing-mode", {"mode": "two"})
    page = leader.read("privacy.index", q="梁退之")
    [path] = {url for url in page.links().values() if url.startswith("/personal-data/deputies/")}
    assert "deputy.phone" in leader.read(path).text
    assert "needed until then" in leader.read(path).text  # he is still in office

    town.on("2026-03-02")
    session.get_one(Deputy, deputy.id).active = False
    session.commit()
    leader = town.reader.signed_in_as(head)
    leader.read(path)
    leader.send(path, {"reason": "本人已离任，书面申请删除联系方式"})
    assert "waits for a second person" in leader.read("privacy.index").text
    other = town.reader.signed_in_as(second)
    other.read("privacy.index")
    assert "Erased in" in other.send("/personal-data/erasures/1/confirmation").text
    assert other.read("privacy.index", q=PHONE).text.count("Nobody is found") == 1
    assert "梁退之" in other.read("register.show", suggestion_id=made.id).text  # who put it forward stays

    said = checked_by(town.reader.signed_in_as(auditor), town, tmp_path)
    assert "0 faults" in said
    assert broken_seals() == []
    told = town.reader.signed_in_as(auditor).read("audit.trail").text
    assert "Personal data erased" in told
    assert "Erasing of personal data asked for" in told


def checked_by(auditor: Reader, town: Town, folder: Path) -> str:
    """The night seals, the Monday mails the seal, and the auditor checks with nothing of ours."""
    town.ring("seal-history")
    town.ring("mail-seal")
    db.session.rollback()
    letter = db.session.scalars(sa.select(Letter).where(Letter.kind == "trail_sealed").order_by(Letter.id)).first()
    anchor = next(line for line in letter.body_text.splitlines() if len(line) == 64)
    taken = auditor.read("audit.sealed").response.data
    (folder / "trail.zip").write_bytes(taken)
    with zipfile.ZipFile(io.BytesIO(taken)) as export:
        export.extract("verify.py", folder)
        assert PHONE.encode() not in b"".join(map(export.read, export.namelist()))
    call = [sys.executable, "-I", "verify.py", "trail.zip", "--anchor", anchor]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    return done.stdout
