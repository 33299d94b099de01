from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.files.papers import PDF
from tracker import clock
from tracker.actor import SYSTEM
from tracker.errors import RuleBroken
from tracker.files import store
from tracker.files.models import File
from tracker.files.zips import Refused


def kept(name: str = "关于答复.pdf", content: bytes = PDF) -> File:
    return store.keep(FileStorage(io.BytesIO(content), filename=name), by=SYSTEM, at=clock.now())


def on_disk(app) -> list[Path]:
    return [path for path in (Path(app.instance_path) / "files").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_name_the_server_makes_and_served_as_it_came(app, session) -> None:
    file = kept()
    session.commit()
    [path] = on_disk(app)
    assert path.read_bytes() == PDF
    assert "答复" not in str(path)
    with app.test_request_context():
        answer = store.serve(file)
        answer.direct_passthrough = False
        assert answer.get_data() == PDF
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="file.pdf"; filename*=UTF-8')
        assert "%E5%85%B3%E4%BA%8E%E7%AD%94%E5%A4%8D.pdf" in answer.headers["Content-Disposition"]
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.content_type == "application/pdf"
        answer.close()


def test_what_is_undone_leaves_no_file(app, session) -> None:
    kept()
    session.rollback()
    assert on_disk(app) == []
    assert session.scalar(sa.select(sa.func.count()).select_from(File)) == 0


def test_a_refused_or_oversized_file_leaves_nothing(app, session) -> None:
    app.config["UPLOAD_MB"] = 1
    for content, why in ((b"MZ", "not taken"), (PDF + bytes(1024 * 1024), "1 MB at most")):
        with pytest.raises(Refused, match=why):
            kept(content=content)
    assert on_disk(app) == []


def test_a_changed_or_missing_file_is_not_served_and_the_doctor_names_it(app, session) -> None:
    changed, missing = kept("a.pdf"), kept("b.pdf")
    session.commit()
    folder = Path(app.instance_path) / "files"
    (folder / changed.stored_name).write_bytes(PDF + b"x")
    (folder / missing.stored_name).unlink()
    for file in (changed, missing):
        with app.test_request_context(), pytest.raises(RuleBroken, match="was changed"):
            store.serve(file)
    assert [problem.kind for problem in store.problems()] == ["file_changed", "file_missing"]


def test_litter_is_swept_after_a_day_and_strays_are_reported(app, session) -> None:
    kept()
    session.commit()
    folder = Path(app.instance_path) / "files"
    (folder / "ab").mkdir(exist_ok=True)
    old = (clock.now() - timedelta(hours=25)).timestamp()
    for name in ("tmp/left", "ab/stray"):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (old, old))
    (folder / "tmp/under_way").write_bytes(b"x")
    assert [problem.values for problem in store.problems()] == [{"path": "ab/stray"}]
    assert store.sweep(clock.now()) == 1
    assert (folder / "tmp/under_way").exists()
