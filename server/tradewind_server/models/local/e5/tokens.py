"""Texts as the numbers of their pieces, as the model learned them (SentencePiece, unigram)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tradewind_server.models.local.e5.weights import Vocabulary

BLANK = "▁"
BLANKS = re.compile(" {2,}")


class Tokens:
    """Thread-safe."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from tokenizers import Tokenizer
        from tokenizers.models import Unigram

        pairs = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
        self._tokenizer = Tokenizer(Unigram(pairs, vocabulary.unknown, False))
        self._replacements = vocabulary.replacements

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text, without marks of its beginning and end."""
        prepared_texts = [self._prepare(text) for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(prepared_texts, add_special_tokens=False)]

    def _prepare(self, text: str) -> str:
        text = BLANKS.sub(" ", text.translate(self._replacements))
        return (text if text.startswith(" ") else f" {text}").replace(" ", BLANK)
