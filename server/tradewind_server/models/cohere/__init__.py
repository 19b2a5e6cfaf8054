"""The dialect of Cohere's API."""
