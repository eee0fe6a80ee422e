"""How much memory a process has, and how much it may have, as far as the system tells and lets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource


def resident(pid: int) -> int:
    """Bytes that a process has in memory; 0 where the system does not tell."""
    if sys.platform == "win32":
        return _resident_on_windows(pid)
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        return pages * resource.getpagesize()
    except (OSError, IndexError, ValueError):  # macOS has no /proc
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return int(told.stdout.strip() or 0) * 1024


def bound_address_space(more: int | None) -> None:
    """Lets this process have so much more address space than it has now; None takes the bound away.
    Where the system has no such bound (macOS keeps to none, Windows has none) memory is watched from
    outside."""
    if sys.platform == "linux":
        limit = resource.RLIM_INFINITY
        if more is not None:
            pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
            limit = pages * resource.getpagesize() + more
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard != resource.RLIM_INFINITY and (limit == resource.RLIM_INFINITY or limit > hard):
            limit = hard
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def write_no_file() -> None:
    """From now on this process can make no file longer than it is, and leaves no core behind."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            ("peak", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("others", ctypes.c_size_t * 6),
        ]

    def _resident_on_windows(pid: int) -> int:
        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if not handle:
            return 0
        try:
            counters = _Counters(cb=ctypes.sizeof(_Counters))
            asked = ctypes.windll.kernel32.K32GetProcessMemoryInfo
            asked.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD)
            return int(counters.working_set) if asked(handle, ctypes.byref(counters), counters.cb) else 0
        finally:
            ctypes.windll.kernel32.CloseHandle(handle)
