"""Answers that were given, kept beside the store: so that a link to one opens again, and a
question can follow one up.

One SQLite file (``answers.sqlite``) in the store's folder; where the store is a server, in the folder of the
setting ``NQI_KEPT``. The newest :data:`KEPT` are kept. Where nothing can be written, nothing is kept: an
answer is worth more than its copy.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from qa_service.settings import kept_folder

#: how many answers are kept
KEPT: Final = 20_000
#: bytes of an answer that are kept at most: larger ones can be asked for again
LARGEST: Final = 2_000_000
_SWEEP_EVERY: Final = 200

_LOG = logging.getLogger("nqi.answers")


class Answers:
    """The answers kept beside the store at ``url``.

    >>> Answers("nqi-store").get("0123456789abcdef")                              # doctest: +SKIP
    """

    def __init__(self, url: str) -> None:
        self._file = kept_folder(url) / "answers.sqlite"
        self._since_sweep = 0

    def keep(self, ident: str, answer: Mapping[str, object]) -> None:
        """Keeps an answer as JSON under its id."""
        text = json.dumps(answer, ensure_ascii=False)
        if len(text) > LARGEST or not self._file.parent.is_dir():
            return
        try:
            with self._opened() as file, file:
                file.execute("CREATE TABLE IF NOT EXISTS answer (id TEXT PRIMARY KEY, at REAL, text TEXT)")
                file.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (ident, time.time(), text))
                self._since_sweep += 1
                if self._since_sweep >= _SWEEP_EVERY:
                    self._since_sweep = 0
                    file.execute(
                        "DELETE FROM answer WHERE id NOT IN (SELECT id FROM answer ORDER BY at DESC LIMIT ?)",
                        (KEPT,),
                    )
        except sqlite3.Error as error:
            _LOG.warning("an answer was not kept: %s", error)

    def get(self, ident: str) -> Mapping[str, object] | None:
        """The answer of this id; None where it is not kept (any more)."""
        if not self._file.is_file():
            return None
        try:
            with self._opened() as file:
                row = file.execute("SELECT text FROM answer WHERE id = ?", (ident,)).fetchone()
        except sqlite3.Error as error:
            _LOG.warning("the kept answers cannot be read: %s", error)
            return None
        found: Mapping[str, object] | None = json.loads(row[0]) if row else None
        return found

    @property
    def file(self) -> Path:
        return self._file

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        # a connection for each use: threads need not share one, and opening takes 0.1 ms
        with closing(sqlite3.connect(self._file, timeout=5.0)) as file:
            file.execute("PRAGMA journal_mode=WAL")
            file.execute("PRAGMA synchronous=NORMAL")
            yield file
