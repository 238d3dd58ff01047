"""Metadata of a web page: title, author, date, language, address, publication and rights.

They stand in its head, in JSON-LD, in marked-up names and lines. The date is htmldate's.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crossclaim.importing import people
from crossclaim.importing.dates import iso_date
from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element
from crossclaim.names import words

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_JOINT = re.compile(r"\s+[|»«·•–—:\-]+\s+|\s*[|»«]\s*|\s+::\s+")
_STRONG_JOINT = re.compile(r"\s*[|»«]\s*|\s+[·•]\s+|\s+::\s+")
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|staff|guest|editors?|the editors|editorial(?: team"
    r"| staff)?|user|author|unknown|anonymous"
    r"|team|webmaster|root|by|posted by|contributor)$|https?://|@|^\d+$",
    re.IGNORECASE,
)
# Where a page says who wrote it, the surest first.
_AUTHOR_METAS = (
    "citation_author", "author", "dc.creator", "article:author", "byl", "parsely-author",
    "sailthru.author", "twitter:data1",
)  # fmt: skip
_BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text)\s+)?(?:by|von|par|por|di)\b:?\s+",
    re.IGNORECASE,
)
_IS_BY = re.compile(r"(?:(?:written|posted|published) )?(?:by|von|par|por|di):?$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:article|posting|essay|report|blogpost|creativework|webpage)[\]']*$", re.IGNORECASE
)
_WEAK = re.compile(r"(?:creativework|webpage)[\]']*$", re.IGNORECASE)
_WRAPPING = re.compile(  # what some put around it, and after it
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:;|-->|//\s*\]\]>|\]\]>)\s*\Z"
)
_MOST = 5000  # values of JSON-LD looked at; a page needs some dozens
_LONGEST_NAME = 6  # words
_AUTHOR_CLASS = re.compile(
    r"(?:^| )(?:[\w-]*-)?(?:by-?line|author|vcard|p-author|reader-credits)(?:-?name)?(?: |$)"
)
_POSTED_BY = re.compile(
    r"(?:posted|submitted|written|published)\b(?: on [^.!?]{4,40}?)? by\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; "" where it does not. `site` is the publication's name."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    address: str = ""
    site: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's root element, its article in JSON-LD, and its meta elements' contents by name."""

    root: Element
    article: dict[str, Any]
    by_id: dict[str, dict[str, Any]]
    metas: Mapping[str, list[str]]

    def meta(self, *names: str) -> str:
        """The content of the first meta element with one of these names, or ""."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    def told(self, *keys: str) -> list[str]:
        """What JSON-LD says of the article under the first of these keys that it has."""
        texts = (_json_texts(self.article.get(key), self.by_id) for key in keys)
        return next(filter(None, texts), [])


def saved_from(text: str) -> str:
    """The address that a browser wrote into a page when it saved it, or ""."""
    match = _SAVED_FROM.search(text[:5000])
    return match[1] if match else ""


def extract_metadata(root: Element, saved: str = "") -> PageMetadata:
    """The metadata in a page's head and in its marked-up lines; it was `saved` from an address."""
    page = _Page(root, *_json_ld(root), _metas(root))
    site = "".join(page.told("publisher")[:1]) or page.meta(
        "og:site_name", "citation_journal_title", "dc.publisher"
    )
    title, author = _title(page, site), _author(page, site)
    if author and any(_words(part) == _words(author) for part in _JOINT.split(title)):
        title = _without_site(title, author, [])  # a site of one's own has one's name
    return PageMetadata(
        title=title,
        author=author,
        date=_date(page),
        language=_language(page),
        address=_address(page, saved),
        site=site,
        rights=_rights(page),
    )


