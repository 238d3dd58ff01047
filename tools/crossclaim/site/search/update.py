"""The search's files after a change: only those that the change touches are made anew.

What they hold depends on the collection alone, not on what it was before: a clean build gives the
same bytes. What an update needs of the last time is remembered with it; where a change reaches
into everything (another language, many more essays, another mean length), all is made anew.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from functools import cached_property, partial
from typing import Any

from crossclaim.language.words import fold
from crossclaim.site.search.index_files import (
    FOLDER,
    EssayRow,
    Tags,
    languages_of,
    of_words,
    slots_with,
    spelling,
    table_of_contents,
    tag_file,
    tag_file_content,
    tags_in,
    text_files,
    text_names,
    texts_in,
)
from crossclaim.site.search.inverted_index import (
    InvertedIndex,
    Postings,
    Text,
    Texts,
    rounded_mean,
)
from crossclaim.site.search.lexicon import (
    Lexicon,
    LexiconChanges,
    changed_pairs,
    joinable_pairs,
    ways_of,
)
from crossclaim.site.search.memory import Forgetful, SearchMemory
from crossclaim.site.search.packing import fingerprint, packed, text_of, unpacked
from crossclaim.site.search.records import EssayRecord, EssaySource, PassageRecord, SearchRecords
from crossclaim.site.search.shards import (
    FromMemory,
    FromTexts,
    Made,
    Notes,
    Shards,
    Terms,
    forget_pieces,
    make_shards,
)
from crossclaim.site.search.slots import ESSAYS, HIDDEN, TITLES, slot_bits, slots

_STATE, _TEXTS, _TAGS, _NEAR = "search", "search-texts", "search-tags", "search-near"
_KINDS = (_STATE, _TEXTS, _TAGS, _NEAR, "search-forms", "search-words", "search-places")
_FEW = 8  # essays; where more than these and a tenth of all have other texts, all is made anew


@dataclass(frozen=True, slots=True)
class Changes:
    """The search's files by path under the docs folder: those to write, and all there are."""

    files: dict[str, bytes]
    paths: tuple[str, ...]


def data_files(records: SearchRecords) -> dict[str, bytes]:
    """Every file of the search's data, by its path under the docs folder."""
    return update_search(records, Forgetful()).files


def update_search(
    records: SearchRecords, memory: SearchMemory, lost: Set[str] = frozenset()
) -> Changes:
    """What is to be written so that the files are those of these records.

    `memory` has what the last update left there, whose files are still as it made them but for
    those that are `lost`. It is to be committed once the files are written.
    """
    lost_names = {path.removeprefix(f"{FOLDER}/").removesuffix(".idx") for path in lost}
    try:
        made = _Update(records, memory, lost_names).make()
    except (_EverythingChanged, LookupError):  # or the memory has lost something
        for kind in _KINDS:
            memory.keep(kind, ())
        made = _Update(records, memory, None).make()
    return Changes(
        {f"{FOLDER}/{name}.idx": data for name, data in made.written.items()},
        tuple(f"{FOLDER}/{name}.idx" for name in made.names),
    )


# Of each slot whose texts changed, the index of what it had and of what it has.
_Indexes = dict[int, tuple[InvertedIndex, InvertedIndex]]


class _EverythingChanged(Exception):
    """The last time's files are of no use."""


@dataclass(slots=True)
class _Head:
    """What all files share: `scale` is what numbers and weights depend on."""

    scale: list[object] = field(default_factory=list)
    words: dict[str, object] = field(default_factory=dict)  # as of `of_words`
    languages: dict[str, int] = field(default_factory=dict)
    near: str = ""  # a digest of what the near words were made of
    near_starts: list[str] = field(default_factory=list)


