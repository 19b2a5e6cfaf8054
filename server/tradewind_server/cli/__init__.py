"""The ``tradewind`` command: thin commands over the same parts the server is made of."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``tradewind`` script."""
    from tradewind_server.cli.main import run

    run()
