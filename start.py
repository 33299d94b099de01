#!/usr/bin/env python3
"""One command on a machine that has only Python: makes .venv, installs the locked set, and runs what is asked.

python3 start.py [--port N] [--host A] [--empty] [--wheels DIR]    server and timetable, with the demo city
python3 start.py test [pytest arguments]                           everything the tests need, then the tests
python3 start.py check                                             format, lint, types, contracts, templates, tests
python3 start.py setup [--dev] [--wheels DIR]                      only the environment
python3 start.py bench NAME [--size N]                             a benchmark of bench/
python3 start.py release DIR [--wheels DIR] [--trial]              a release, with all its packages
python3 start.py shell | init | demo | import | due | …            any command of the application (--help-commands)
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": HERE / "requirements.lock", "dev": HERE / "requirements-dev.lock"}
CODE = ["app.py", "start.py", "tracker", "tests", "bench", "release", "migrations", "deploy"]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint_imports; lint_imports()"  # has no -m
IN_MEMORY = Path("/dev/shm")  # nosec B108 - pytest makes a folder of its own there; the tests' databases wait for no disk there
ROOM = 2 * 1024**3
# Whoever has nothing left to do takes over; the dearest tests are named at the end, so that they stay few.
PYTEST = ["-m", "pytest", "-n", "2", "--dist", "worksteal", "--durations", "15", "--durations-min", "4"]
CHINESE_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader's Python, not ours
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    asked = parse()
    if asked.help_commands:
        asked.command, asked.rest = "--help", []
    own = {"test": test, "check": check, "setup": setup, "bench": bench, "release": release}
    if asked.command in own:
        return own[asked.command](asked)
    install("run", asked.wheels)
    serve = ["serve", "--host", asked.host, "--port", str(asked.port), *(["--empty"] if asked.empty else [])]
    return become("flask", "--app", "app", *([asked.command, *asked.rest] if asked.command else serve))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--empty", action="store_true", help="without the demo city; the first visit sets up")
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="install from this folder, without a network")
    parser.add_argument("--help-commands", action="store_true", help="list the commands of the application")
    parser.add_argument("command", nargs="?", help="test, check, setup, bench, release, shell, or the application's")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.command in ("setup", "test", "check"):
        more = argparse.ArgumentParser(prog=f"start.py {asked.command}", allow_abbrev=False)
        more.add_argument("--wheels", type=Path, default=asked.wheels)
        more.add_argument("--dev", action="store_true")
        _, asked.rest = more.parse_known_args(asked.rest, namespace=asked)
    return asked


# ---- the environment


def install(kind: str, wheels: Path | None = None) -> None:
    """Make .venv and install a lock into it, unless that very lock is installed already."""
    lock, stamp, wanted = LOCKS[kind], VENV / f"{kind}.stamp", stamp_of(kind)
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    say(f"Installing {lock.name} into .venv (once) …")
    pip = pip_of_venv(wheels)
    source = ["--no-index", "--find-links", str(wheels.resolve())] if wheels else []
    options = ["install", "--require-hashes", "--disable-pip-version-check", "--no-input", "-q", *source]
    if subprocess.run([*pip, *options, "-r", str(lock)], cwd=HERE, env=environment()).returncode:
        sys.exit("The packages could not be installed (no network? then: --wheels DIR). Nothing else was changed.")
    stamp.write_text(wanted, encoding="ascii")
    if kind == "dev":  # holds the other lock whole, at the same versions
        (VENV / "run.stamp").write_text(stamp_of("run"), encoding="ascii")


def stamp_of(kind: str) -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor} {hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()}"


def pip_of_venv(wheels: Path | None) -> list[str]:
    """The pip of .venv; where Debian left ensurepip out, one from the wheel folder or the system's own."""
    own = [str(PYTHON), "-m", "pip"]
    if not venv_fits():
        make_venv()
    if succeeds([*own, "--version"]):
        return own
    if found := sorted(wheels.glob("pip-*.whl")) if wheels else []:
        return [str(PYTHON), str(found[-1].resolve() / "pip")]
    if succeeds([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    sys.exit("This Python has neither ensurepip nor pip. On Debian: apt-get install python3-venv")


def venv_fits() -> bool:
    """Whether .venv is there and was made for this Python (a system upgrade leaves an old one behind)."""
    library = "Lib" if os.name == "nt" else f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
    return PYTHON.exists() and (VENV / library).is_dir()


def make_venv() -> None:
    try:
        if importlib.util.find_spec("ensurepip"):
            return venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        pass  # Debian keeps the module but not its wheels
    return venv.create(VENV, with_pip=False, clear=True)


def environment() -> dict[str, str]:
    path = os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", "")])
    return {**os.environ, "PYTHONUTF8": "1", "PATH": path, "VIRTUAL_ENV": str(VENV)}


def become(module: str, *arguments: str) -> int:
    """Go on as this module of .venv, in this process where the system can (so that Ctrl-C and signals reach it)."""
    command = [str(PYTHON), "-m", module, *arguments]
    os.chdir(HERE)
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.run(command, env=environment()).returncode
    return os.execve(PYTHON, command, environment())


def run(*command: str, **more: str) -> int:
    return subprocess.run([str(PYTHON), *command], cwd=HERE, env={**environment(), **more}).returncode


def told(command: list[str]) -> subprocess.CompletedProcess[str]:
    """As `run`, with what it printed."""
    return subprocess.run([str(PYTHON), *command], cwd=HERE, env=environment(), capture_output=True, encoding="utf-8")


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, cwd=HERE).returncode == 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# ---- the commands of this file


def setup(asked: argparse.Namespace) -> int:
    install("dev" if asked.dev else "run", asked.wheels)
    say("The environment is ready: .venv")
    return 0


def bench(asked: argparse.Namespace) -> int:
    names = sorted(file.stem for file in (HERE / "bench").glob("*.py") if not file.stem.startswith("_"))
    if not asked.rest or asked.rest[0] not in names:
        say(f"Which benchmark? {', '.join(names)}")
        return 2
    install("dev", asked.wheels)
    return run("-m", f"bench.{asked.rest[0]}", *asked.rest[1:])


def release(asked: argparse.Namespace) -> int:
    install("dev", asked.wheels)
    return run("-m", "release", *asked.rest)


def test(asked: argparse.Namespace) -> int:
    install("dev", asked.wheels)
    find_programs()
    result = run(*PYTEST, *asked.rest, **in_memory())
    name_missing()
    return result


def in_memory() -> dict[str, str]:
    """Where pytest keeps its folders: in memory where there is room, for SQLite waits for the disk at every commit."""
    given = "PYTEST_DEBUG_TEMPROOT"
    fits = given not in os.environ and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM
    return {given: str(IN_MEMORY)} if fits else {}


def check(asked: argparse.Namespace) -> int:
    """Everything a change must pass, beside each other as far as it can; one run names all that failed."""
    code = [name for name in CODE if (HERE / name).exists()]
    steps = {
        "format": ["-m", "ruff", "format", "--check", *code],
        "lint": ["-m", "ruff", "check", *code],
        "types": ["-m", "mypy"],
        "import contracts": ["-c", LINT_IMPORTS],
        "security": ["-m", "bandit", "-q", "-c", "pyproject.toml", "-r", "tracker", "app.py", "start.py"],
        "templates": ["-m", "djlint", "templates", "--lint", "--quiet"],
    }
    failed = []
    with ThreadPoolExecutor() as beside:
        beside.submit(find_programs)
        install("dev", asked.wheels)
        for name, step in zip(steps, beside.map(told, steps.values()), strict=True):
            say(f"── {name}: {' '.join(steps[name][1:])}\n{step.stdout}{step.stderr}".rstrip())
            failed += [name] * (step.returncode != 0)
    say("── tests")
    failed += ["tests"] * (test(asked) != 0)
    say("All checks passed." if not failed else f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def find_programs() -> None:
    """Where we may (root on a Debian), Chromium, a Chinese font and nginx are installed; else they are only missed."""
    there = {"chromium": chromium(), "fonts-noto-cjk": Path(CHINESE_FONT).exists(), "nginx-light": nginx()}
    wanted = [name for name, found in there.items() if not found]
    apt_get = shutil.which("apt-get")
    if not wanted or not apt_get or os.geteuid() != 0:
        return
    say(f"Installing for the tests: {' '.join(wanted)} …")
    apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], *(["install", "-y", "-qq", "--no-install-recommends", name] for name in wanted)):
        if subprocess.run([apt_get, *command], env=apt, stdout=subprocess.DEVNULL).returncode:
            say(f"apt-get {command[0]} {command[-1]} failed; what needs it may not run.")


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def name_missing() -> None:
    """Say by name what could not run on this machine: a test that did not run is not a test that passed."""
    missing = [] if chromium() else ["browser tests (no Chromium; as root, `apt-get install chromium` supplies it)"]
    missing += [] if nginx() else ["tests of deploy/ behind nginx (as root, `apt-get install nginx-light` supplies it)"]
    find = "import sys; from tests import pgtemp; sys.exit(pgtemp.find_binaries() is None)"
    if not succeeds([str(PYTHON), "-c", find]):
        missing.append("PostgreSQL tests (no binaries for this machine; TEST_PG_BIN may name a folder of them)")
    say("Not run on this machine: " + "; ".join(missing) if missing else "Nothing was left out on this machine.")


if __name__ == "__main__":
    sys.exit(main())