def _metas(root: Element) -> dict[str, list[str]]:
    """The contents of the page's meta elements by name, names in small letters."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = _clean(meta.get("content") or "")
        for name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if name and content:
                key = name.strip().lower().replace("dcterms.", "dc.").replace("dc:", "dc.")
                metas.setdefault(key, []).append(content)
    return metas


def _clean(text: str) -> str:
    """Text on one line, entities that were escaped twice resolved."""
    return " ".join(unescape(text).split())


def _address(page: _Page, saved: str) -> str:
    links = page.root.iter("link")
    for candidate in (
        *(link.get("href") or "" for link in links if "canonical" in _rel(link)),
        page.meta("og:url"),
        *page.told("url", "mainEntityOfPage")[:1],
        saved,
        page.meta("citation_public_url", "dc.identifier"),
        *(a.get("href") or "" for a in page.root.iterfind(".//a[@class='domain reader-domain']")),
    ):
        address = _absolute(saved, candidate.strip())
        if is_address(address) and (urlsplit(address).path.strip("/") or not saved):
            return address
    return saved


def _absolute(base: str, address: str) -> str:
    try:
        return str(urljoin(base, address))
    except ValueError:  # such as “http://[x”
        return ""


def is_address(text: str) -> bool:
    """Whether a text is an absolute address on the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and not re.search(r"\s", text)


def _rel(element: Element) -> list[str]:
    return (element.get("rel") or "").lower().split()


def _title(page: _Page, site: str) -> str:
    """The title that the page's head gives, without the site's name, as its own heading has it.

    The heading has the better quotation marks and is never cut short.
    """
    headings = [*filter(None, _texts(page.root, "h1", "h2", "h3"))][:30]
    largest = [text for text in _texts(page.root, "h1") if text and text != site]
    whole = "".join(_texts(page.root, "title")[:1])
    headline = "" if _WEAK.search(str(page.article.get("@type"))) else page.told("headline", "name")
    named = page.meta("og:title", "citation_title", "dc.title", "twitter:title")
    given = [*headline, *filter(None, [named])] or [
        *(text for text in largest if len(largest) == 1 or text.casefold() in whole.casefold()),
        whole,
    ]
    title = _without_site(_clean(given[0]), site, headings)
    opening = title.rstrip(".… ")
    longer = [t for t in largest if title.endswith(("…", "...")) and t.startswith(opening)]
    return next((t for t in headings if _words(t) == _words(title)), (longer or [title])[0])


def _texts(root: Element, *tags: str) -> list[str]:
    return [_clean(elements.visible_text(element)) for element in root.iter(*tags)]


def _words(text: str) -> list[str]:
    return words(text.casefold().replace("’", "'"))


def _without_site(title: str, site: str, headings: list[str]) -> str:
    """A page's title without the name of the site at its end or beginning."""
    parts = [part for part in _JOINT.split(title) if _words(part) != _words(site)]
    if len(_JOINT.split(title)) < 2 or any(_words(each) == _words(title) for each in headings):
        return title
    for heading in headings:
        at_an_end = title.startswith(heading) or title.endswith(heading)
        if _words(heading) == _words(parts[0]) or (at_an_end and len(_words(heading)) > 2):
            return heading
    for joint in _JOINT.finditer(title):
        if _words(title[joint.end() :]) == _words(site):
            return title[: joint.start()]
        if _words(title[: joint.start()]) == _words(site):
            return title[joint.end() :]
    strong = _STRONG_JOINT.split(title)
    return strong[0] if len(strong) > 1 and len(_words(strong[0])) > 1 else title


def _author(page: _Page, site: str) -> str:
    credits = page.told("author", "creator")
    label = " ".join(page.metas.get("twitter:label1", [])).lower()
    for name in _AUTHOR_METAS:
        if name != "twitter:data1" or "written by" in label:
            credits += [] if _person_names(credits, site) else page.metas.get(name, [])
    names = _person_names(credits, site) or _person_names(_byline_names(page.root), site)
    return people.join_names(names)


def _person_names(credits: Iterable[str], site: str) -> list[str]:
    """The names in credits: no addresses, no accounts, not the site's own name."""
    names: list[str] = []
    for credit in credits:
        text = _BY.sub("", _clean(credit))
        for name in re.split(r"\s*(?:;|\band\b|&|, (?=[A-Z][^,]* [A-Z]))\s*", text):
            name = name.strip(" ,.|·")
            person = name and not _NOBODY.search(name) and len(name.split()) <= _LONGEST_NAME
            if person and _words(name) != _words(site) and name not in names:
                names.append(name)
    return names


