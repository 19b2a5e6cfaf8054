"""Maps between domain values and the messages of ``tradewind.v1``."""
