"""Writes ``docs/api.md``: ``python -m qa_service.api.write_docs > docs/api.md``."""

from __future__ import annotations

from qa_service.api.app import create_app
from qa_service.api.describe import markdown

if __name__ == "__main__":
    print(markdown(create_app("nqi-store").openapi()), end="")
