"""Slots: the numbers by which the index knows essays, which stay when others come and go.

An essay's slot follows from its id alone, but for a few that would share one; and it is none of the
first four. Three of these are the claims': by sentences, by notes for taggers, by labels and other
names; one is the titles'. Within a slot, records are numbered from 0: passages, or claims; titles
by the slots of their essays.
"""

import zlib
from collections.abc import Collection

HIDDEN = 2  # that of the claims' labels and `also`, which are there to be looked for, not shown
TITLES = 3
ESSAYS = 4  # the first that is an essay's


def slot_bits(essays: int) -> int:
    """How many bits a slot's number has: at least two slots an essay, and eight more."""
    return (2 * essays + 7).bit_length()


def slots(ids: Collection[str]) -> dict[str, int]:
    """Each essay's slot. Whoever comes first in the order of hashes has it, the next the next."""
    room = (1 << slot_bits(len(ids))) - ESSAYS
    taken: set[int] = set()
    given = {}
    for code, name in sorted((zlib.crc32(name.encode()), name) for name in ids):
        slot = code % room
        while slot in taken:
            slot = (slot + 1) % room
        taken.add(slot)
        given[name] = slot + ESSAYS
    return given
