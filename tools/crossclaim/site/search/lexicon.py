"""The lexicon: how forms are written, and which share a stem, out of counts that can change.

Forms and stems lie in drawers by their hashes, read from memory when one of theirs is asked for.
Also which words stand somewhere as one: “front” and “line”, if there is a “frontline”.
"""

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crossclaim.language.stemmer import STEMMERS, stem
from crossclaim.site.search.inverted_index import Word
from crossclaim.site.search.memory import SearchMemory
from crossclaim.site.search.packing import text_of

_KIND, _DRAWERS = "search-forms", 256
_MIN_ENDING_COUNT = 2
_MIN_PART = 3  # letters; “a” and “way” are not “away”
_BETWEEN = "\t"

# How often each form is written in each way: “en<tab>Tea”; “en<tab>dont<tab>” for a whole compound.
Ways = Mapping[str, Mapping[str, int]]


def ways_of(words: Iterable[Word]) -> dict[str, Counter[str]]:
    """The ways in which words are written, by form."""
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        for form in word.forms:
            way = f"{word.language}{_BETWEEN}{form.written}{_BETWEEN if form.whole else ''}"
            ways[form.form][way] += len(word.numbers)
    return ways


@dataclass(slots=True)
class _Drawer:
    forms: dict[str, dict[str, int]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    changed: bool = False


@dataclass(slots=True)
class LexiconChanges:
    """What a change of counts did: forms that are new or gone, and those whose kin changed."""

    appeared: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)


class Lexicon:
    """All forms with their ways and stems; `endings` counts what forms have beyond their stems."""

    def __init__(self, memory: SearchMemory, endings: Counter[str]) -> None:
        self._memory, self._endings = memory, endings
        self._drawers: dict[int, _Drawer] = {}

    def _drawer(self, name: str) -> _Drawer:
        number = zlib.crc32(name.encode()) % _DRAWERS
        drawer = self._drawers.get(number)
        if drawer is None:
            drawer = self._drawers[number] = _Drawer()
            for _, value in self._memory.read(_KIND, [str(number)]).values():
                drawer.forms, drawer.stems = json.loads(value)
        return drawer

    def change(self, ways: Ways) -> LexiconChanges:
        """Add to the counts of ways, or take away from them; what that changed."""
        changes = LexiconChanges()
        for form in sorted(ways):
            drawer = self._drawer(form)
            before = drawer.forms.get(form, {})
            after = {
                w: n
                for w in {**before, **ways[form]}
                if (n := before.get(w, 0) + ways[form].get(w, 0))
            }
            drawer.changed = True
            drawer.forms[form] = dict(sorted(after.items()))
            if not after:
                del drawer.forms[form]
            if bool(before) != bool(after):
                (changes.appeared if after else changes.vanished).add(form)
            self._relate(form, _stems(before), _stems(after), changes)
        changes.stems |= changes.appeared | changes.vanished
        return changes

    def _relate(
        self, form: str, before: set[str], after: set[str], changes: LexiconChanges
    ) -> None:
        for name in before ^ after:
            drawer = self._drawer(name)
            drawer.changed = True
            family = drawer.stems.setdefault(name, [])
            changes.forms |= {form, *family}
            changes.stems.add(name)
            joins = name in after
            (family.append if joins else family.remove)(form)
            family.sort()
            if not family:
                del drawer.stems[name]
            if form.startswith(name):
                ending = form.removeprefix(name)
                self._endings[ending] += 1 if joins else -1
                if not self._endings[ending]:
                    del self._endings[ending]

    def __contains__(self, form: str) -> bool:
        return form in self._drawer(form).forms

    def all_stems(self) -> list[str]:
        """All stems that have come up since the lexicon was opened."""
        return [name for drawer in self._drawers.values() for name in drawer.stems]

    def family(self, name: str) -> list[str]:
        """The forms of a stem, folded, each stemmed in the language it stands in."""
        return self._drawer(name).stems.get(name, [])

    def is_listed(self, name: str) -> bool:
        """Whether a stem says more than the form it is: it is of several forms, or of another."""
        family = self.family(name)
        return len(family) > 1 or (bool(family) and name not in self)

    def shared_stems(self, form: str) -> list[str]:
        """A form's stems that others have too."""
        names = _stems(self._drawer(form).forms.get(form, {}))
        return sorted(name for name in names if len(self.family(name)) > 1)

    def spelling(self, form: str) -> str:
        """How a form is mostly written; "" where it is only a compound's whole."""
        counts: Counter[str] = Counter()
        for way, count in self._drawer(form).forms.get(form, {}).items():
            _, written, *whole = way.split(_BETWEEN)
            if not whole:
                counts[written] += count
        return min(counts, key=lambda way: (-counts[way], way), default="")

    def endings(self) -> tuple[str, ...]:
        """What words have beyond their stems; such as few have are accidents."""
        counts = self._endings.items()
        return tuple(sorted(e for e, count in counts if e and count >= _MIN_ENDING_COUNT))

    def remember(self) -> None:
        """Keep what has changed in memory."""
        changed = {str(number): d for number, d in self._drawers.items() if d.changed}
        full = {name: d for name, d in changed.items() if d.forms or d.stems}
        values = {name: ("", text_of([d.forms, d.stems])) for name, d in full.items()}
        self._memory.write(_KIND, values)
        self._memory.remove(_KIND, changed.keys() - full.keys())


def _stems(ways: Iterable[str]) -> set[str]:
    stems = set()
    for way in ways:
        language, written, *_ = way.split(_BETWEEN)
        if language in STEMMERS:
            stems.add(stem(written.lower(), language))
    return stems - {""}


def joinable_pairs(known: set[str]) -> dict[str, list[str]]:
    """Pairs of words that also stand as one: “front” to “line”, if there is a “frontline”."""
    pairs: dict[str, list[str]] = defaultdict(list)
    for whole in known:
        for one, other in _halves(whole, known):
            pairs[one].append(other)
    return {one: sorted(others) for one, others in sorted(pairs.items())}


def _halves(whole: str, known: set[str]) -> Iterator[tuple[str, str]]:
    for cut in range(_MIN_PART, len(whole) - _MIN_PART + 1):
        if whole[:cut] in known and whole[cut:] in known:
            yield whole[:cut], whole[cut:]


def changed_pairs(
    pairs: Mapping[str, list[str]], known: set[str], appeared: set[str], vanished: set[str]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Joinable pairs that come with new forms, and those that go with others."""
    gone = {
        (one, other)
        for one, others in (pairs.items() if vanished else ())
        for other in others
        if not vanished.isdisjoint((one, other, one + other))
    }
    text = "\n{}\n".format("\n".join(known)) if appeared else ""
    wholes = {whole for form in appeared for whole in (form, *_beside(form, text))}
    come = {
        pair
        for whole in wholes
        for pair in _halves(whole, known)
        if not appeared.isdisjoint((*pair, whole))
    }
    return come, gone


def _beside(form: str, text: str) -> Iterator[str]:
    """Forms that begin or end with another; `text` has them all, a line each."""
    if len(form) < _MIN_PART:
        return
    for sought in (f"\n{form}", f"{form}\n"):
        place = text.find(sought)
        while place >= 0:
            yield text[text.rfind("\n", 0, place + 1) + 1 : text.index("\n", place + 1)]
            place = text.find(sought, place + 1)