class _State:
    """What is remembered of the last time, read when it is asked for."""

    def __init__(self, memory: SearchMemory) -> None:
        self._memory = memory

    def _value(self, name: str) -> Any:
        return json.loads(self._memory.read(_STATE, [name])[name][1])

    @cached_property
    def head(self) -> _Head:
        return _Head(**self._value("head"))

    @cached_property
    def rows(self) -> dict[str, EssayRow]:
        return {name: EssayRow(*row) for name, row in self._value("essays").items()}

    @cached_property
    def files(self) -> dict[str, str]:
        files: dict[str, str] = self._value("files")
        return files

    @cached_property
    def terms(self) -> Terms:
        names, counts, hidden, forms, spelled = self._value("terms")
        return Terms(
            dict(zip(_listed(names), counts, strict=True)),
            hidden,
            dict(zip(_listed(forms), _listed(spelled), strict=True)),
        )

    @cached_property
    def pairs(self) -> dict[str, list[str]]:
        pairs: dict[str, list[str]] = self._value("pairs")
        return pairs

    @cached_property
    def endings(self) -> Counter[str]:
        return Counter(self._value("endings"))


class _Fresh(_State):
    """Nothing is remembered."""

    def __init__(self) -> None:
        self.head = _Head()
        self.rows, self.files = {}, {}
        self.terms, self.pairs, self.endings = Terms(), {}, Counter()


