"""A release into an empty folder.

python3 start.py release DIR [--wheels FOLDER] [--trial]

    DIR/wheels/       every package of requirements.lock for this kind of machine, and pip; digests compared
    DIR/*.tar.gz      the source, as git holds it
    DIR/sbom.json     what is installed from the two, with licences (CycloneDX)
    DIR/CHANGELOG.md
    DIR/SHA256SUMS    of all of it

With --wheels the packages come from that folder instead of the index. What is released must be tagged `v<version>`;
a trial need not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from release import licences

ROOT = Path(__file__).resolve().parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / "release/pip.lock")
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="start.py release", description="Make a release.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wheels", type=Path, help="take the packages from here")
    parser.add_argument("--trial", action="store_true", help="whatever is committed, tagged or not")
    asked = parser.parse_args()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        sys.exit(f"{asked.folder} is not empty.")
    release(asked.folder.resolve(), asked.wheels, trial=asked.trial)
    return 0


def release(folder: Path, wheels: Path | None = None, *, trial: bool = False, commit: str = "HEAD") -> None:
    """Everything into the folder. Two releases of the same commit are the same, byte for byte."""
    version = version_of_the_project()
    if not trial:
        must_be_tagged(f"v{version}")
    (folder / "wheels").mkdir(parents=True)
    collect(folder / "wheels", wheels)
    source(folder, version, commit)
    contents(folder)
    (folder / "CHANGELOG.md").write_bytes(git("show", f"{commit}:CHANGELOG.md"))
    sums(folder)


def version_of_the_project() -> str:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version: str = said["project"]["version"]
    return version


def must_be_tagged(tag: str) -> None:
    if git("status", "--porcelain").strip():
        sys.exit("Something is not committed.")
    if tag.encode() not in git("tag", "--points-at", "HEAD").split():
        sys.exit(f"This commit is not tagged {tag}.")
    if f"## {tag[1:]} – unreleased".encode() in git("show", "HEAD:CHANGELOG.md"):
        sys.exit(f"CHANGELOG.md calls {tag[1:]} unreleased.")


def collect(into: Path, wheels: Path | None) -> None:
    """The packages: pip refuses whatever has another digest than the lock, and whatever would have to be built."""
    source = ["--no-index", "--find-links", str(wheels.resolve())] if wheels else []
    for lock in LOCKS:
        how = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--dest", str(into), *source]
        subprocess.run([*PIP, "download", *how, "-r", str(lock)], check=True, cwd=ROOT)


def source(into: Path, version: str, commit: str) -> None:
    name = f"deputy-suggestion-tracker-{version}"
    (into / f"{name}.tar.gz").write_bytes(git("archive", "--format=tar.gz", f"--prefix={name}/", commit))


def contents(folder: Path) -> None:
    """What is installed where there is no network, told by what is installed then."""
    with tempfile.TemporaryDirectory() as scratch:
        python = install(folder / "wheels", Path(scratch) / "venv")
        how = ["--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml"), "-o", str(folder / "sbom.json")]
        subprocess.run([sys.executable, "-m", "cyclonedx_py", "environment", *how, str(python)], check=True)
    told = json.loads((folder / "sbom.json").read_text(encoding="utf-8"))
    for one in (one for one in told["components"] if "licenses" not in one):
        one["licenses"] = [{"license": {"id": licences.READ[one["name"]]}}]
    (folder / "sbom.json").write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def install(wheels: Path, into: Path) -> Path:
    """The lock, from the folder alone; the Python it was installed for."""
    venv.create(into, with_pip=False)
    python = into / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = sorted(wheels.glob("pip-*.whl"))[-1] / "pip"
    how = ["install", "--no-index", "--find-links", str(wheels), "--require-hashes", "--quiet"]
    subprocess.run([python, pip, *how, "-r", str(LOCKS[0])], check=True, cwd=ROOT)
    return python


def sums(folder: Path) -> None:
    """As `sha256sum -c` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    said = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files]
    (folder / "SHA256SUMS").write_text("\n".join(said) + "\n", encoding="utf-8")


def git(*words: str) -> bytes:
    found = shutil.which("git")
    if found is None:
        sys.exit("git is needed.")
    return subprocess.run([found, *words], check=True, capture_output=True, cwd=ROOT).stdout


if __name__ == "__main__":
    sys.exit(main())
