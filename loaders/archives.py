"""Zip archives: each member is a file of its own, known as ``archive.zip/name``."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from ontology.errors import SourceError

ARCHIVES: Final = (".zip",)

#: what a member and a whole archive may unpack to, and how many members are read
LARGEST_MEMBER: Final = 400_000_000
LARGEST_ARCHIVE: Final = 4_000_000_000
MOST_MEMBERS: Final = 20_000

_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    struct.error,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


def members(path: Path, where: str) -> list[tuple[str, str]]:
    """(name inside the archive, name to show) of each file in it, in order. Hidden ones and what a
    Mac adds are left out. SourceError where it is broken or beyond measure."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _BROKEN as error:
        raise _unreadable(where, error) from error
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_MEMBERS or size > LARGEST_ARCHIVE:
        raise SourceError(
            f"{where} holds {len(entries)} files of {size} bytes in all",
            hint="unpack it and load the folder in parts",
            where=where,
        )
    shown = [(entry.filename, _shown(entry)) for entry in entries]
    return sorted(
        (name, said)
        for name, said in shown
        if said and not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(said).parts)
    )


def read_member(path: Path, member: str, where: str) -> bytes:
    """The bytes of one member; SourceError where it is broken, locked or beyond measure."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as opened:
            data = opened.read(LARGEST_MEMBER + 1)
    except (*_BROKEN, KeyError) as error:
        raise _unreadable(where, error) from error
    if len(data) > LARGEST_MEMBER:
        raise SourceError(f"{where} unpacks to more than {LARGEST_MEMBER} bytes", where=where)
    return data


def _shown(entry: zipfile.ZipInfo) -> str:
    """Its name: programs in China write GBK where the standard asks for something else. No part of it
    leads out of the archive."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..", "."))


def _unreadable(where: str, error: Exception) -> SourceError:
    locked = "password" in str(error) or "encrypted" in str(error)
    return SourceError(
        f"{where} is locked with a password"
        if locked
        else f"{where} cannot be unpacked: {error or type(error).__name__}",
        hint="pack it again" if not locked else "unpack it first",
        where=where,
    )
