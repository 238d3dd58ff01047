"""Boilerplate elements of a web page, told by their tags, roles, names, headings and cards.

What they are called is a hint: the library that extracts the essay is asked too (`extraction`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from crossclaim.importing.html import elements
from crossclaim.importing.html.parser import Element
from crossclaim.language.sentences import ends_sentence

PAGE_NUMBER = "a page's number in the print"
COMMENTS = "readers' comments"
BIOGRAPHY = "the author's card"
LINKS = "links to other pages"
_BYLINE = "the line of author and date"
_CAPTION = "a figure's caption"
_ASIDE = "an aside"
_OTHER = "another article on the page"
_NAVIGATION = "site navigation"
_COOKIES = "a cookie notice"
_SIGN_UP = "a newsletter sign-up"
_SHARING = "share buttons"
_AD = "an ad"
_TAGS = "a list of tags"
_COLUMN = "a side column"
_POP_UP = "a pop-up"
_FORM = "a form"
_HEAD = "the page's head"
_FOOT = "the page's foot"

# What a class or id says its element is; parts of names between hyphens, the first that fits.
_NAMES = (
    (COMMENTS, r"comments?|comment-?\w+|commentlist|respond|disqus|disqus-thread|fb-comments"
     r"|livefyre|coral|spotim|webmentions?|reactions|pingbacks?|trackbacks?|replies"),
    (_COOKIES, r"cookies?|cookie-\w+|cookiebar|consent|gdpr|onetrust|cmp|ccpa|eu-notice"),
    (_SIGN_UP, r"news-?letters?|newsletter-\w+|sign-?up|sign-?up-\w+|subscri(?:be|ber|ptions?)"
     r"|subscribe-\w+|subscription-widget-?\w*|mailchimp|mc4wp|mc-embed|convertkit|opt-?in"
     r"|mailing-list|email-form|lead-form|kg-signup-card"),
    (_SHARING, r"shar(?:e|ing|ers?)|share-?\w+|sharedaddy|socials?|social-\w+|addtoany|a2a-kit"
     r"|addthis|ssba|sd-content|follow|follow-\w+|tweet|tweet-(?:this|button)|click-to-tweet"
     r"|like-button|likes?|claps?|post-ufi|print(?:-?link|-button|friendly|er)?"
     r"|email-(?:link|button|this)|toolbar|tools|article-tools|bookmark|button-wrapper"
     r"|wp-block-buttons?|kg-button-card|save-button|jp-post-flair|sfsi-\w+|heateor-\w+"
     r"|utility-bar|actions?|action-bar"),
    (LINKS, r"related\w*|related-\w+|jp-relatedposts|yarpp|recommend(?:ed|ations?)"
     r"|recirc\w*|outbrain|taboola|zergnet|trending|popular|popular-\w+"
     r"|most-(?:read|viewed|popular)|more-(?:from|stories|posts|news|articles|like|on)"
     r"|read-(?:next|more|also)|also-(?:like|read)|up-next|next-(?:up|post)|previous-post"
     r"|(?:latest|recent|similar|other)-(?:posts?|articles?|stories|news)|see-also|you-may-like"
     r"|suggest(?:ed|ions)|teasers?|promo-?\w*|read-more-card|kg-bookmark-card|embedded-post"
     r"|digest-post-embed|crp-related|post-list|archive-list|latest"),
    (_AD, r"ads?|adv|adverts?|advertis(?:ement|ing)|adsbygoogle"
     r"|ad-?(?:slot|unit|container|wrapper|block|banner|box|label|space)|adsense|dfp|gpt-ad"
     r"|google-ad|sponsor(?:ed|ship|s)?|sponsored-\w+|banner|banner-ad|affiliate|affiliate-\w+"
     r"|merch|shop-\w+|donat(?:e|ion)|patreon|kofi|buy-(?:now|the-book|button)|support-us"
     r"|membership|call-?to-?action|cta"),
    (_NAVIGATION, r"breadcrumbs?|breadcrumb-\w+|pagination|pager|paging|post-nav\w*|nav"
     r"|nav-?(?:links|bar|menu|below|above|single)|navbar|navigation"
     r"|site-(?:header|footer|nav|navigation|branding)|menu|(?:mega|main)-menu|skip-?link"
     r"|skip-to-content|toc|table-of-contents|ez-toc-\w+|masthead|page-footer"
     r"|global-(?:header|footer|nav)|colophon|back-to-top|search-?(?:form|box|bar)"
     r"|language-switcher"),
    (_TAGS, r"tags|tag-?(?:list|links|cloud|s)|(?:post|entry|article)-tags|cat-links|categories"
     r"|category-list|post-categor\w+|topics|topic-list|keywords|labels|filed-under"
     r"|entry-utility|post-labels|kicker|eyebrow|overline"),
    (_COLUMN, r"\w*side-?bar\w*|widgets?|widget-area|(?:right-|left-)?rail|secondary|sidecol"),
    (_POP_UP, r"modals?|pop-?up|popover|overlay|lightbox|dialog|tooltip|toast|drawer"
     r"|off-?canvas|interstitial|snackbar"),
    ("a log-in form", r"log-?in|sign-?in|register|login-form|account|user-menu"),
    ("a vote", r"ratings?|star-rating|votes?|voting|polls?|survey|feedback|was-this-helpful"),
    (BIOGRAPHY, r"(?:author|writer|contributor)-?(?:bio|box|card|info|about|description|profile"
     r"|details|block|panel|section|footer|desc|vcard)s?|about-(?:the-)?authors?"
     r"|post-author-\w+|bios?|biography|bio-box|abh-box|saboxplugin-wrap"
     r"|pp-author-boxes-container|authorbox|entry-author-info|ts-fab-wrapper|m-a-box|vcard-bio"),
    (_BYLINE, r"by-?lines?|dateline|(?:post|entry|article)-?meta|meta|meta-?(?:data|info|bar|line)"
     r"|(?:post|article)-info|posted-on|published|pubdate|publish-date|timestamp|date"
     r"|(?:entry|post|article|publication)-date|post-details|read(?:ing)?-time|time-to-read"
     r"|views|view-count|word-count|post-byline|(?:post-|entry-|article-)?authors?|updated"
     r"|estimated-read\w*|date-header|postmetadata"),
    (_CAPTION, r"wp-caption-(?:text|dd)|(?:image-?|photo-?|media-|img-)?caption|caption-text"
     r"|photo-?credit|image-credit|credits?|figcaption|photographer|gallery-caption"),
)  # fmt: skip
_NAMED = [(reason, re.compile(rf"(?:^|[ -])(?:{names})(?:[ -]|\d*$)")) for reason, names in _NAMES]
# Headings that stand over boilerplate, whatever it is, and over it only.
_OVER_OTHERS = (
    (LINKS, r"(?:latest|recent|related|recommended|similar|other|more|next|previous|popular)"
     r" (?:news|posts?|articles?|stories|story|essays?|reading|content)\b.*"
     r"|(?:what to )?(?:read|watch) next|up next|keep reading|recommended(?: for you)?|top stories"
     r"|(?:you|we think you[’']ll|readers) (?:may |might )?(?:also )?(?:like|enjoy|liked)\b.*"
     r"|editor[’']?s[’']? (?:picks?|choice)|don[’']t miss|more from .*|most (?:read|popular)"
     r"|das könnte (?:sie|dich|euch) (?:auch )?interessieren|lesen sie (?:auch|mehr|weiter)\b.*"
     r"|mehr (?:zum thema|von|aus)\b.*|(?:weitere|ähnliche|verwandte) (?:artikel|beiträge|themen)"
     r"|(?:à )?lire aussi|sur le même (?:sujet|thème)|articles (?:similaires|liés|récents)"
     r"|você (?:também )?pode (?:também )?gostar.*|te puede interesar|ti potrebbe interessare"),
    (COMMENTS, r"leave (?:us )?a (?:comment|reply)|add a comment|reader comments"
     r"|comments?(?: policy|closed|are closed)?|\d+ (?:thoughts?|responses?|replies|comments?)\b.*"
     r"|(?:\d+ )?(?:kommentare?|commentaires?)|(?:schreiben sie|schreibe) einen kommentar"
     r"|laisser un commentaire|join the (?:conversation|discussion)"),
)  # fmt: skip
# Headings of boxes that hold boilerplate.
_OVER_BOXES = (
    (LINKS, r"latest(?: from .*)?|(?:keep|read|see|explore) more(?: (?:from|on|in|about|topics"
     r"|stories)\b.*)?|more (?:in|on|like this|by)\b.*|more|related(?: \w+)?|recommended \w+"
     r"|also (?:on|in|by)\b.*|(?:blog )?archives?|blogroll|links|categories|see also"),
    (COMMENTS, r"discussion about this .*|what do you think|responses(?: \(\d+\))?|conversation"),
    (_SIGN_UP, r"(?:sign up|subscribe|get (?:the|our)|join (?:our|the|my) (?:newsletter"
     r"|mailing list)|newsletter|ready for more|never miss|stay (?:informed|up to date|in touch)"
     r")\b.{0,60}"),
    (_SHARING, r"share(?: this.*)?|follow (?:us|me).*|spread the word"),
    (_TAGS, r"tags|topics|filed under|tagged|labels"),
    (_NAVIGATION, r"navigation(?: menu)?|menu|search|contents|table of contents|on this page"
     r"|in this (?:article|post|story)"),
    (BIOGRAPHY, r"(?:about the|über die|über den) (?:authors?|writer|autor(?:in)?)"),
)  # fmt: skip


def _patterns(headings: tuple[tuple[str, str], ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [(reason, re.compile(rf"(?:{text})\W*$", re.IGNORECASE)) for reason, text in headings]


_SURE, _LIKELY = _patterns(_OVER_OTHERS), _patterns(_OVER_BOXES)
_OF_TAGS = {
    "nav": _NAVIGATION, "search": _NAVIGATION, "amp-sidebar": _NAVIGATION, "footer": _FOOT,
    "form": _FORM, "fieldset": _FORM, "legend": _FORM, "dialog": _POP_UP, "figcaption": _CAPTION,
    "amp-ad": _AD, "amp-sticky-ad": _AD, "amp-consent": _COOKIES,
    "amp-user-notification": _COOKIES, "amp-social-share": _SHARING,
}  # fmt: skip
_OF_ROLES = {
    "navigation": _NAVIGATION, "search": _NAVIGATION, "menu": _NAVIGATION, "menubar": _NAVIGATION,
    "tablist": _NAVIGATION, "banner": _HEAD, "contentinfo": _FOOT, "complementary": _COLUMN,
    "dialog": _POP_UP, "alertdialog": _POP_UP, "toolbar": _SHARING,
}  # fmt: skip
_BOXES = ("div", "section", "aside", "ul", "ol", "td", "table", "footer", "dl", "nav", "article")
_NEVER = frozenset(("html", "body", "main", "hr", *elements.HEADING_TAGS))
_MAIN = re.compile(r"(?:^|[ -])(?:article-?body|entry-content|post-content|post-body|story-body)")
_PAGE = re.compile(r"(?:^| )(?:page-?(?:num(?:ber)?|no)|pb)(?: |$)")
_PAGE_LENGTH = 12  # characters
_SECTION_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_RUNNING = ("p", "blockquote", "li")  # a class on these says how they are set
# Words, at most.
_HEADING = 8
_LINE = 40
_CARD = 120
_CAPTION_WORDS = 150
_SENTENCE = 5
_PROSE = 25  # at least, under the large heading of an essay among other articles
_MOST = 0.4  # of what was extracted; an element that holds more is no boilerplate


@dataclass(frozen=True, slots=True)
class WordCounts:
    """For each element its words, those of them in links, and those that a library extracted."""

    words: dict[Element, int]
    linked: dict[Element, int]
    extracted: dict[Element, int]


def reason_finder(body: Element, counts: WordCounts) -> Callable[[Element], str]:
    """A function that says why an element, or one around it, is boilerplate; "" where none is."""
    protected = _around_the_title(body)
    under = _under_headings(body, counts, protected)
    article = _article(body, counts)
    reasons: dict[Element, str] = {body: ""}

    def own_reason(element: Element) -> str:
        if element in protected or element in under:
            return under.get(element, "")
        if article is not None and element.tag == "article" and _is_apart(element, article):
            return _OTHER
        held, whole = counts.extracted[element], counts.extracted[body]
        return "" if held and held > _MOST * whole else _told_reason(element, counts)

    def reason(element: Element) -> str:
        path = []
        while element is not None and element not in reasons:
            path.append(element)
            element = element.getparent()
        outer = reasons.get(element, "")
        for inner in reversed(path):
            outer = reasons[inner] = outer or own_reason(inner)
        return outer

    return reason


def _told_reason(element: Element, counts: WordCounts) -> str:
    """Why an element is boilerplate by its name, the heading it opens with, or its neighbours."""
    named = named_reason(element)
    if named and _may_be(element, named, counts):
        return named
    return _heading_reason(element, counts) or _cards_reason(element, counts)


def tag_reason(element: Element) -> str | None:
    """Why an element is not read, even within a sentence: AMP's tags, a page's number; or None."""
    if element.tag.startswith("amp-"):
        return _OF_TAGS.get(element.tag)
    names = elements.class_names(element)
    numbered = _PAGE.search(names) or "pagebreak" in elements.role(element)
    return PAGE_NUMBER if numbered and len(elements.visible_text(element)) < _PAGE_LENGTH else None


def named_reason(element: Element) -> str:
    """What an element's tag, role, class and id say it is, where that is not the essay."""
    tag = element.tag
    if tag in _NEVER:
        return ""
    if reason := _OF_ROLES.get((element.get("role") or "").lower()):
        return reason
    names = elements.class_names(element)
    if names and not _MAIN.search(names):
        for reason, pattern in _NAMED:
            if pattern.search(names):
                return reason
    if tag == "aside" and not elements.is_pull_quote(element):
        return _ASIDE
    return _OF_TAGS.get(tag, "")


