"""Where this user's own copies of what can be made again are kept."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """``NQI_CACHE``, else the system's folder for caches; None where there is no home."""
    for name in ("NQI_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(name):
            return Path(os.environ[name]) / ("" if name == "NQI_CACHE" else "nqi-kg")
    try:
        return Path.home() / ".cache" / "nqi-kg"
    except RuntimeError:
        return None
