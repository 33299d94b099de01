"""The trail leaves as a file that checks itself: on another machine, without us, and on both databases the same."""

import io
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from tests.drills.tampering import checked, let_alter, sealed_chain
from tracker.actor import SYSTEM
from tracker.audit import chain, export, verify
from tracker.audit.actions import broken_seals, erase_aside, seal, trace
from tracker.audit.models import Aside, Seal, Trace
from tracker.database import db

AT = datetime(2026, 3, 2, 1, 0, 0, 250, tzinfo=UTC)
ROW = {
    "id": 7, "at": AT, "act": "tried", "actor_kind": "user", "actor_id": 3, "actor_name": "孙办“一”",
    "facts": {"b": ["关于\t养老", 2, None, True], "a": {"z": "", "y": -1}},
}  # fmt: skip
# Worked out once by the words of docs/trail.md alone; both databases and every later version must come to it.
LINE = (
    '{"act":"tried","actor_id":3,"actor_kind":"user","actor_name":"孙办“一”","at":"2026-03-02T01:00:00.000250Z",'
    '"facts_digest":"%s","id":7}'
)
FACTS = '{"a":{"y":-1,"z":""},"b":["关于\\t养老",2,null,true]}'


def exported(**how):
    made = io.BytesIO()
    export.write(made, **how)
    return zipfile.ZipFile(made)


def test_a_row_is_the_same_line_on_both_databases(session):
    db.session.execute(sa.insert(Trace).values(**ROW))
    [row] = chain.rows("trace", 7)
    assert verify.canonical(row["facts"]) == FACTS
    without = {name: value for name, value in row.items() if name != "facts"}
    assert verify.canonical(without) == LINE % verify.digest(FACTS)


def old_seal(name: str, rows: list, previous: str) -> None:
    """As the releases before sealed."""
    span = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"], "rows": len(rows)}
    made = Seal(sealed_at=AT, table_name=name, **span, form=1, previous=previous)
    made.digest = verify.old_digest(previous, rows)
    db.session.add(made)
    db.session.flush()


def test_seals_of_before_stay_good_and_the_new_chain_goes_on_from_them(session):
    sealed_chain(1)
    let_alter("seal")
    db.session.execute(sa.text("delete from seal"))
    db.session.expire_all()
    for name in ("entry", "trace"):
        rows = list(chain.rows(name))
        old_seal(name, rows[:3], verify.NOTHING)
        old_seal(name, rows[3:], verify.old_digest(verify.NOTHING, rows[:3]))
    assert broken_seals() == []
    trace("tried", SYSTEM, at=AT)
    db.session.flush()
    assert seal(at=AT) == 1
    assert broken_seals() == []
    assert "0 faults" in checked()
    last_of_entry = sa.select(Seal).where(Seal.table_name == "entry").order_by(Seal.id.desc()).limit(1)
    db.session.delete(db.session.scalars(last_of_entry).one())
    db.session.flush()
    assert [one["how"] for one in broken_seals()][0].startswith("the chain is broken")


def test_what_form_one_sealed_was_written_like_this():
    """The text of the release before, worked out by hand: its seals must go on fitting."""
    row = {**ROW, "at": "2026-03-02T01:00:00.000250Z", "facts": {"a": 1}, "facts_digest": "x"}
    text = (
        '{"act": "tried", "actor_id": 3, "actor_kind": "user", "actor_name": "孙办“一”", '
        '"at": "2026-03-02 01:00:00.000250+00:00", "facts": {"a": 1}, "id": 7}'
    )
    assert verify.old_digest("p", [row]) == verify.digest("p" + text)
    assert verify.old_digest("p", [{**row, "at": "2026-03-02T01:00:00.000000Z"}]) == verify.digest(
        "p" + text.replace(".000250", "")
    )


@pytest.mark.engines("sqlite")
def test_the_export_checks_itself_with_nothing_of_ours(session, tmp_path):
    sealed_chain()
    for facts in (True, False):
        with (tmp_path / "trail.zip").open("wb") as target:
            export.write(target, facts=facts)
        with zipfile.ZipFile(tmp_path / "trail.zip") as made:
            made.extractall(tmp_path)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", "trail.zip"], cwd=tmp_path, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert ('"facts":' in (tmp_path / "entry.jsonl").read_text(encoding="utf-8")) is facts
    assert "canonical form" in (tmp_path / "FORMAT.md").read_text(encoding="utf-8")


@pytest.mark.engines("sqlite")
def test_a_file_that_was_edited_after_it_was_taken_is_found_too(session, tmp_path):
    sealed_chain()
    whole = exported(facts=True)
    lines = whole.read("trace.jsonl").decode().splitlines()
    later = lines[-1].replace('"id":', '"id":9')
    for wrong in (lines[1:], [*lines, lines[3]], [*lines, later], lines[:-1]):
        with zipfile.ZipFile(tmp_path / "t.zip", "w") as made:
            for name in ("entry.jsonl", "seal.jsonl"):
                made.writestr(name, whole.read(name))
            made.writestr("trace.jsonl", "\n".join(wrong) + "\n")
        assert verify.main([str(tmp_path / "t.zip")]) == 1


def test_what_is_personal_lies_aside_and_can_go_with_the_chain_intact(session):
    made = trace("signed_in", SYSTEM, at=AT, source="203.0.113.9", account="account:zhao@city.example")
    db.session.flush()
    assert "203.0.113.9" not in str(made.facts)
    assert made.facts["source"].startswith("sha256:")
    assert set(db.session.scalars(sa.select(Aside.value))) == {"203.0.113.9", "account:zhao@city.example"}
    seal(at=AT)
    assert erase_aside(Aside.trace_id == made.id) == 2
    assert broken_seals() == []


def test_days_and_instants_are_written_one_way():
    assert chain._as_text(date(2026, 3, 2)) == "2026-03-02"
    assert chain._as_text(datetime(2026, 3, 2, tzinfo=UTC)) == "2026-03-02T00:00:00.000000Z"