def _may_be(element: Element, reason: str, counts: WordCounts) -> bool:
    """Whether an element holds no more than boilerplate of this sort does."""
    count, linked = counts.words[element], counts.linked[element]
    if reason == COMMENTS:
        return element.tag not in ("p", "blockquote")
    if reason == _BYLINE:
        quoted = next(element.iterancestors("blockquote"), None) is not None
        return count <= _LINE and not quoted and not _is_sentence(element, count)
    if reason == _CAPTION:
        return count <= _CAPTION_WORDS
    if reason == _ASIDE:
        return count < _LINE or 2 * linked > count or not counts.extracted[element]
    if reason == LINKS and not linked:
        return not ends_sentence(elements.visible_text(element))  # words that lead nowhere
    return not (element.tag in _RUNNING and count > _SENTENCE and 2 * linked < count)


def _is_sentence(element: Element, count: int) -> bool:
    """Whether a paragraph is a whole sentence, and does not end with a year or a time."""
    text = elements.visible_text(element)
    ended = element.tag == "p" and count > _SENTENCE and ends_sentence(text)
    return ended and not text.rstrip(".").rpartition(" ")[2].isdigit()


def _around_the_title(body: Element) -> set[Element]:
    """The elements around the first large heading and around a body that says it is one."""
    around: set[Element] = {body}
    for inner in [next(body.iter("h1"), None), *body.iterfind(".//*[@itemprop='articleBody']")]:
        if inner is not None:
            around.update(outer for outer in inner.iterancestors() if outer.tag != "header")
    return around


