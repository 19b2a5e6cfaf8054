"""Tells callers of answers that models were asked for how long that took, and how long the rest did: ``Server-Timing``."""

from __future__ import annotations

import time

from tradewind_server.rpc.call import Call

HEADER = "server-timing"


def timing_of(call: Call, now: float) -> str:
    """The value of the header: milliseconds of the models, and those of this server's own; empty where no model was asked.

    Waits for models side by side count once.
    """
    times = call.times
    if times is None or not times.model_seconds:
        return ""
    model = times.model_seconds * 1000
    own = max(0.0, (now - call.started) * 1000 - model)
    return f"model;dur={model:.1f}, own;dur={own:.1f}"


async def send_timing(call: Call) -> None:
    """Send the header of an answer that is whole. No other header may have been sent, and none can follow."""
    if timing := timing_of(call, time.perf_counter()):
        await call.context.send_initial_metadata(((HEADER, timing),))
