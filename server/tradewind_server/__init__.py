"""Tradewind: Flowise chatflows as a typed gRPC service, with the same REST routes through Envoy."""
