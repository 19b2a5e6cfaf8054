"""``python -m tradewind_server`` is the ``tradewind`` command."""

from tradewind_server.cli import main

if __name__ == "__main__":
    main()
