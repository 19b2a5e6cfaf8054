"""The OpenAI-compatible dialect: what production endpoints and the embedded models speak alike."""
