"""Two releases of the same commit, compared; and what is released, installed where there is no network.

python3 start.py bench releasing [--wheels FOLDER]

Without --wheels the packages come from the package index. Where this may be done (root on Linux) the installation runs
in a network of its own that has no way out; elsewhere pip alone is told to ask nobody (`--no-index`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench._measure import show
from release.__main__ import git, release, version_of_the_project

APART = ["unshare", "--net"]


def main() -> None:
    given = Path(sys.argv[sys.argv.index("--wheels") + 1]) if "--wheels" in sys.argv else None
    commit = git("rev-parse", "HEAD").decode().strip()
    with tempfile.TemporaryDirectory() as named:
        first, second = Path(named) / "first", Path(named) / "second"
        begun = time.monotonic()
        release(first, given, trial=True, commit=commit)
        made = time.monotonic() - begun
        release(second, given, trial=True, commit=commit)
        names = sorted(path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file())
        others = sorted(path.relative_to(second).as_posix() for path in second.rglob("*") if path.is_file())
        differ = [name for name in names if digest(first / name) != digest(second / name)]
        begun = time.monotonic()
        apart = works_without_a_network(first, Path(named) / "elsewhere")
        row = {
            "files": len(names),
            "other names": len(set(names) ^ set(others)),
            "differ": len(differ),
            "a release, seconds": round(made),
            "installed and set up, seconds": round(time.monotonic() - begun),
            "without any network": apart,
        }
    show("two releases compared, and one installed", [row])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def works_without_a_network(folder: Path, elsewhere: Path) -> bool:
    """Unpack the source beside the packages, start it as an office would; whether it really had no network."""
    name = f"deputy-suggestion-tracker-{version_of_the_project()}"
    elsewhere.mkdir()
    subprocess.run(["tar", "xzf", str(folder / f"{name}.tar.gz"), "-C", str(elsewhere)], check=True)
    apart = can_be_apart()
    command = [*(APART if apart else []), sys.executable, "start.py", "--wheels", str(folder / "wheels")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "VIRTUAL_ENV"))}
    environment["INSTANCE_PATH"] = str(elsewhere / "instance")
    for words in (["init", "--congress", "某市人民代表大会"], ["doctor"]):
        subprocess.run([*command, *words], check=True, cwd=elsewhere / name, env=environment, stdout=subprocess.DEVNULL)
    return apart


def can_be_apart() -> bool:
    there = shutil.which(APART[0])
    return bool(there) and not subprocess.run([*APART, "true"], capture_output=True).returncode


if __name__ == "__main__":
    main()
