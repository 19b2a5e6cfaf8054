"""Generated from proto/; never edited. Run `make generate`."""