def _article(body: Element, counts: WordCounts) -> Element | None:
    """The article with the page's large heading and prose, if it is one of several."""
    heading = next(body.iter("h1"), None)
    own = None if heading is None else next(heading.iterancestors("article"), None)
    return own if own is not None and counts.words[own] >= _PROSE + counts.words[heading] else None


def _is_apart(element: Element, article: Element) -> bool:
    return element is not article and article not in (*element.iterancestors(), *element.iter())


def heading_reason(text: str, patterns: Sequence[tuple[str, re.Pattern[str]]] = ()) -> str:
    """What stands under a heading with this text, where that is boilerplate only; else ""."""
    if not 0 < len(text.split()) <= _HEADING:
        return ""
    matches = (reason for reason, pattern in patterns or _SURE + _LIKELY if pattern.match(text))
    return next(matches, "")


def _under_headings(
    body: Element, counts: WordCounts, protected: set[Element]
) -> dict[Element, str]:
    """The elements under headings that stand over boilerplate only, with their reasons."""
    under: dict[Element, str] = {}
    for heading in body.iter(*_SECTION_HEADINGS):
        reason = heading_reason(elements.visible_text(heading), _SURE)
        if not reason or not _is_below_essay(heading, body, counts):
            continue
        for element in (heading, *heading.itersiblings()):
            ends = element.tag in elements.HEADING_TAGS and element.tag <= heading.tag
            if element in protected or (ends and element is not heading):
                break
            under[element] = reason
    return under


