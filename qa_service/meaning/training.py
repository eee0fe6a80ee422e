"""Trains the model with sentence-transformers: static embeddings of characters and frequent
pairs of characters, the same to the bit each time on one machine.

Needs the extra ``embeddings``; everything of it is imported inside the functions.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import Unavailable
from ontology.model import Ontology
from qa_service.meaning.phrases import Groups, groups
from qa_service.meaning.tokens import UNKNOWN, plain

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DIMENSIONS = 128
#: pairs of characters that are tokens of their own: so often in the phrases, and so many at most
_OFTEN = 30
_MOST_PAIRS = 1_600
_ROUNDS = 400
_RATE = 0.05
_SCALE = 12.0


@dataclass(frozen=True)
class Trained:
    """What a training made: where it is, of how many phrases, tokens, and how long it took."""

    folder: Path
    groups: int
    phrases: int
    tokens: int
    seconds: float


def train(ontology: Ontology, folder: Path, *, seed: int = 0, rounds: int = _ROUNDS) -> Trained:
    """Train on an ontology's words and save as an ordinary sentence-transformers folder.

    Unavailable where the extra ``embeddings`` is not installed.

    >>> train(load_ontology(), Path("model")).tokens                          # doctest: +SKIP
    2711
    """
    import time

    started = time.perf_counter()
    try:
        import sentence_transformers  # noqa: F401
        import torch
    except ImportError as error:
        raise Unavailable(
            f"Training needs the package {error.name}, which is not installed.",
            hint="pip install 'nqi-kg[embeddings]', or pip install -r requirements/embeddings.txt",
        ) from error
    made = groups(ontology, seed)
    phrases = [plain(p) for members in made.values() for p in members]
    torch.manual_seed(seed)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in another order differ in their last bits
    try:
        model, tokens = _model(phrases)
        _fit(model, made, seed, rounds)
    finally:
        torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    model.save(str(folder), create_model_card=False)
    seconds = time.perf_counter() - started
    return Trained(folder, len(made), len(phrases), tokens, seconds)


def _model(phrases: Sequence[str]) -> tuple[SentenceTransformer, int]:
    """Untrained, with the vocabulary of the phrases."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Regex, Tokenizer, models, normalizers

    characters = Counter(ch for p in phrases for ch in p)
    pairs = Counter(p[i : i + 2] for p in phrases for i in range(len(p) - 1))
    often = [p for p, n in _ordered(pairs) if n >= _OFTEN][:_MOST_PAIRS]
    vocabulary = {t: n for n, t in enumerate([UNKNOWN, *(c for c, _ in _ordered(characters)), *often])}
    tokenizer = Tokenizer(models.BPE(vocabulary, [(p[0], p[1]) for p in often], unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), "")]
    )
    static = StaticEmbedding(tokenizer, embedding_dim=DIMENSIONS)
    return SentenceTransformer(modules=[static, Normalize()], device="cpu"), len(vocabulary)


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _fit(model: SentenceTransformer, made: Groups, seed: int, rounds: int) -> None:
    """Phrases of one group are drawn to each other and away from all other groups.

    Each batch has one row of a group at most: two would be taken for different things."""
    import torch
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    loss = MultipleNegativesRankingLoss(model, scale=_SCALE)
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, total_iters=rounds)
    pick = random.Random(seed)
    members = [m for m in made.values() if len(m) > 1]
    model.train()
    for _ in range(rounds):
        rows = [pick.sample(phrases, 2) for phrases in members]
        features = [_features(model, column) for column in zip(*rows, strict=True)]
        optimizer.zero_grad()
        loss(features, torch.zeros(0)).backward()
        optimizer.step()
        schedule.step()
    model.eval()
    with torch.no_grad():  # a character that is not known says nothing
        model[0].embedding.weight[0] = 0.0


def _features(model: SentenceTransformer, texts: Iterable[str]) -> dict[str, object]:
    return dict(model.preprocess(list(texts)))
