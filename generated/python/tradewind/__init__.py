"""Generated from proto/tradewind/v1; never edited. Run `make generate`."""
