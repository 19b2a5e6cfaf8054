"""Qdrant's embeddable engine behind Qdrant's own gRPC protocol, in a process of its own (docs/adr/0003)."""
