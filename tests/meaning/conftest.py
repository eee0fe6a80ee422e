"""Tests of the model of meaning; those that need sentence-transformers skip where it is not
installed, ``NQI_TEST_REQUIRE=embeddings`` makes that a failure."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from tests.conftest import REQUIRE

CORPUS = Path(__file__).parents[1] / "corpus" / "meaning"
#: what the extra `embeddings` brings
EXTRA = ("sentence_transformers", "tokenizers", "torch")


@pytest.fixture(scope="session")
def embeddings() -> None:
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        reason = f"needs the extra embeddings ({', '.join(missing)}): requirements/embeddings.txt"
        if "embeddings" in os.environ.get(REQUIRE, ""):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
