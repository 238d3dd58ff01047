"""crossclaim: read a dispute — every paragraph with its claims, every claim with its paragraphs."""

__version__ = "0.1.0"
