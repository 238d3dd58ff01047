"""What a web page says of itself: title, author, date, address and rights.

In its head, in JSON-LD, or in its lines: marked-up names, “Posted by …”, a mail's head.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from crossclaim.importing import people
from crossclaim.importing.dates import iso_date
from crossclaim.importing.html import linked_data, signs
from crossclaim.importing.html.trees import Element
from crossclaim.names import words

_SAVED = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_JOINT = re.compile(r"\s+[|»«·•–—:\-]+\s+|\s*[|»«]\s*|\s+::\s+")
_STRONG_JOINT = re.compile(r"\s*[|»«]\s*|\s+[·•]\s+|\s+::\s+")
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|staff|guest|editors?|the editors|editorial(?: team"
    r"| staff)?|user|author|unknown|anonymous"
    r"|team|webmaster|root|by|posted by|contributor)$|https?://|@|^\d+$",
    re.IGNORECASE,
)
# Where a page says when it was published, the surest first.
_DATES = (
    "article:published_time", "og:published_time", "citation_publication_date", "citation_date",
    "datepublished", "dc.date.issued", "dc.date", "dc.issued", "dc.created", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text)\s+)?(?:by|von|par|por|di)\b:?\s+",
    re.IGNORECASE,
)
_LONGEST_NAME = 6  # words
_AUTHOR_NAMES = re.compile(
    r"(?:^| )(?:[\w-]*-)?(?:by-?line|author|vcard|p-author|reader-credits)(?:-?name)?(?: |$)"
)
_DATE_NAMES = re.compile(
    r"(?:^| )(?:[\w-]*-)?(?:date(?:line|-header)?|published|posted(?:-on)?|submitted|timestamp"
    r"|meta|byline)(?: |$)"
)
_FILED = re.compile(r"(?:posted|submitted|written|published)\b(?: on [^.!?]{4,40}?)? by\b", re.I)
_BESIDE = re.compile(r"comment|respon[ds]|sidebar|widget|related|footer")
_LINE = 20  # words of a line that says who and when
_PROSE = 30  # words


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; "" where it does not. `site` is the publication's name."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    address: str = ""
    site: str = ""
    rights: str = ""


def saved_from(text: str) -> str:
    """The address that a browser wrote into a page when it saved it, or ""."""
    found = _SAVED.search(text[:5000])
    return found[1] if found else ""


def facts(root: Element, saved: str = "") -> Facts:
    """The facts in a page's head and in its marked-up lines."""
    said = linked_data.article(root)
    metas = _metas(root)
    address = _address(root, metas, said, saved)
    site = _first(
        metas, "og:site_name", "application-name", "citation_journal_title", "dc.publisher"
    )
    site = said.publisher or site
    title, author = _title(root, metas, said, site), _author(root, metas, said, site)
    if author and any(_words(part) == _words(author) for part in _JOINT.split(title)):
        title = without_site(title, author, [])  # a site of one's own has one's name
    return Facts(
        title=title,
        author=author,
        date=_date(root, metas, said),
        language=_language(root, metas, said),
        address=address,
        site=site,
        rights=_rights(root, metas, said),
    )


def _metas(root: Element) -> dict[str, list[str]]:
    """The contents of the page's meta elements by name, names in small letters."""
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = clean(meta.get("content") or "")
        for name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if name and content:
                key = name.strip().lower().replace("dcterms.", "dc.").replace("dc:", "dc.")
                found.setdefault(key, []).append(content)
    return found


def clean(text: str) -> str:
    """Text on one line, entities that were escaped twice resolved."""
    return " ".join(unescape(text).split())


def _first(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if metas.get(name)), "")


def _address(
    root: Element, metas: dict[str, list[str]], said: linked_data.Article, saved: str
) -> str:
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in _rel(link)]
    for given in (
        *links,
        _first(metas, "og:url"),
        said.address,
        saved,
        _first(metas, "citation_public_url", "dc.identifier"),
        *(a.get("href") or "" for a in root.iterfind(".//a[@class='domain reader-domain']")),
    ):
        whole = _joined(saved, given.strip())
        if is_address(whole) and (urlsplit(whole).path.strip("/") or not saved):
            return str(whole)
    return saved


