"""What the Kokoro model reads: the numbers of its phonemes and marks, and the spelling of phonemes that it learnt.

The table is that of the model's published configuration. Unknown signs are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PAD = 0
MOST_TOKENS = 510
"""Phonemes that the model reads at once, the two pads aside."""

_ROWS: Mapping[int, str] = {
    1: ";:,.!?", 9: '—…"()“”', 16: " \u0303ʣʥʦʨᵝ\uab67AI", 31: "O", 33: "Q", 35: "ST", 39: "W", 41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ", 75: "βɔɕç", 80: "ɖðʤə", 85: "ɚɛɜ", 90: "ɟ", 92: "ɡ", 99: "ɥ", 101: "ɨɪʝ",
    110: "ɯɰŋɳɲɴø", 118: "ɸθœ", 123: "ɹ", 125: "ɾɻ", 128: "ʁɽʂʃʈʧ", 135: "ʊʋ", 138: "ʌɣɤ", 142: "χʎ", 147: "ʒʔ",
    156: "ˈˌː", 162: "ʰ", 164: "ʲ", 169: "↓", 171: "→↗↘", 177: "ᵻ",
}  # fmt: skip
"""Runs of symbols, by the number of the first."""
TOKENS: Mapping[str, int] = {symbol: first + i for first, row in _ROWS.items() for i, symbol in enumerate(row)}

TIE = "^"
"""Joins the letters of one sound in what the phoneme program writes."""
_COMMON = {
    "a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y",
    "d^z": "ʣ", "d^ʒ": "ʤ", "t^s": "ʦ", "t^ʃ": "ʧ",
}  # fmt: skip
_ENGLISH = {
    "ə^l": "ᵊl",
    "ʔn\u0329": "tᵊn",
    "n\u0329": "ᵊn",
    "l\u0329": "ᵊl",
    "ʲO": "jO",
    "ʲQ": "jQ",
    "ʔ": "t",
    "r": "ɹ",
    "x": "k",
    "ɬ": "l",
    "ɐ": "ə",
}
_AMERICAN = {"ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ɪ^ə": "iə", "ɚ": "əɹ", "oː": "ɔ", "ː": ""}
_BRITISH = {"e^ə": "ɛː", "i^ə": "ɪə", "ɚ": "ə"}
_SPELLINGS: Mapping[str, Mapping[str, str]] = {
    "en-us": {**_COMMON, **_ENGLISH, **_AMERICAN},
    "en-gb": {**_COMMON, **_ENGLISH, **_BRITISH},
}
_LANGUAGE_SWITCH = re.compile(r"\([\^a-z-]{2,20}\)")


def spelling_of(phonemes: str, language: str) -> str:
    """What the phoneme program wrote, in the model's own symbols: one letter for a diphthong, no notes on the language."""
    phonemes = _LANGUAGE_SWITCH.sub("", phonemes)
    for sound, symbol in _SPELLINGS.get(language, _COMMON).items():
        phonemes = phonemes.replace(sound, symbol)
    return "".join(symbol for symbol in phonemes if symbol in TOKENS)


def tokens_of(spelling: str) -> list[int]:
    """The numbers of at most ``MOST_TOKENS`` symbols between two pads."""
    return [PAD, *(TOKENS[symbol] for symbol in spelling[:MOST_TOKENS] if symbol in TOKENS), PAD]
