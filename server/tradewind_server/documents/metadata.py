"""What a loader node adds to the metadata of its documents, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class MetadataRules:
    """What a loader node adds to and leaves out of the metadata; ``a.b`` leaves out a nested key."""

    additions: dict[str, Any] = field(default_factory=dict)
    omissions: tuple[str, ...] = ()

    def apply(self, metadata: dict[str, Any]) -> dict[str, Any]:
        if "*" in self.omissions:
            return dict(self.additions)
        result = {**metadata, **self.additions}
        for name in self.omissions:
            result = _without(result, name.split("."))
        return result


def _without(values: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """The mapping without one key, which may lie deeper; what is shared with other documents stays as it is."""
    name, *below = path
    if name not in values:
        return values
    if not below:
        return {key: value for key, value in values.items() if key != name}
    inner = values[name]
    return {**values, name: _without(inner, below)} if isinstance(inner, dict) else values
