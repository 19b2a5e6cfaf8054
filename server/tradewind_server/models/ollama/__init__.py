"""Ollama's own dialect: only it takes the size of the context and the other options of its models."""