def _joined(base: str, given: str) -> str:
    try:
        return str(urljoin(base, given))
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


def _title(root: Element, metas: dict[str, list[str]], said: linked_data.Article, site: str) -> str:
    headings = [clean(signs.shown(h)) for h in root.iter("h1", "h2", "h3")][:30]
    firsts = [clean(signs.shown(h)) for h in root.iter("h1")]
    whole = next((clean(signs.shown(t)) for t in root.iter("title")), "")
    stripped = without_site(whole, site, headings)
    named = clean(said.headline) or without_site(
        _first(metas, "og:title", "citation_title", "dc.title", "twitter:title"), site, headings
    )
    if not named:
        inside = [h for h in headings if h and _words(h) == _words(stripped)]
        inside += [h for h in firsts if h and h.casefold() in whole.casefold() and h != site]
        named = (
            inside or [h for h in firsts if h and h != site and len(firsts) == 1] or [stripped]
        )[0]
    # The page's own heading has the better quotation marks and is never cut short.
    as_set = [h for h in headings if _words(h) == _words(named)]
    cut = named.rstrip(".… ")
    longer = [h for h in firsts if named.endswith(("…", "...")) and h.startswith(cut)]
    return (as_set or longer or [named])[0]


def _words(text: str) -> list[str]:
    return words(text.casefold().replace("’", "'"))


def without_site(title: str, site: str, headings: list[str]) -> str:
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
    if site:
        for joint in _JOINT.finditer(title):
            if _words(title[joint.end() :]) == _words(site):
                return title[: joint.start()]
            if _words(title[: joint.start()]) == _words(site):
                return title[joint.end() :]
    strong = _STRONG_JOINT.split(title)
    return strong[0] if len(strong) > 1 and len(_words(strong[0])) > 1 else title


def _author(
    root: Element, metas: dict[str, list[str]], said: linked_data.Article, site: str
) -> str:
    given = list(said.authors)
    for name in (
        "citation_author",
        "author",
        "dc.creator",
        "article:author",
        "byl",
        "parsely-author",
        "sailthru.author",
        "twitter:data1",
    ):
        if not _people(given, site):
            given += metas.get(name, [])
            if (
                name == "twitter:data1"
                and "written by" not in " ".join(metas.get("twitter:label1", [])).lower()
            ):
                given = given[: len(given) - len(metas.get(name, []))]
    found = _people(given, site) or _people(_named(root), site)
    return people.join_names(found)


def _people(given: list[str], site: str) -> list[str]:
    """The names among the given ones: no addresses, no accounts, not the site's own name."""
    found: list[str] = []
    for each in given:
        for name in re.split(
            r"\s*(?:;|\band\b|&|, (?=[A-Z][^,]* [A-Z]))\s*", _BY.sub("", clean(each))
        ):
            name = name.strip(" ,.|·")
            person = name and not _NOBODY.search(name) and len(name.split()) <= _LONGEST_NAME
            if person and _words(name) != _words(site) and name not in found:
                found.append(name)
    return found


def _date(root: Element, metas: dict[str, list[str]], said: linked_data.Article) -> str:
    given = [said.date]
    for name in _DATES:
        given += metas.get(name, [])
    times = [
        t
        for t in root.iter("time")
        if next(t.iterancestors("aside", "nav", "footer"), None) is None
    ]
    times.sort(
        key=lambda t: "publ" not in f"{t.get('itemprop') or ''} {t.get('class') or ''}".lower()
    )
    given += [t.get("datetime") or signs.shown(t) for t in times]
    return next((date for each in given if each and (date := iso_date(each))), "") or _dated(root)


def _language(root: Element, metas: dict[str, list[str]], said: linked_data.Article) -> str:
    html = next(root.iter("html"), root)
    named = (
        html.get("lang"),
        html.get("{http://www.w3.org/XML/1998/namespace}lang"),
        html.get("xml:lang"),
    )
    for given in (
        said.language,
        *named,
        _first(metas, "og:locale", "dc.language", "language", "content-language"),
    ):
        if found := language_code(given or ""):
            return found
    return ""


