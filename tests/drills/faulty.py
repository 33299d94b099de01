"""A disk under SQLite that can be full, broken, or cut off from power: a VFS laid over the library's own.

Every write, truncation, sync and deletion passes here. It may be refused (`fail`), and it may be kept (`kept`), so that
what a disk would hold after a power cut at any moment can be put together: all that was synced, and of the rest a part.
"""

from __future__ import annotations

import ctypes
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker import sqlite

OK, FULL, IO_WRITE, IO_FSYNC = 0, 13, 778, 1034
WAYS = {"full": ("write", FULL), "broken": ("write", IO_WRITE), "not synced": ("sync", IO_FSYNC)}
SECTOR = 512
VOID = ctypes.c_void_p
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, VOID, VOID, VOID, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
DELETE = ctypes.CFUNCTYPE(ctypes.c_int, VOID, VOID, ctypes.c_int)
WRITE = ctypes.CFUNCTYPE(ctypes.c_int, VOID, VOID, ctypes.c_int, ctypes.c_int64)
TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, VOID, ctypes.c_int64)
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, VOID, ctypes.c_int)
CLOSE = ctypes.CFUNCTYPE(ctypes.c_int, VOID)


class Methods(ctypes.Structure):
    """sqlite3_io_methods."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("close", CLOSE),
        ("read", VOID),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        *((f"other{number}", VOID) for number in range(14)),
    )


class File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(Methods)),)


class Vfs(ctypes.Structure):
    """sqlite3_vfs."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("size_of_file", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", VOID),
        ("name", ctypes.c_char_p),
        ("data", VOID),
        ("open", OPEN),
        ("delete", DELETE),
        *((f"other{number}", VOID) for number in range(14)),
    )


@dataclass(frozen=True)
class Done:
    """One thing done to a file: a write with its bytes, a truncation to a length, a sync, a deletion, or a mark."""

    what: str
    path: str
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What happens to be wrong with it, and what was done to it so far (only while `keeps`)."""

    library: Any
    own: Any = None
    below: Any = None
    fails: tuple[str, int] | None = None
    keeps: bool = False
    kept: list[Done] = field(default_factory=list)
    paths: dict[int, str] = field(default_factory=dict)
    alive: list[Any] = field(default_factory=list)
    refused: int = 0

    @contextmanager
    def unwell(self, way: str) -> Iterator[None]:
        self.fails = WAYS[way]
        try:
            yield
        finally:
            self.fails = None

    def mark(self, word: str) -> None:
        """Somebody was told something: it must be on the disk by now."""
        self.kept.append(Done("mark", word))

    def _refuses(self, what: str) -> int:
        if self.fails and self.fails[0] == what:
            self.refused += 1
            return self.fails[1]
        return OK

    def _note(self, what: str, file: int, at: int = 0, data: bytes = b"") -> None:
        if self.keeps and (path := self.paths.get(file)):
            self.kept.append(Done(what, path, at, data))

    def lay(self) -> None:
        """Stand before the library's own VFS, as the one that is used."""
        self.library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
        self.below = self.library.sqlite3_vfs_find(None)
        self.own = Vfs.from_buffer_copy(self.below.contents)
        self.own.name, self.own.open, self.own.delete = b"faulty", OPEN(self._open), DELETE(self._delete)
        self.library.sqlite3_vfs_register(ctypes.byref(self.own), 1)

    def lift(self) -> None:
        self.library.sqlite3_vfs_register(self.below, 1)
        self.library.sqlite3_vfs_unregister(ctypes.byref(self.own))

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        told = self.below.contents.open(ctypes.addressof(self.below.contents), name, file, flags, out)
        opened = File.from_address(file)
        if told == OK and name and opened.methods:
            self.paths[file] = ctypes.string_at(name).decode()
            own = Methods.from_buffer_copy(opened.methods.contents)
            self._over(own, opened.methods.contents)
            self.alive.append(own)
            opened.methods = ctypes.pointer(own)
        return int(told)

    def _over(self, own: Methods, below: Methods) -> None:
        write, truncate, sync, close = below.write, below.truncate, below.sync, below.close

        def writing(file: int, data: int, size: int, at: int) -> int:
            if told := self._refuses("write"):
                return told
            self._note("write", file, at, ctypes.string_at(data, size))
            return int(write(file, data, size, at))

        def truncating(file: int, size: int) -> int:
            self._note("truncate", file, size)
            return int(truncate(file, size))

        def syncing(file: int, flags: int) -> int:
            if told := self._refuses("sync"):
                return told
            done = int(sync(file, flags))
            self._note("sync", file)
            return done

        def closing(file: int) -> int:
            self.paths.pop(file, None)
            return int(close(file))

        own.write, own.truncate, own.sync = WRITE(writing), TRUNCATE(truncating), SYNC(syncing)
        own.close = CLOSE(closing)

    def _delete(self, _vfs: int, name: int, sync_folder: int) -> int:
        if self.keeps:
            self.kept.append(Done("delete", ctypes.string_at(name).decode(), sync_folder))
        return int(self.below.contents.delete(ctypes.addressof(self.below.contents), name, sync_folder))


@contextmanager
def faulty_disk() -> Iterator[Disk]:
    """For connections opened from here on."""
    import importlib

    module = importlib.import_module(f"{sqlite.driver.__name__.partition('.')[0]}._sqlite3")
    disk = Disk(ctypes.CDLL(module.__file__))
    disk.lay()
    try:
        yield disk
    finally:
        disk.lift()


def after_the_cut(begun: dict[str, bytes], kept: list[Done], until: int, chance: random.Random) -> dict[str, bytes]:
    """What the disk may hold when the power goes after so many things: the synced, and any part of what was not.

    A write that was not synced may have reached the disk whole, in part (by sectors), or not at all.
    """
    files = {path: bytearray(content) for path, content in begun.items()}
    waiting: dict[str, list[Done]] = defaultdict(list)
    for done in (one for one in kept[:until] if one.what != "mark"):
        waiting[done.path].append(done)
        if done.what == "sync" or (done.what == "delete" and done.at):
            for each in waiting.pop(done.path):
                _do(files, each)
    for each in (piece for left in waiting.values() for one in left for piece in _pieces(one)):
        if chance.random() < 0.5:
            _do(files, each)
    return {path: bytes(content) for path, content in files.items()}


def _pieces(done: Done) -> Iterator[Done]:
    """A write by sectors; all else is done or not."""
    if done.what != "write":
        yield done
    for place in range(0, len(done.data), SECTOR):
        yield Done("write", done.path, done.at + place, done.data[place : place + SECTOR])


def _do(files: dict[str, bytearray], done: Done) -> None:
    if done.what == "delete":
        files.pop(done.path, None)
    elif done.what == "truncate":
        content = files.setdefault(done.path, bytearray())
        del content[done.at :]
    elif done.what == "write":
        content = files.setdefault(done.path, bytearray())
        if len(content) < done.at:
            content.extend(bytes(done.at - len(content)))
        content[done.at : done.at + len(done.data)] = done.data


def on_disk(database: Path) -> dict[str, bytes]:
    """The files of a database as they are now."""
    found = (database.with_name(database.name + ending) for ending in ("", "-wal", "-journal"))
    return {str(path): path.read_bytes() for path in found if path.exists()}
