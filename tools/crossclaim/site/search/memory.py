"""What the search asks of a memory: that of a collection, or none."""

from collections.abc import Iterable, Mapping
from typing import Protocol


class SearchMemory(Protocol):
    """A store of values: each has a kind, a name and the key of what it was made from."""

    def read(self, kind: str, names: Iterable[str] | None = None) -> dict[str, tuple[str, bytes]]:
        """The keys and values of these names, or of all, as far as there are any."""

    def write(self, kind: str, values: Mapping[str, tuple[str, bytes]]) -> None:
        """Remember values with their keys."""

    def remove(self, kind: str, names: Iterable[str]) -> None:
        """Forget these names."""

    def keep(self, kind: str, names: Iterable[str]) -> None:
        """Forget all but these names."""


class Forgetful:
    """A memory that keeps nothing."""

    def read(self, kind: str, names: Iterable[str] | None = None) -> dict[str, tuple[str, bytes]]:
        """Nothing."""
        return {}

    def write(self, kind: str, values: Mapping[str, tuple[str, bytes]]) -> None:
        """Nothing is kept."""

    def remove(self, kind: str, names: Iterable[str]) -> None:
        """Nothing is there."""

    def keep(self, kind: str, names: Iterable[str]) -> None:
        """Nothing is there."""
