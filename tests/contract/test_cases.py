"""Every case of ``cases/``, over gRPC and over REST."""

from __future__ import annotations

from harness.runner import Case, World


def test_case(world: World, case: Case, door: str) -> None:
    case.run(world, door)
