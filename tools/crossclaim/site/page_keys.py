"""What each page is made from, as digests: while one is the same, its page need not be made again.

A digest may change where its page does not, never the other way round. Essays count by the digests
of their files, or by those of all but their words where no words of theirs are shown.
"""

from collections.abc import Mapping
from functools import cached_property

from crossclaim.content.collection import Loaded
from crossclaim.content.memory import digest
from crossclaim.content.settings import Settings
from crossclaim.model import Author, Claim, Essay
from crossclaim.site.index import Index
from crossclaim.site.measures import common_stems


class PageKeys:
    """The digests of one collection's pages."""

    def __init__(self, index: Index, settings: Settings, loaded: Loaded) -> None:
        self.index = index
        # Two essays may be the same word for word.
        self.digests = {e: digest(e, of_file) for e, of_file in loaded.digests.items()}
        self.loaded = loaded
        self._known_stems: dict[str, str] = {}
        authors = [
            (a.id, a.name, a.about, a.links, a.was, index.short_names[a.id])
            for a in index.authors.values()
        ]
        self._site = digest(repr(settings), repr(authors))
        self._names = digest(repr([(claim.id, claim.name) for claim in index.claims.values()]))
        self.everything = self._all(self.digests)
        # How old a second reading is depends on the words too.
        self.overview = self.everything if index.collection.readings else self._all(loaded.outlines)

    def _all(self, essays: Mapping[str, str]) -> str:
        collection = self.index.collection
        claims = (repr(_facts(claim)) for claim in collection.claims)
        of_essays = (essays[essay.id] for essay in collection.essays)
        return digest(self._site, repr(collection.readings), *claims, "", *of_essays)

    @cached_property
    def _voices(self) -> dict[str, str]:
        """Of each claim, what it says and who takes it up where: what notes in a margin show."""
        index = self.index
        return {
            claim.id: digest(
                repr((claim.id, claim.label, claim.sentence, claim.supports, claim.opposes)),
                repr(
                    [
                        (writers, index.names(writers), o.essay.id, o.passage.id)
                        for writers, o in index.plainest_by_writers(claim.id).items()
                    ]
                ),
                repr(
                    [
                        (writer, sorted({o.tag.stance.value for o in occurrences}))
                        for writer, occurrences in index.by_writer(claim.id).items()
                    ]
                ),
            )
            for claim in index.claims.values()
        }

    def essay(self, before: Essay | None, essay: Essay, after: Essay | None) -> str:
        """Of an essay's page."""
        tags = {tag.claim for passage in essay.passages for tag in passage.tags}
        turns = [(other.id, other.title) if other else None for other in (before, after)]
        voices = [self._voices[claim] for claim in sorted(tags)]
        own = self.digests[essay.id]
        return digest(self._site, own, repr(turns), self._stems(essay.language), *voices)

    def _stems(self, language: str) -> str:
        if language not in self._known_stems:
            self._known_stems[language] = repr(sorted(common_stems(self.index, language)))
        return self._known_stems[language]

    def claim(self, claim: Claim) -> str:
        """Of a claim's page and its preview."""
        index = self.index
        shown = (*index.occurrences(claim.id), *index.suggested_occurrences(claim.id))
        outlines, words = self.loaded.outlines, self.loaded.words
        others = (relation.other.id for relation in index.relations(claim))
        return digest(
            self._site,
            self._names,
            repr(_facts(claim)),
            self._voices[claim.id],
            *(self._voices[other] for other in others),
            *(outlines[o.essay.id] + words[o.essay.id][o.passage.number - 1] for o in shown),
        )

    def author(self, author: Author) -> str:
        """Of an author's page."""
        index = self.index
        essays = index.essays_by(author.id)
        tags = {t.claim for e in essays for passage in e.passages for t in passage.reviewed}
        voices = (self._voices[claim] for claim in sorted(tags))
        outlines = (self.loaded.outlines[essay.id] for essay in essays)
        return digest(self._site, self._names, author.id, *voices, *outlines)


def _facts(claim: Claim) -> tuple[object, ...]:
    """All that a claim's entry says, without where it stands."""
    told = (claim.id, claim.sentence, claim.theme, claim.about, claim.label)
    return *told, claim.opposes, claim.supports, claim.was, claim.also
