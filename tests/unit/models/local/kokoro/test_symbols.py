"""What the phoneme program writes, in the symbols of the model."""

from __future__ import annotations

import pytest
from tradewind_server.models.local.kokoro.symbols import MOST_TOKENS, PAD, TOKENS, spelling_of, tokens_of


def test_the_table_is_that_of_the_model() -> None:
    assert len(TOKENS) == 114 and len(set(TOKENS.values())) == 114
    assert {symbol: TOKENS[symbol] for symbol in ";. AazɡɹˈᵻY"} == {
        ";": 1, ".": 4, " ": 16, "A": 24, "a": 43, "z": 68, "ɡ": 92, "ɹ": 123, "ˈ": 156, "ᵻ": 177, "Y": 41,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "language", "spelling"),
    [
        ("ɡˌo^ʊɪŋ", "en-us", "ɡˌOɪŋ"),
        ("smˈɪθd^ʒˈo^ʊnz", "en-us", "smˈɪθʤˈOnz"),
        ("mˈɪstɚ bˈɜːd", "en-us", "mˈɪstəɹ bˈɜɹd"),
        ("mˈɔːnɪŋ", "en-gb", "mˈɔːnɪŋ"),
        ("ɡˈə^ʊ", "en-gb", "ɡˈQ"),
        ("θˈinko ˈe^ʊɾos", "es", "θˈinko ˈeʊɾos"),
        ("(^e^n)kwˈɪkli(^f^r) okˈe", "fr-fr", "kwˈɪkli okˈe"),
        ("a\x00$7b", "es", "ab"),
    ],
)
def test_sounds_become_symbols(written: str, language: str, spelling: str) -> None:
    assert spelling_of(written, language) == spelling


def test_tokens_stand_between_pads_and_are_bounded() -> None:
    assert tokens_of("ab") == [PAD, 43, 44, PAD]
    assert len(tokens_of("a" * 10_000)) == MOST_TOKENS + 2
