"""JSON-LD: what a page says of its article, however it is nested, or however broken it is."""

import json
import re
from dataclasses import dataclass
from typing import Any

from crossclaim.importing.html.parser import Element

_ARTICLE = re.compile(
    r"(?:article|posting|essay|report|blogpost|creativework|webpage)$", re.IGNORECASE
)
_WEAK = re.compile(r"(?:creativework|webpage)$", re.IGNORECASE)
_MOST = 5000  # values looked at; a page needs some dozens


@dataclass(frozen=True, slots=True)
class Article:
    """An article as JSON-LD describes it; "" or nothing where it does not."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publisher: str = ""
    language: str = ""
    licence: str = ""
    address: str = ""


def article(root: Element) -> Article:
    """The article that a page's JSON-LD speaks of; an empty one where there is none."""
    values: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            values += _objects(_loaded(script.text or ""))
    by_id = {str(v["@id"]): v for v in values if "@id" in v and len(v) > 1}
    articles = [v for v in values if _is(v, _ARTICLE)]
    if not articles:
        return Article()
    best = min(articles, key=lambda v: (_is(v, _WEAK), "headline" not in v))
    weak = _is(best, _WEAK)
    main = best.get("mainEntityOfPage")
    return Article(
        headline="" if weak else _text(best.get("headline")) or _text(best.get("name")),
        authors=tuple(_names(best.get("author"), by_id) or _names(best.get("creator"), by_id)),
        date=_text(best.get("datePublished")) or _text(best.get("dateCreated")),
        publisher="".join(_names(best.get("publisher"), by_id)[:1]),
        language=_text(best.get("inLanguage")),
        licence=_text(best.get("license")),
        address=_text(best.get("url")) or _text(main) or _id(main),
    )


def _loaded(text: str) -> Any:
    text = re.sub(
        r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z", "", text
    )
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> list[dict[str, Any]]:
    """Every object in a value, the outer ones first."""
    objects: list[dict[str, Any]] = []
    queue = [value]
    while queue and len(objects) < _MOST:
        each = queue.pop(0)
        if isinstance(each, dict):
            objects.append(each)
            queue += list(each.values())
        elif isinstance(each, list):
            queue += each
    return objects


def _is(value: dict[str, Any], kind: re.Pattern[str]) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and kind.search(name) for name in names)


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("url")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _id(value: Any) -> str:
    identifier = value.get("@id") if isinstance(value, dict) else value
    return identifier if isinstance(identifier, str) else ""


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """The names of people or bodies: given as text, as objects, by reference, or as a list."""
    names: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and "name" not in each:
            each = by_id.get(str(each.get("@id")), {})
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, list):
            names += [part for part in name if isinstance(part, str) and part.strip()]
        elif isinstance(name, str) and name.strip():
            names.append(" ".join(name.split()))
    return names
