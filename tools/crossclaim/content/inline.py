"""To go."""

from markupsafe import Markup

from crossclaim.content.markdown import as_html


def inline(t: str) -> Markup:
    """x."""
    return Markup(as_html(t))