def _date(page: _Page) -> str:
    """The day, or the year, that the page was published, ISO; or ""."""
    from htmldate import find_date

    text = etree.tostring(page.root, method="html", encoding="unicode")
    date = find_date(text, original_date=True, extensive_search=False, min_date="1500-01-01")
    return date or iso_date(page.meta("citation_publication_date", "dc.date", "date"))


def _language(page: _Page) -> str:
    html = next(page.root.iter("html"), page.root)
    candidates = (
        *page.told("inLanguage"),
        html.get("lang"),
        html.get("{http://www.w3.org/XML/1998/namespace}lang"),
        html.get("xml:lang"),
        page.meta("og:locale", "dc.language", "language", "content-language"),
    )
    return next(filter(None, (language_code(text or "") for text in candidates)), "")


def language_code(text: str) -> str:
    """The language in a code such as “en-GB” or “en_US”, as “en”; "" where it is none."""
    match = _LANGUAGE.match(text.strip())
    return match[0].lower() if match else ""


def _rights(page: _Page) -> str:
    for link in page.root.iter("link", "a"):
        if "license" in _rel(link):
            text, address = _clean(elements.visible_text(link)), link.get("href") or ""
            return f"{text} ({address})" if text and is_address(address) else text or address
    named = page.meta("dc.rights", "copyright", "rights", "dc.license")
    if re.search(r"©|copyright|licen[cs]e|rights|CC", named, re.IGNORECASE):
        return named
    return "".join(page.told("license")[:1])


def _byline_names(root: Element) -> list[str]:
    """The name that stands in the page as its author's, or none."""
    for place in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//*[@rel='author']",
    ):
        if (element := root.find(place)) is not None:
            return [elements.visible_text(element)]
    for element in root.iter("span", "a", "div", "p", "address", "li", "cite"):
        named = element.get("class") and _AUTHOR_CLASS.search(elements.class_names(element))
        if named and elements.visible_text(element):
            parts = [" ".join(part.split()) for part in element.itertext() if part.strip()]
            text = _BY.sub("", " ".join(parts[:2]) if _IS_BY.match(parts[0]) else parts[0])
            short = text if len(text.split()) <= _LONGEST_NAME else ""
            name = people.byline(elements.visible_text(element)) or short
            if name and re.match(r"[^\W\d_a-z]", name):
                return [name]
    return _sender(root)


def _sender(root: Element) -> list[str]:
    """The sender of a message in a list's archive, a bold name beside an address, or none."""
    for link in root.iter("a"):
        before = link.getprevious()
        mailto = (link.get("href") or "").lower().startswith("mailto:")
        sends = mailto or " at " in (link.text or "")
        if sends and before is not None and before.tag in ("b", "strong"):
            return [elements.visible_text(before)]
    return []


def line_author(lines: Iterable[str], known: Collection[str] = ()) -> str:
    """Whom the first line names that says who wrote or posted the page, or ""."""
    for line in lines:
        text = _POSTED_BY.sub("by", line.strip(), count=1)
        if name := people.byline(text.replace("by:", "by"), known=known):
            return name
    return ""


def _json_ld(root: Element) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The article that a page's JSON-LD speaks of, however nested; and its objects by their id."""
    values: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        queue: list[Any] = []
        with suppress(ValueError, RecursionError):
            queue.append(json.loads(_WRAPPING.sub("", script.text or ""), strict=False))
        while queue and len(values) < _MOST:
            each = queue.pop(0)
            values += [each] if isinstance(each, dict) else []
            queue += each.values() if isinstance(each, dict) else []
            queue += each if isinstance(each, list) else []
    articles = [each for each in values if _ARTICLE.search(str(each.get("@type")))]
    articles.sort(key=lambda v: (bool(_WEAK.search(str(v["@type"]))), "headline" not in v))
    by_id = {str(each["@id"]): each for each in values if "@id" in each and len(each) > 1}
    return next(iter(articles), {}), by_id


def _json_texts(value: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    """The texts of a value, or the names of what it is; in place or by reference."""
    texts: list[str] = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            known = each if {"name", "url", "@value"} & {*each} else by_id.get(str(each.get("@id")))
            known = known or {"url": each.get("@id")}
            each = known.get("name") or known.get("@value") or known.get("url")
        for text in each if isinstance(each, list) else [each]:
            texts += [_clean(text)] if isinstance(text, str) and text.strip() else []
    return texts
