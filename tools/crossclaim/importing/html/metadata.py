"""Metadata of a web page: title, author, date, language, address, publication and rights.

They stand in its head, in JSON-LD, in marked-up names and lines. The date is htmldate's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crossclaim.importing import people
from crossclaim.importing.dates import iso_date
from crossclaim.importing.html import elements, json_ld
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
    article: json_ld.Article
    metas: Mapping[str, list[str]]

    def meta(self, *names: str) -> str:
        """The content of the first meta element with one of these names, or ""."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")


def saved_from(text: str) -> str:
    """The address that a browser wrote into a page when it saved it, or ""."""
    match = _SAVED_FROM.search(text[:5000])
    return match[1] if match else ""


def extract_metadata(root: Element, saved: str = "") -> PageMetadata:
    """The metadata in a page's head and in its marked-up lines; it was `saved` from an address."""
    page = _Page(root, json_ld.article(root), _metas(root))
    site = page.article.publisher or page.meta(
        "og:site_name", "application-name", "citation_journal_title", "dc.publisher"
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
        page.article.address,
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
    headings = _texts(page.root, "h1", "h2", "h3")[:30]
    largest = _texts(page.root, "h1")
    whole = "".join(_texts(page.root, "title")[:1])
    named = page.meta("og:title", "citation_title", "dc.title", "twitter:title")
    title = _clean(page.article.headline) or _without_site(named, site, headings)
    if not title:
        stripped = _without_site(whole, site, headings)
        own = [text for text in largest if text and text != site]
        candidates = [text for text in headings if text and _words(text) == _words(stripped)]
        candidates += [text for text in own if text.casefold() in whole.casefold()]
        title = (candidates or (own if len(largest) == 1 else []) or [stripped])[0]
    # The page's own heading has the better quotation marks and is never cut short.
    same = [text for text in headings if _words(text) == _words(title)]
    opening = title.rstrip(".… ")
    longer = [t for t in largest if title.endswith(("…", "...")) and t.startswith(opening)]
    return (same or longer or [title])[0]


def _texts(root: Element, *tags: str) -> list[str]:
    return [_clean(elements.visible_text(element)) for element in root.iter(*tags)]


def _words(text: str) -> list[str]:
    return words(text.casefold().replace("’", "'"))


def _without_site(title: str, site: str, headings: list[str]) -> str:
    """A page's title without the name of the site at its end or beginning."""
    parts = _JOINT.split(title)
    if len(parts) < 2:
        return title
    for heading in headings:
        if heading and _words(heading) and _words(heading) in (_words(parts[0]), _words(title)):
            return heading
        before, _, after = title.partition(heading) if heading else ("", "", "")
        if heading in title and len(_words(heading)) > 2 and (not before or not after):
            return heading
    for joint in _JOINT.finditer(title) if site else ():
        if _words(title[joint.end() :]) == _words(site):
            return title[: joint.start()]
        if _words(title[: joint.start()]) == _words(site):
            return title[joint.end() :]
    strong = _STRONG_JOINT.split(title)
    return strong[0] if len(strong) > 1 and len(_words(strong[0])) > 1 else title


def _author(page: _Page, site: str) -> str:
    credits = list(page.article.authors)
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
    date = find_date(text, original_date=True, extensive_search=False)
    return date or iso_date(page.meta("citation_publication_date", "dc.date", "date"))


def _language(page: _Page) -> str:
    html = next(page.root.iter("html"), page.root)
    candidates = (
        page.article.language,
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
    return page.article.licence


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


def line_author(lines: Iterable[str]) -> str:
    """Whom the first line names that says who wrote or posted the page, or ""."""
    for line in lines:
        text = _POSTED_BY.sub("by", line.strip(), count=1)
        if name := people.byline(text.replace("by:", "by")):
            return name
    return ""
