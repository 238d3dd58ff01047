"""Bytes to text."""


def decoded(data: bytes, declared: str = "") -> str:
    """UTF-8 for now."""
    return data.decode("utf-8")
