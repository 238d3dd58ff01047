"""To go."""

from crossclaim.content.markdown import addresses, excerpt
from crossclaim.content.markdown import plain_words as plain

__all__ = ["addresses", "excerpt", "plain"]
