"""Models that run at AWS Bedrock."""
