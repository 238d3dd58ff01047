"""Security of the local server: this machine's browser alone may ask, with this run's token.

A page of another host can make a browser send requests here. It cannot read the token, its Origin
is another, and where its name was made to lead here (DNS rebinding) the Host is another.
"""

import hmac
from collections.abc import Mapping

# No other host is asked for anything, no script or style stands in a page, nobody frames it.
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not “no-referrer”: with that, a browser sends “Origin: null” even to the page's own host.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def refusal_reason(
    host: str, given: str, token: str, headers: Mapping[str, str], writes: bool, enters: bool
) -> str | None:
    """Why a request is refused, in one sentence; None where it may pass.

    `host` is the address with its port as this server has it, `given` the token the request
    carries, `enters` whether it is the address that was printed, which may come from anywhere.
    """
    if headers.get("Host", "") != host:
        return "This page is for this machine alone, under the address that was printed."
    origin = headers.get("Origin", "")
    if (origin and origin != f"http://{host}") or (writes and not origin):
        return "The request comes from another page, so nothing was done."
    if not enters and headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return "The request comes from another page, so nothing was done."
    if not hmac.compare_digest(given.encode(), token.encode()):
        return "The token is missing or from another run: open the address that was printed."
    return None
