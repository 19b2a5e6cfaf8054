"""Secrets in values that a person typed: hidden before the values are kept or shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from tradewind_server.bounded_json import foreign_json

MASK = "******"
SECRET_WORDS = ("key", "token", "secret", "password", "passwd", "credential", "authorization", "cookie", "signature")
NO_SECRETS = frozenset({
    "memoryKey", "contentPayloadKey", "metadataPayloadKey", "omitMetadataKeys", "sourceIdKey", "pineconeTextKey", "textKey",
    "contentKey", "metadataKey", "embeddingKey", "vectorKey", "weaviateTextKey", "weaviateMetadataKeys", "maxTokens",
})  # fmt: skip
DEEPEST = 32
LONGEST_TEXT = 8000
"""Characters of one text that are looked at where only the beginning is kept; see :func:`masked_value`."""
PARAMETER = re.compile(r"([?&;])([^=&\s?;]{1,200})=([^&\s]+)")
PARAMETER_WORDS = (*SECRET_WORDS, "sig", "auth")
# Each begins with characters of its own and goes on over what cannot begin it again: a text is gone over once.
PATTERNS = (
    (re.compile(r"(://[^/\s:@]*+):[^/\s@]*+@"), rf"\1:{MASK}@"),
    (re.compile(r"\b(bearer|basic)\s++[A-Za-z0-9+/_.~=-]{6,}+", re.IGNORECASE), rf"\1 {MASK}"),
    (re.compile(r"\b(?:sk|pk|rk)-[A-Za-z0-9_-]{6,}+|\bgh[pousr]_\w{16,}+|\bAKIA[0-9A-Z]{12,}+|\bxox[a-z]-[\w-]{8,}+"), MASK),
    (re.compile(r"\beyJ[\w-]{8,1000}+\.[\w-]{8,}+\.[\w-]++"), MASK),
)


def names_secret(name: str) -> bool:
    """Whether an input or a key of this name holds a secret."""
    return name not in NO_SECRETS and any(word in name.lower() for word in SECRET_WORDS)


def mask(text: str) -> str:
    """A text without passwords and keys in its addresses, headers and known forms."""
    text = PARAMETER.sub(_masked_parameter, text)
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _masked_parameter(match: re.Match[str]) -> str:
    name = match[2].lower()
    return f"{match[1]}{match[2]}={MASK}" if any(word in name for word in PARAMETER_WORDS) else match[0]


def _beginning(text: str) -> str:
    """As much of a text as is looked at, masked. The word at which it is cut goes too: half of a secret is not known as one."""
    if len(text) <= LONGEST_TEXT:
        return mask(text)
    head = text[:LONGEST_TEXT]
    words = head.rstrip().rsplit(maxsplit=1)
    return mask(words[0] if len(words) > 1 else head)


def masked_value(value: Any, depth: int = DEEPEST) -> Any:
    """The same for a JSON value, and for JSON within a text. Of a long text only the beginning is given back."""
    if isinstance(value, Mapping):
        if depth == 0:
            return MASK
        return {
            key: MASK if one not in (None, "") and names_secret(str(key)) else masked_value(one, depth - 1)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [masked_value(one, depth - 1) for one in value] if depth else MASK
    if not isinstance(value, str):
        return value
    if value.lstrip()[:1] in ("{", "["):
        try:
            inner = foreign_json(value)
        except ValueError:
            return _beginning(value)
        if isinstance(inner, dict | list) and depth:
            return orjson.dumps(masked_value(inner, depth - 1)).decode()
    return _beginning(value)
