"""Files that the wheel carries, or the checkout of an editable installation."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def resource(name: str, source: str) -> Path:
    """A file that the wheel carries under ``assets/``, or the one at ``source`` in the checkout."""
    path = PACKAGE / "assets" / name
    return path if path.exists() else PACKAGE.parent.parent / source


def descriptor() -> Path:
    """The descriptor of the contract, which the gate and the workers read."""
    return resource("tradewind.binpb", "generated/descriptor/tradewind.binpb")


def rest_services() -> Path:
    """The names of the services that have REST routes, as JSON."""
    return resource("rest_services.json", "generated/descriptor/rest_services.json")
