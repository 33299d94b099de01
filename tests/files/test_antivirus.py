"""The office's virus scanner looks at what comes in; what it did not look at does not come in."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.files.papers import PDF
from tests.files.scanner import EICAR, Listening, a_scanner
from tracker import clock
from tracker.actor import SYSTEM
from tracker.files import antivirus, store
from tracker.files.models import File
from tracker.files.zips import Refused
from tracker.settings import SettingWrong, load

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def scanner(app, session, tmp_path: Path):
    app.config["CLAMD_SOCKET"] = str(tmp_path / "clamd.ctl")
    with a_scanner(tmp_path / "clamd.ctl") as listening:
        yield listening


def keep(content: bytes, name: str = "答复.pdf") -> File:
    return store.keep(FileStorage(io.BytesIO(content), filename=name), by=SYSTEM, at=clock.now())


def nothing_is_left(app, session) -> bool:
    files = [path for path in (Path(app.instance_path) / "files").rglob("*") if path.is_file()]
    return not files and session.scalar(sa.select(sa.func.count()).select_from(File)) == 0


def test_a_clean_file_is_seen_whole_and_kept(app, session, scanner: Listening) -> None:
    content = PDF + bytes(700_000)
    assert keep(content).size == len(content)
    assert scanner.seen == [content]
    assert list(antivirus.problems()) == []


def test_a_virus_is_named_and_nothing_of_it_is_left(app, session, scanner: Listening) -> None:
    with pytest.raises(Refused) as refused:
        keep(PDF + EICAR)
    assert str(refused.value) == "答复.pdf carries a virus (Eicar-Test-Signature). It was not taken in."
    assert nothing_is_left(app, session)


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OKAY\0", b"\xff" * 9000])
def test_a_scanner_that_did_not_look_passes_nothing(app, session, scanner: Listening, says: bytes) -> None:
    scanner.says = says
    with pytest.raises(Refused, match="does not answer"):
        keep(PDF)
    assert nothing_is_left(app, session)


def test_a_scanner_that_is_away_is_told_to_the_clerk_and_to_the_doctor(app, session, tmp_path: Path) -> None:
    app.config["CLAMD_SOCKET"] = str(tmp_path / "nobody.ctl")
    with pytest.raises(Refused, match="does not answer"):
        keep(PDF)
    assert [one.kind for one in antivirus.problems()] == ["scanner_silent"]


def test_a_scanner_that_hangs_is_not_waited_for(app, session, monkeypatch) -> None:
    monkeypatch.setattr(antivirus, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app.config["CLAMD_SOCKET"] = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Refused, match="does not answer"):
            keep(PDF)


@pytest.mark.parametrize("where", ["clamd", "host:", ":3310", "host:99999", "relative/clamd.ctl"])
def test_a_place_where_no_scanner_can_be_is_said_at_the_start(tmp_path: Path, where: str) -> None:
    with pytest.raises(SettingWrong, match="CLAMD_SOCKET"):
        load({"INSTANCE_PATH": str(tmp_path), "CLAMD_SOCKET": where})