def _is_below_essay(heading: Element, body: Element, counts: WordCounts) -> bool:
    """Whether a heading stands below the page's large one, with prose of that between them."""
    title = next(body.iter("h1"), None)
    if title is None:
        return True
    outer = title
    while outer is not body and counts.words[outer] < counts.words[title] + _PROSE:
        outer = outer.getparent()
    below = sum(counts.words[each] for each in (heading, *heading.itersiblings()))
    inside = outer in heading.iterancestors()
    return counts.words[outer] - counts.words[title] - (below if inside else 0) >= _PROSE


def _heading_reason(element: Element, counts: WordCounts) -> str:
    """What an element is by the heading or the line that it opens with."""
    if element.tag not in _BOXES:
        return ""
    head = element
    while len(head) and not (head.text or "").strip() and head.tag not in elements.HEADING_TAGS:
        inner = next((child for child in head if counts.words.get(child)), None)
        if inner is None:
            break
        head = inner
    if head is element or counts.words[head] == counts.words[element]:
        return ""
    reason = heading_reason(elements.visible_text(head))
    leads_nowhere = not counts.linked[element] and ends_sentence(elements.visible_text(element))
    return "" if reason == LINKS and leads_nowhere else reason


def _cards_reason(element: Element, counts: WordCounts) -> str:
    """“Links” for a card, one of three or more alike, whose heading leads to another page."""
    if element.tag in (*_RUNNING, "tr") or not _has_linked_heading(element):
        return ""
    parent = element.getparent()
    alike = (
        other
        for other in parent
        if other.tag == element.tag
        and other.get("class") == element.get("class")
        and counts.words.get(other, 0) <= _CARD
        and _has_linked_heading(other)
    )
    return LINKS if len([*islice(alike, 3)]) == 3 else ""


def _has_linked_heading(card: Element) -> bool:
    heading = next(card.iter(*_SECTION_HEADINGS), None)
    if heading is None:
        return False
    inside = next(heading.iterancestors("a"), None)
    links = [*heading.iter("a"), *([] if inside is None else [inside])]
    return any(not (link.get("href") or "#").startswith("#") for link in links)


def count_words(body: Element, blocks: Sequence[tuple[Element, int, int, bool]]) -> WordCounts:
    """The counts of all elements, from blocks: element, words, those in links, if extracted."""
    counts = WordCounts(*(dict.fromkeys(body.iter(), 0) for _ in range(3)))
    for element, words, linked, extracted in blocks:
        for outer in (element, *element.iterancestors()):
            if outer in counts.words:
                counts.words[outer] += words
                counts.linked[outer] += linked
                counts.extracted[outer] += words * extracted
    return counts
