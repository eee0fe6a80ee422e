"""Logs: one JSON object a line, on stderr. At level info no question, document or key is in them; faults of
the program come with their traceback."""

from __future__ import annotations

import json
import logging
import os
import time
from typing import Final

from qa_service.settings import LOG

LEVELS: Final = ("debug", "info", "warning", "error")


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        fields = getattr(record, "fields", None)
        line |= fields if isinstance(fields, dict) else {"message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_logging() -> None:
    """Writes what ``NQI_LOG`` asks for: debug, info, warning (the default) or error."""
    asked = os.environ.get(LOG, "").lower()
    handler = logging.StreamHandler()
    handler.setFormatter(_AsJson())
    root = logging.getLogger("nqi")
    root.handlers[:] = [handler]
    root.propagate = False
    root.setLevel((asked if asked in LEVELS else "warning").upper())
