"""The dialect of Google's Generative Language API."""
