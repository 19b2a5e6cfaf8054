"""Models that run at Replicate."""