class _Update:
    """One update. `lost` are the names of files that are not as they were; None: all are new."""

    def __init__(self, records: SearchRecords, memory: SearchMemory, lost: Set[str] | None) -> None:
        self._records, self._memory = records, memory
        self._fresh, self._lost = lost is None, lost or set()
        self._last: _State = _Fresh() if lost is None else _State(memory)
        self._rows: dict[str, EssayRow] = {}
        self._files: dict[str, str] = {}
        self.written: dict[str, bytes] = {}
        self._later: list[Callable[[], None]] = []  # what the memory is told in the end
        self._new: dict[str, dict[str, tuple[str, bytes]]] = defaultdict(dict)  # and this, by kind
        self._before: dict[int, EssayRow] = {}  # slots whose texts changed, with what they had
        self._after: dict[int, Texts] = {}  # and what they have
        self._tags: dict[int, Tags] = {}

    @property
    def names(self) -> list[str]:
        """The names of all files."""
        return [*self._files]

    def make(self) -> "_Update":
        """Make everything that changed."""
        if not self._fresh and self._scale(self._last.head.scale[-1]) != self._last.head.scale:
            raise _EverythingChanged
        self._read_essays()
        self._tag_files()
        head = self._words() if self._fresh or self._words_changed() else self._same_words()
        self._near_files(head)
        self._table_files(head)
        for name, value, before in (
            ("head", asdict(head), asdict(self._last.head)),
            ("essays", self._rows, self._last.rows),
            ("files", self._files, self._last.files),
        ):
            if value != before:
                self._remember(name, value)
        for remember in self._later:
            remember()
        for kind, values in self._new.items():
            self._memory.write(kind, values)
        return self

    def _scale(self, mean: object) -> list[object]:
        return [self._records.language, slot_bits(len(self._records.essays)), mean]

    def _remember(self, name: str, value: object) -> None:
        rows = isinstance(value, dict) and value is self._rows
        plain = {n: [*_values(row)] for n, row in self._rows.items()} if rows else value
        self._new[_STATE][name] = "", text_of(plain)

    # Essays: which have changed; the files that are theirs.

    def _sources(self) -> Iterable[tuple[int, EssaySource]]:
        """All slots in their order, those first that are no essay's."""
        essays = self._records.essays
        by_slot = slots([essay.id for essay in essays])
        titles = [("", "")] * (max(by_slot.values(), default=-1) + 1)
        for essay in essays:
            titles[by_slot[essay.id]] = essay.title, essay.language
        claims = (((text, "") for text in texts) for texts in self._records.texts_of_claims())
        for slot, texts in enumerate((*map(list, claims), titles)):
            record = partial(_record_of_texts, texts)
            yield slot, EssaySource(f"\n{slot}", fingerprint(text_of(texts)), record)
        yield from sorted(
            ((by_slot[essay.id], essay) for essay in essays), key=lambda pair: pair[0]
        )

    def _read_essays(self) -> None:
        rows = self._last.rows
        if self._fresh:
            self._inverted = InvertedIndex(self._texts())
            return
        for _ in self._texts():
            pass
        for name in rows.keys() - self._rows.keys():
            self._before[rows[name].slot] = rows[name]
        many = len(self._before.keys() | self._after.keys())
        if many > _FEW + len(self._rows) // 10:
            raise _EverythingChanged

    def _texts(self) -> Iterable[tuple[int, Texts]]:
        """The texts of all slots where they changed; their files are written on the way."""
        for slot, source in self._sources():
            last = self._last.rows.get(source.id)
            if last and last.slot == slot and source.key and last.key == source.key:
                self._keep(source.id, last)
                continue
            record = source.record()
            texts = [
                Text(p.text, p.language or self._records.language, p.deciding)
                for p in record.passages
            ]
            row = _row(source.key, slot, record, texts)
            row.length = last.length if last and last.words == row.words else 0
            self._rows[source.id] = row
            self._text_files(record, row)
            if slot >= ESSAYS:
                self._tags[slot] = [passage.tags for passage in record.passages]
            if not last or last.slot != slot or last.words != row.words:
                if last:
                    self._before[last.slot] = last
                if not self._fresh:
                    self._after[slot] = texts
                yield slot, texts

    def _keep(self, name: str, row: EssayRow) -> None:
        self._rows[name] = row
        if row.slot >= ESSAYS:
            for file in text_names(row):
                self._keep_file(file, partial(self._remembered, _TEXTS, file))

    def _remembered(self, kind: str, name: str) -> bytes:
        return self._memory.read(kind, [name])[name][1]

    def _keep_file(self, name: str, data: Callable[[], bytes]) -> None:
        self._files[name] = self._last.files[name]
        if name in self._lost:
            self.written[name] = data()

    def _text_files(self, record: EssayRecord, row: EssayRow) -> None:
        for name, content in text_files(record, row).items():
            data = packed(content)
            self._new[_TEXTS][name] = "", data
            if row.slot >= ESSAYS:
                self._file(name, data)

    def _file(self, name: str, data: bytes) -> None:
        """A file, which is written if it is another than it was."""
        self._files[name] = fingerprint(data)
        if name in self._lost or self._last.files.get(name) != self._files[name]:
            self.written[name] = data

    def _value_file(self, name: str, value: object) -> None:
        """The same of a value, which is packed only if it is another."""
        self._files[name] = fingerprint(text_of(value))
        if name in self._lost or self._last.files.get(name) != self._files[name]:
            self.written[name] = packed(value)

    def _tag_files(self) -> None:
        gone = {row.slot for row in self._last.rows.values()} - {
            r.slot for r in self._rows.values()
        }
        changed = {tag_file(slot) for slot in {*self._tags, *gone} if slot >= ESSAYS}
        all_names = {tag_file(row.slot) for row in self._rows.values() if row.slot >= ESSAYS}
        for name in sorted(all_names - changed):
            self._keep_file(name, partial(self._remembered, _TAGS, name))
        now = slots_with(changed, self._rows.values())
        for name, before in slots_with(changed, self._last.rows.values()).items():
            file = unpacked(self._remembered(_TAGS, name)) if before else ["", ""]
            tags = {**tags_in(file, before), **self._tags}
            if now[name]:
                data = packed(tag_file_content({n: tags[n] for n in now[name]}))
                self._new[_TAGS][name] = "", data
                self._file(name, data)
            else:
                self._later.append(partial(self._memory.remove, _TAGS, [name]))

    # Words: the shards, and what is known of all words.

    def _words_changed(self) -> bool:
        lost = any(name.startswith(("words-", "places-", "spelling")) for name in self._lost)
        return bool(lost or self._before or self._after)

    def _words(self) -> _Head:
        self._lexicon = Lexicon(self._memory, self._last.endings)
        shards = self._all_shards() if self._fresh else self._changed_shards()
        terms = self._last.terms
        self._value_file("spelling", spelling(terms, shards.terms))
        counts = [terms.counts[term] for term in shards.terms]
        otherwise = [term for term in shards.terms if term in terms.spelled]
        texts = (shards.terms, otherwise, map(terms.spelled.__getitem__, otherwise))
        names, forms, spelled = ("".join(f"{each}\n" for each in own) for own in texts)
        self._remember("terms", [names, counts, terms.hidden, forms, spelled])
        self._remember("endings", self._last.endings)
        self._remember("pairs", self._last.pairs)
        self._later.append(self._lexicon.remember)
        self._forget_texts()
        languages, language = languages_of(self._rows.values()), self._records.language
        endings = self._lexicon.endings()
        words = of_words(shards.starts, terms.counts, endings, languages, language)
        return _Head(self._scale(self._mean), words, languages)

    def _measure(self, lengths: Mapping[int, int]) -> None:
        """Take up the lengths of the texts that changed, by slot, and the mean of all."""
        rows = self._rows.values()
        for row in rows:
            row.length = lengths.get(row.slot, row.length)
        self._mean = rounded_mean(sum(r.length for r in rows), sum(r.passages for r in rows))
        if not self._fresh and self._scale(self._mean) != self._last.head.scale:
            raise _EverythingChanged

    def _forget_texts(self) -> None:
        names = {name for row in self._before.values() for name in text_names(row)}
        names -= {name for row in self._rows.values() for name in text_names(row)}
        self._later.append(partial(self._memory.remove, _TEXTS, sorted(names)))

    def _same_words(self) -> _Head:
        """Keep all files of words, none of which has changed."""
        for name, known in self._last.files.items():
            if name.startswith(("words-", "places-", "spelling")):
                self._files[name] = known
        return self._last.head

    def _all_shards(self) -> Shards:
        inverted, lexicon, terms = self._inverted, self._lexicon, self._last.terms
        self._measure(inverted.lengths())
        lexicon.change(ways_of(inverted.words))
        self._last.pairs = joinable_pairs({*inverted.sources})
        inverted.join(self._last.pairs)
        inverted.weigh(self._mean)
        for form in inverted.sources:
            terms.counts[form] = inverted.occurrences(form)
            if hidden := inverted.occurrences_in(form, range(HIDDEN, HIDDEN + 1)):
                terms.hidden[form] = hidden
        self._spell(terms.counts.keys())
        self._list_stems(lexicon.all_stems())
        shards = Shards(terms.counts, slot_bits(len(self._records.essays)))
        source = FromTexts(inverted, shards, lexicon, self._last.pairs)
        made = make_shards(shards, range(len(shards.ranges)), terms.counts, source, self._memory)
        self._take(made)
        return shards

    def _take(self, made: Made) -> None:
        for name, data in made.files.items():
            self._file(name, data)
        self._later.append(partial(made.remember, self._memory))

    def _spell(self, forms: Iterable[str]) -> None:
        terms = self._last.terms
        for form in forms:
            spelled = self._lexicon.spelling(form)
            if form in terms.counts and spelled != form:
                terms.spelled[form] = spelled
            else:
                terms.spelled.pop(form, None)

    def _list_stems(self, stems: Iterable[str]) -> None:
        """Stems that are no forms are terms where they are listed."""
        counts = self._last.terms.counts
        for stem in stems:
            if stem in self._lexicon:
                continue
            if self._lexicon.is_listed(stem):
                counts[stem] = 0
            else:
                counts.pop(stem, None)

    def _changed_shards(self) -> Shards:
        bits = slot_bits(len(self._records.essays))
        old = Shards(dict(self._last.terms.counts), bits)
        indexes = self._both_indexes()
        self._measure({slot: sum(i.lengths().values()) for slot, (_, i) in indexes.items()})
        changes, joinable = self._changed_forms(indexes)
        slots_of_forms = self._slot_changes(indexes, joinable)
        counts = self._last.terms.counts
        self._list_stems(changes.stems)
        new = Shards(counts, bits)
        touched = {*slots_of_forms, *changes.forms, *changes.stems}
        told = Notes(self._lexicon, joinable)
        source = FromMemory(self._memory, (old, new), slots_of_forms, touched, told)
        kept = self._kept_ranges(old, new, touched)
        made_anew = [n for n, name in enumerate(new.names) if name not in kept]
        self._take(make_shards(new, made_anew, counts, source, self._memory))
        for name in kept:
            for file in (f"words-{name}", f"places-{name}"):
                self._files[file] = self._last.files[file]
        gone = [number for number, name in enumerate(old.names) if name not in kept]
        self._later.insert(0, partial(forget_pieces, self._memory, (old, gone), (new, made_anew)))
        self._last.pairs = joinable
        return new

    def _kept_ranges(self, old: Shards, new: Shards, touched: Set[str]) -> set[str]:
        """The names of the ranges of words that stay as they are."""
        anew = {new.range_of(term) for term in touched}
        keys = {old.key(number) for number in range(len(old.ranges))}
        return {
            name
            for number, name in enumerate(new.names)
            if number not in anew
            and new.key(number) in keys
            and self._lost.isdisjoint((f"words-{name}", f"places-{name}"))
        }

    def _both_indexes(self) -> _Indexes:
        indexes = {}
        for slot in sorted(self._before.keys() | self._after.keys()):
            before = self._old_texts(self._before[slot]) if slot in self._before else []
            texts = before, self._after.get(slot, [])
            indexes[slot] = _index_of(slot, texts[0]), _index_of(slot, texts[1])
        return indexes

    def _old_texts(self, row: EssayRow) -> list[Text]:
        names = text_names(row)
        files = self._memory.read(_TEXTS, names)
        return [
            text
            for name in names
            for text in texts_in(unpacked(files[name][1]), self._records.language)
        ]

    def _changed_forms(self, indexes: _Indexes) -> tuple[LexiconChanges, dict[str, list[str]]]:
        """Count the words; what this did to them, and which may now be joined.

        Where it is others, the slots that have them are added to the indexes.
        """
        changed = _difference(indexes)
        changes = self._lexicon.change(changed)
        counts = self._last.terms.counts
        for form in changes.appeared:
            counts[form] = 0
        for form in changes.vanished:
            del counts[form]
        self._spell(changed)
        known = {form for form in counts if counts[form] or form in changes.appeared}
        pairs = self._last.pairs
        come, gone = changed_pairs(pairs, known, changes.appeared, changes.vanished)
        joinable = _with_pairs(pairs, come, gone)
        changes.forms |= {one for one, _ in come | gone}
        if come or gone:
            self._add_indexes(indexes, come | gone)
        return changes, joinable

    def _add_indexes(
        self,
        indexes: _Indexes,
        pairs: set[tuple[str, str]],
    ) -> None:
        """Add the indexes of slots that have one of these pairs of words in a row."""
        either = "|".join(
            rf"{re.escape(one)}[\W_]*{re.escape(other)}" for one, other in sorted(pairs)
        )
        pattern = re.compile(either)
        for row in self._rows.values():
            if row.slot in indexes:
                continue
            texts = self._old_texts(row)
            if any(pattern.search(fold(text.words)) for text in texts):
                indexes[row.slot] = _index_of(row.slot, texts), _index_of(row.slot, texts)

    def _slot_changes(
        self,
        indexes: _Indexes,
        joinable: dict[str, list[str]],
    ) -> dict[str, dict[int, Postings | None]]:
        """The posting lists that changed in these slots; terms are counted accordingly."""
        terms = self._last.terms
        changes: dict[str, dict[int, Postings | None]] = defaultdict(dict)
        for slot, (before, after) in indexes.items():
            before.join(self._last.pairs)
            after.join(joinable)
            for index in (before, after):
                index.weigh(self._mean)
            for form in before.sources.keys() | after.sources.keys():
                one, other = (
                    i.postings(form) if form in i.sources else None for i in (before, after)
                )
                if one != other:
                    changes[form][slot] = other
                    more = _occurrences(other) - _occurrences(one)
                    if form in terms.counts:
                        terms.counts[form] += more
                    if slot == HIDDEN:
                        terms.hidden[form] = terms.hidden.get(form, 0) + more
        terms.hidden = {form: number for form, number in terms.hidden.items() if number}
        return changes

    # Near words: made anew where the claims' words or the collection's common words are others.

    def _near_files(self, head: _Head) -> None:
        files: dict[str, list[object]] = {}
        if self._fresh or self._words_changed():
            from crossclaim.site.search.near_words import near_files, near_words  # brings numpy

            counts = self._last.terms.counts
            hidden = self._last.terms.hidden
            known = {form for form in counts if counts[form] > hidden.get(form, 0)}
            near = near_words(self._names_of_claims(), known, self._records.language)
            made_of = [near.claims, [*near.of_claims.items()], [*near.of_passages.items()]]
            head.near = fingerprint(text_of(made_of))
            if head.near != self._last.head.near:
                head.near_starts, files = near_files(near)
        names = [n for n in self._last.files if n == "claim-words" or n.startswith("near-")]
        if not files:
            head.near_starts = self._last.head.near_starts
            for name in names:
                self._keep_file(name, partial(self._remembered, _NEAR, name))
            return
        for name, value in files.items():
            data = packed(value)
            self._new[_NEAR][name] = "", data
            self._file(name, data)
        gone = sorted({*names} - files.keys())
        self._later.append(partial(self._memory.remove, _NEAR, gone))

    def _names_of_claims(self) -> list[tuple[str, ...]]:
        claims = zip(self._records.claims, self._records.names, strict=True)
        return [(sentence, *names) for (_, _, _, sentence), names in claims]

    # The files that are of the whole collection.

    def _table_files(self, head: _Head) -> None:
        essays = self._records.essays
        self._value_file("sentences", [sentence for _, _, _, sentence in self._records.claims])
        self._value_file("titles", [[essay.id, self._rows[essay.id].title] for essay in essays])
        self._files = dict(sorted(self._files.items()))
        index = table_of_contents(self._records, self._rows, head.words)
        index["near"] = head.near_starts
        index["version"] = fingerprint(text_of([self._files, index]))
        self._value_file("index", index)


