"""Stems: Snowball's, folded as the search folds words."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from crossclaim.language.words import compounds, fold

# The stemmers of the Snowball project, by language.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def primary_language(tag: str) -> str:
    """A language tag without its country: “en” for “en-GB”."""
    return tag.split("-")[0].casefold()


def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """The stems of a text's words, in order, folded; words as they are where no stemmer is known.

    `language` is a code as in an essay's front matter (“en”, “de-CH”).
    """
    code = primary_language(language)
    whole = ("".join(part for part, _, _ in parts) for parts in compounds(text))
    return tuple(filter(None, (stem(word, code) for word in whole)))


def stems_in(text: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The stems of a text that may be in any of these languages, one language after the other."""
    return tuple(stem for code in dict.fromkeys(languages) for stem in stems(text, code))


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """A word's stem, folded; the folded word where no stemmer is known for the language.

    The word is stemmed as it was written, since some languages' endings have accents.
    """
    name = STEMMERS.get(language)
    return fold(_stem_by(name)(word.lower())) if name else fold(word.lower())


@lru_cache(maxsize=40)
def _stem_by(name: str) -> Callable[[str], str]:
    import Stemmer

    stem_word: Callable[[str], str] = Stemmer.Stemmer(name).stemWord
    return stem_word
