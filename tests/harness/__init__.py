"""What tests and benchmarks share: a whole running stack, and what its processes cost."""