def _record_of_texts(texts: Sequence[tuple[str, str]]) -> EssayRecord:
    """Texts with their languages, as if they were an essay's."""
    passages = tuple(PassageRecord(text, "", language, ()) for text, language in texts)
    return EssayRecord("", "", (), "", 0, passages)


def _row(key: str, slot: int, record: EssayRecord, texts: Texts) -> EssayRow:
    return EssayRow(
        key=key,
        slot=slot,
        words=fingerprint(text_of(texts)),
        length=0,
        languages=dict(Counter(text.language for text in texts)),
        title=record.title,
        authors=[*record.authors],
        date=record.date,
        sort_date=record.sort_date,
        passages=len(record.passages) if slot != TITLES else sum(bool(t.words) for t in texts),
    )


def _values(row: EssayRow) -> Iterable[object]:
    return (getattr(row, name) for name in EssayRow.__slots__)


def _index_of(slot: int, texts: Texts) -> InvertedIndex:
    return InvertedIndex([(slot, texts)] if texts else [])


def _listed(text: str) -> list[str]:
    """The lines of a text, which is read sooner than a list of them."""
    return text.split("\n")[:-1]


def _difference(indexes: _Indexes) -> dict[str, Counter[str]]:
    """How much more often forms are now written in each way, in the slots whose texts changed."""
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for before, after in indexes.values():
        for index, sign in ((before, -1), (after, 1)):
            for form, own in ways_of(index.words).items():
                for way, count in own.items():
                    ways[form][way] += sign * count
    return {form: own for form, own in ways.items() if any(own.values())}


def _occurrences(postings: Postings | None) -> int:
    return len(postings.positions) if postings else 0


def _with_pairs(
    pairs: Mapping[str, list[str]], come: set[tuple[str, str]], gone: set[tuple[str, str]]
) -> dict[str, list[str]]:
    """Pairs, with some more and some less."""
    others = {one: {*of} for one, of in pairs.items()}
    for one, other in come:
        others.setdefault(one, set()).add(other)
    for one, other in gone:
        others[one].discard(other)
    return {one: sorted(of) for one, of in sorted(others.items()) if of}