def language_code(given: str) -> str:
    """The language in a code such as “en-GB” or “en_US”, as “en”; "" where it is none."""
    found = _LANGUAGE.match(given.strip())
    return found[0].lower() if found else ""


def _rights(root: Element, metas: dict[str, list[str]], said: linked_data.Article) -> str:
    named = _first(metas, "dc.rights", "copyright", "rights", "dc.license")
    licences = [link for link in root.iter("link", "a") if "license" in _rel(link)]
    for link in licences:
        text = clean(signs.shown(link))
        address = link.get("href") or ""
        return f"{text} ({address})" if text and is_address(address) else text or address
    if re.search(r"©|copyright|licen[cs]e|rights|CC", named, re.IGNORECASE):
        return named
    return said.licence


def _named(root: Element) -> list[str]:
    """The name that stands in the page as its author's, or none."""
    for place in (
        ".//*[@itemprop='author']//*[@itemprop='name']",
        ".//*[@itemprop='author']",
        ".//*[@rel='author']",
    ):
        if found := [signs.shown(e) for e in root.iterfind(place)][:1]:
            return found
    for element in root.iter("span", "a", "div", "p", "address", "li", "cite"):
        if element.get("class") and _AUTHOR_NAMES.search(signs.names(element)):
            text = signs.shown(element)
            name = people.byline(text) or (
                _BY.sub("", text) if len(text.split()) <= _LONGEST_NAME else ""
            )
            if name and re.match(r"[^\W\d_a-z]", name):
                return [name]
    sender, _ = _mail(root)
    return [sender] if sender else _filed(root)


def _dated(root: Element) -> str:
    """The date on a line that is called one, or that says who filed the page; ISO, or ""."""
    for element in root.iter("abbr"):
        if "published" in signs.names(element) and (date := iso_date(element.get("title") or "")):
            return date
    if date := _mail(root)[1]:
        return date
    for element, text in _lines(root):
        called = element.get("class") and _DATE_NAMES.search(signs.names(element))
        if (called or _FILED.match(text)) and (date := iso_date(text)):
            return date
    return ""


def _filed(root: Element) -> list[str]:
    """Whom the first line names that says who posted the page, or a byline above its prose."""
    above = True
    for element, text in _lines(root):
        above = above and len(text.split()) < _PROSE
        if found := _FILED.match(text):
            name = people.byline(f"by {text[found.end() :].strip(': ')}")
        else:
            name = people.byline(text) if above and element.tag != "a" else ""
        if name:
            return [name]
    return []


def _lines(root: Element) -> Iterator[tuple[Element, str]]:
    """The page's elements of a line, each with its words, without comments and side columns.

    A paragraph of prose comes too, so that one can see where the prose begins.
    """
    heading = next(root.iter("h1"), None)
    held = set() if heading is None else set(heading.iterancestors())
    for element in root.iter("p", "div", "span", "address", "li", "td", "h2", "h3", "h4", "center"):
        if any(child.tag in ("p", "div", "ul", "table") for child in element):
            continue
        text = signs.shown(element)
        if not text or (len(text.split()) > _LINE and element.tag not in ("p", "div")):
            continue
        outer = (each for each in (element, *element.iterancestors()) if each not in held)
        around = " ".join(map(signs.names, outer))
        if len(text.split()) <= _LINE and _BESIDE.search(around):
            continue
        yield element, text


def _mail(root: Element) -> tuple[str, str]:
    """The sender and the day of a message in a list's archive: name, address, date; or ""."""
    for link in root.iter("a"):
        before, after = link.getprevious(), link.getnext()
        sends = (link.get("href") or "").lower().startswith("mailto:") or " at " in (
            link.text or ""
        )
        if sends and before is not None and before.tag in ("b", "strong"):
            while after is not None and after.tag == "br":
                after = after.getnext()
            day = iso_date(signs.shown(after)) if after is not None else ""
            return signs.shown(before), day
    return "", ""
