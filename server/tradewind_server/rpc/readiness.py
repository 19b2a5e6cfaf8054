"""The type of readiness checks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

ReadinessCheck = Callable[[], Awaitable[bool]]
"""Answers whether a part, such as the database, responds."""
