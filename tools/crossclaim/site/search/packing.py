"""Packing: values as compressed JSON, in pieces that need not be compressed again with their file.

A file is one stream (zlib's, RFC 1950) that any reader unpacks as a whole. Its pieces are texts of
JSON, each compressed for itself: where one changes, the others are put in as they are. Rows of
numbers are characters in them.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import chain
from operator import sub
from typing import Any

_LEVEL = 6
_ADLER, _HEADER, _LAST_BLOCK = 65521, b"\x78\x9c", b"\x03\x00"
_OPENING, _COMMA, _CLOSING = b"[", b",", b"]"
_FIRST_CODE, _BACKSLASH = 35, 92  # code points for numbers begin after the quotation mark
_FIRST_SURROGATE, _SURROGATES = 0xD800, 0x800  # and leave out what stands for halves of others
_LAST_POINT = 0x10FFFF


def encoded(numbers: Iterable[int]) -> str:
    """Numbers as characters: less to write, to compress and to send than their digits."""
    return "".join(map(character, numbers))


@cache
def character(number: int) -> str:
    """A character that JSON and UTF-8 write as itself; there are a million of them."""
    point = _FIRST_CODE + number
    point += point >= _BACKSLASH
    point += _SURROGATES if point >= _FIRST_SURROGATE else 0
    return chr(min(point, _LAST_POINT))


def numbers_in(text: str) -> Iterator[int]:
    """The numbers that a row of characters stands for."""
    return map(_number, text)


@cache
def _number(character: str) -> int:
    point = ord(character)
    surrogates = _SURROGATES if point >= _FIRST_SURROGATE else 0
    return point - _FIRST_CODE - (point > _BACKSLASH) - surrogates


def steps(numbers: Sequence[int]) -> Iterator[int]:
    """Rising numbers as the first of them and the differences after it, which compress better."""
    return chain(numbers[:1], map(sub, numbers[1:], numbers))


def text_of(value: object) -> bytes:
    """A value as JSON, as short as it may be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def packed(value: object) -> bytes:
    """A value as a file of its own."""
    return zlib.compress(text_of(value), _LEVEL)


def unpacked(data: bytes) -> Any:
    """What a file holds."""
    return json.loads(zlib.decompress(data))


def piece(value: object) -> bytes:
    """A value compressed so that it can be put between others: checksum, length, and the data."""
    text = text_of(value)
    sums = zlib.adler32(text).to_bytes(4, "big") + len(text).to_bytes(4, "big")
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return sums + compressor.compress(text) + compressor.flush(zlib.Z_SYNC_FLUSH)


def value_of(a_piece: bytes) -> Any:
    """The value in a piece."""
    return json.loads(zlib.decompressobj(-15).decompress(a_piece[8:]))


def put_together(pieces: Sequence[bytes]) -> bytes:
    """A file that holds the list of the pieces' values."""
    parts = [_stored(_OPENING), *_between(pieces, _stored(_COMMA)), _stored(_CLOSING)]
    adler = reduce(_adler_of_both, parts, (1, 0))[0]
    data = b"".join(part[8:] for part in parts)
    return _HEADER + data + _LAST_BLOCK + adler.to_bytes(4, "big")


def _between(pieces: Sequence[bytes], separator: bytes) -> Iterator[bytes]:
    for number, a_piece in enumerate(pieces):
        if number:
            yield separator
        yield a_piece


@cache
def _stored(text: bytes) -> bytes:
    """A few characters as a piece that is not compressed."""
    size = len(text)
    block = b"\x00" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little")
    return zlib.adler32(text).to_bytes(4, "big") + size.to_bytes(4, "big") + block + text


def _adler_of_both(before: tuple[int, int], part: bytes) -> tuple[int, int]:
    """The checksum of a text and of what follows it, from their own; and the length of both."""
    adler, length = before
    other, own = int.from_bytes(part[:4], "big"), int.from_bytes(part[4:8], "big")
    low = adler % 65536 + other % 65536 - 1
    high = (adler >> 16) + (other >> 16) + own * (adler % 65536 - 1)
    return (high % _ADLER) << 16 | low % _ADLER, length + own


def fingerprint(*data: bytes) -> str:
    """What tells one content from another."""
    hashed = hashlib.sha256()
    for part in data:
        hashed.update(part)
    return hashed.hexdigest()[:16]
