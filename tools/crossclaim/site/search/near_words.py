"""Near words: for each common word, which words of the collection are near it in meaning.

Two kinds of file, values only:

- `near-<hash>`, a range of the alphabet: a line for each family of words (a stem's forms), in four
  fields: its forms; the one that stands in the collection, if any; words of claims that are near;
  words of passages that are. A digit after each says how near.
- `claim-words`: each claim's sentence, label and other names as such words, without small ones.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from crossclaim.language.stemmer import primary_language
from crossclaim.language.stopwords import small_words
from crossclaim.language.vocabulary import Vocabulary, vocabulary
from crossclaim.language.words import forms
from crossclaim.site.search.division import Division, browser_order, file_names
from crossclaim.site.search.packing import encoded

_OF_CLAIMS, _OF_PASSAGES = 6, 2  # near words of a word, at most
_NEAR_CLAIMS, _NEAR_PASSAGES = 0.45, 0.55  # cosines
_SHARD_SIZE = 20_000  # letters


@dataclass(frozen=True, slots=True)
class NearWords:
    """What the files are made of: each claim's texts, and the words of both by family."""

    vocabulary: Vocabulary
    claims: tuple[tuple[tuple[str, ...], ...], ...]
    of_claims: Mapping[int, str]  # a family's number: its form in the claims
    of_passages: Mapping[int, str]


def near_words(
    texts_of_claims: Sequence[Sequence[str]], known: Collection[str], language: str
) -> NearWords:
    """The words of claims, each given as its texts, and of passages, whose forms are `known`."""
    words = vocabulary(primary_language(language))
    family_of = {form: n for n, family in enumerate(words.families) for form in family.forms}
    small = small_words(language)
    split = [[_words(text, small) for text in texts] for texts in texts_of_claims]
    in_claims = {word for texts in split for text in texts for word in text}
    of_claims = _by_family(words, family_of, in_claims)
    of_passages = _by_family(words, family_of, known)
    return NearWords(
        words,
        tuple(
            tuple(
                tuple(_chosen(word, family_of, of_claims) for word in text)
                for text in texts
                if text
            )
            for texts in split
        ),
        of_claims,
        of_passages,
    )


def _words(text: str, small: Collection[str]) -> list[str]:
    own = (form.form for form in forms(text) if not form.whole)
    return list(dict.fromkeys(form for form in own if form not in small))


def _by_family(
    words: Vocabulary, family_of: Mapping[str, int], known: Collection[str]
) -> dict[int, str]:
    """Which form stands for a family: the commonest that is known."""
    numbers = {family_of[form] for form in known if form in family_of}
    return {
        number: next(form for form in words.families[number].forms if form in known)
        for number in sorted(numbers)
    }


def _chosen(word: str, family_of: Mapping[str, int], of_claims: Mapping[int, str]) -> str:
    return of_claims[family_of[word]] if word in family_of else word


def near_files(near: NearWords) -> tuple[list[str], dict[str, list[object]]]:
    """Where each range begins, and the files by name; without a vocabulary there are no ranges."""
    by_form: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for family, line in zip(near.vocabulary.families, _lines(near), strict=True):
        by_form.update(dict.fromkeys(family.forms, line))
        sizes.update(dict.fromkeys(family.forms, len(line) // len(family.forms)))
    terms = browser_order([*by_form] if near.of_claims or near.of_passages else [])
    parts = Division(terms, [sizes[term] for term in terms]).ranges(_SHARD_SIZE)
    starts = [part.start for part in parts]
    files: dict[str, list[object]] = {
        f"near-{name}": [*dict.fromkeys(by_form[term] for term in terms[part.first : part.end])]
        for name, part in zip(file_names(starts), parts, strict=True)
    }
    files["claim-words"] = _claim_words(near)
    return starts, files


def _claim_words(near: NearWords) -> list[object]:
    """All words, the commonest first, and each claim's texts as their numbers."""
    counts = Counter(word for texts in near.claims for text in texts for word in text)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    numbers = {word: number for number, word in enumerate(words)}
    texts = [[encoded(map(numbers.__getitem__, text)) for text in texts] for texts in near.claims]
    return [" ".join(words), texts]


def _lines(near: NearWords) -> list[str]:
    words = near.vocabulary
    both = [
        [_list(row, chosen, least) for row in words.nearest([*chosen], most, least)]
        for chosen, most, least in (
            (near.of_claims, _OF_CLAIMS, _NEAR_CLAIMS),
            (near.of_passages, _OF_PASSAGES, _NEAR_PASSAGES),
        )
    ]
    return [
        "\t".join((" ".join(family.forms), _own(number, near), *fields)).rstrip("\t")
        for number, (family, *fields) in enumerate(zip(words.families, *both, strict=True))
    ]


def _own(number: int, near: NearWords) -> str:
    return near.of_claims.get(number) or near.of_passages.get(number, "")


def _list(row: list[tuple[int, float]], chosen: Mapping[int, str], least: float) -> str:
    """Words with how near they are: 0 is just near enough, 9 is the same."""
    return " ".join(f"{chosen[n]}{int((cosine - least) / (1 - least) * 9.99)}" for n, cosine in row)
