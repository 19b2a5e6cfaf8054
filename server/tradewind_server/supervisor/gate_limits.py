"""How much the gate lets through at once, put into its configuration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEALTH_PLACES = 3
"""Places for health and reflection, as a multiple of those for calls: the workers bound each kind of them by itself."""


@dataclass(frozen=True, slots=True)
class GateLimits:
    """``calls`` run at once on all workers, ``streams`` on one connection. ``admin`` is the socket of Envoy's own figures.

    ``calls_on_their_way`` are let through beyond that: what one address sends too much reaches a worker, which refuses it,
    before it takes a place here from anybody else.
    """

    calls: int
    calls_on_their_way: int
    streams: int
    trusted_hops: int
    admin: Path


def set_limits(base: dict[str, Any], limits: GateLimits) -> None:
    """Change ``base`` in place. What the workers have no place for must be turned away here, where it costs least."""
    resources = base["static_resources"]
    manager = resources["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    manager["http2_protocol_options"]["max_concurrent_streams"] = limits.streams
    manager["xff_num_trusted_hops"] = limits.trusted_hops
    workers, health = resources["clusters"]
    for cluster, calls in (workers, limits.calls + limits.calls_on_their_way), (health, limits.calls * HEALTH_PLACES):
        threshold = cluster["circuit_breakers"]["thresholds"][0]
        threshold["max_requests"] = threshold["max_pending_requests"] = calls
        threshold["max_connections"] = max(threshold["max_connections"], calls)
        for options in cluster["typed_extension_protocol_options"].values():
            options["explicit_http_config"]["http2_protocol_options"]["max_concurrent_streams"] = limits.streams
    endpoints = workers["load_assignment"]["endpoints"]
    health["load_assignment"]["endpoints"] = endpoints
    base["admin"] = {"address": {"pipe": {"path": str(limits.admin), "mode": 0o600}}}
