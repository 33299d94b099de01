"""A slower disk: every sync of this program, and of all it starts, takes so many milliseconds longer (`--sync-ms`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SLOWED = "BENCH_DISK_SLOWED_MS"
BEFORE_LIBC = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

static int later(const char *name, int file) {
    usleep(LONGER);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return later("fsync", file); }
int fdatasync(int file) { return later("fdatasync", file); }
"""


def begun_anew_on_it(module: str) -> bool:
    """Whether this module was run anew, on a disk as slow as `--sync-ms` says; not where it says nothing.

    :raises SystemExit: there is no C compiler, or what was run failed.
    """
    longer = float(sys.argv[sys.argv.index("--sync-ms") + 1]) if "--sync-ms" in sys.argv else 0
    if not longer or SLOWED in os.environ:
        return False
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("--sync-ms needs a C compiler (cc)")
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "later.c"), Path(folder, "later.so")
        source.write_text(BEFORE_LIBC)
        how = [f"-DLONGER={round(longer * 1000)}", "-shared", "-fPIC", "-o", library, source, "-ldl"]
        subprocess.run([compiler, *how], check=True)
        for one in (Path(folder), library):
            one.chmod(0o755)  # a temporary PostgreSQL may run as somebody else
        there = {**os.environ, "LD_PRELOAD": str(library), SLOWED: str(longer)}
        told = subprocess.run([sys.executable, "-m", module, *sys.argv[1:]], env=there, check=False)
    if told.returncode:
        raise SystemExit(told.returncode)
    return True
