"""Adapters to speech models: OpenAI-compatible endpoints, Azure, and the embedded model in a child process."""
