"""How the figures are printed: each beside its ceiling of the same run, and the peer's figure where one is known."""

from __future__ import annotations

import sys
from dataclasses import dataclass

WIDTH = 44


@dataclass(frozen=True)
class Row:
    """One measured line. ``ceiling`` is what the same run allows at most; ``peer`` what the upstream server does."""

    what: str
    connections: int
    rate: float
    p50: float
    p99: float
    cpu_us: float
    ceiling: float | None = None
    peer: str = ""
    failures: int = 0


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def head(title: str) -> None:
    say(f"\n{title}\n")
    say(f"| {'what':<{WIDTH}} | conn |   per s | of ceiling |  peer |    p50 |    p99 | CPU us | fail |")
    say("|---|---|---|---|---|---|---|---|---|")


def row(one: Row) -> None:
    """Latencies in milliseconds; CPU of the whole stack, in microseconds a request."""
    share = f"{one.rate / one.ceiling:10.2f}" if one.ceiling else " " * 10
    say(
        f"| {one.what:<{WIDTH}} | {one.connections:>4} | {one.rate:>7.0f} | {share} | {one.peer:>5} | {one.p50:>6.1f} | "
        f"{one.p99:>6.1f} | {one.cpu_us:>6.0f} | {one.failures:>4} |"
    )
