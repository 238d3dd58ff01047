"""To go."""

from crossclaim.content.markdown import literal

__all__ = ["literal"]
