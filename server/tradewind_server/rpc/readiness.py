"""What a check of a part is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

Check = Callable[[], Awaitable[bool]]
"""Whether a part answers."""
