"""Boilerplate elements of a web page, told by their names, their words and their headings.

Each name, role and tag stands with the reason it gives.
"""

import re

from crossclaim.importing.boilerplate import patterns
from crossclaim.importing.html import elements
from crossclaim.importing.html.container import WordCounts
from crossclaim.importing.html.parser import Element
from crossclaim.language.sentences import ends_sentence
from crossclaim.names import words

_COMMENTS = "readers' comments"
BIOGRAPHY = "the author's card"
_BYLINE = "the line of author and date"
_CAPTION = "a figure's caption"


def _name(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[ -])(?:{words})(?:[ -]|\d*$)")


# What an element's class or id says it is; the first that fits names the reason.
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        _name(
            r"comments?|comment-?(?:list|form|area|section|respond|thread|wrapper|container"
            r"|body|box)|commentlist"
            r"|respond|disqus|disqus-thread|fb-comments|livefyre|coral|spotim|webmentions?"
            r"|reactions"
            r"|pingbacks?|trackbacks?|replies"
        ),
        _COMMENTS,
    ),
    (
        _name(r"cookies?|cookie-\w+|cookiebar|consent|gdpr|onetrust|cmp|ccpa|eu-notice"),
        "a cookie notice",
    ),
    (
        _name(
            r"newsletters?|news-letter|newsletter-\w+|sign-?up|sign-?up-\w+|subscribe"
            r"|subscribe-\w+|subscriptions?"
            r"|subscriber|subscription-widget-?\w*|mailchimp|mc4wp|mc-embed|convertkit"
            r"|optin|opt-in|mailing-list|email-form|lead-form|kg-signup-card"
        ),
        "a newsletter sign-up",
    ),
    (
        _name(
            r"shar(?:e|ing|ers?)|share-?\w+|sharedaddy|sharebar|social|socials|social-\w+"
            r"|addtoany|a2a-kit|addthis|"
            r"sharethis|ssba|sd-content|follow|follow-\w+|tweet|tweet-(?:this|button)"
            r"|click-to-tweet|like-button|likes?|claps?|post-ufi|"
            r"print(?:-?link|-button|friendly|er)?|email-(?:link|button|this)|toolbar|tools"
            r"|article-tools|bookmark|"
            r"button-wrapper|wp-block-buttons?|kg-button-card|save-button|jp-post-flair|sfsi-\w+|heateor-\w+|utility-bar|actions?|action-bar"
        ),
        "share buttons",
    ),
    (
        _name(
            r"related|related-\w+|relatedposts|jp-relatedposts|yarpp|recommend(?:ed"
            r"|ations?)|recirc|recirculation|outbrain|"
            r"taboola|zergnet|trending|popular|popular-\w+|most-(?:read|viewed|popular)"
            r"|more-(?:from|stories|posts|news|articles|like|on)|"
            r"read-(?:next|more|also)|also-(?:like|read)|up-next|next-up|next-post"
            r"|previous-post|(?:latest|recent|similar|other)-(?:posts?|articles?|stories|news)|"
            r"see-also|you-may-like|suggested|suggestions|teasers?|promo-?\w*"
            r"|read-more-card|kg-bookmark-card|embedded-post|digest-post-embed|crp-related"
            r"|post-list|archive-list|latest"
        ),
        "links to other pages",
    ),
    (
        _name(
            r"ads?|adv|adverts?|advertisement|advertising|adsbygoogle|ad-?(?:slot|unit"
            r"|container|wrapper|block|banner|box|label|space)|"
            r"adsense|dfp|gpt-ad|google-ad|sponsor(?:ed|ship|s)?|sponsored-\w+|banner"
            r"|banner-ad|affiliate|affiliate-\w+|merch|shop-\w+|donate|donation|"
            r"patreon|kofi|buy-(?:now|the-book|button)|support-us|membership|call-?to-?action|cta"
        ),
        "an ad",
    ),
    (
        _name(
            r"breadcrumbs?|breadcrumb-\w+|pagination|pager|paging|post-nav\w*|nav"
            r"|nav-?(?:links|bar|menu|below|above|single)|navbar|navigation|"
            r"site-(?:header|footer|nav|navigation|branding)|menu|mega-menu|main-menu"
            r"|skip-?link|skip-to-content|toc|table-of-contents|ez-toc-\w+|"
            r"masthead|page-footer|global-(?:header|footer|nav)|colophon|back-to-top"
            r"|search-?(?:form|box|bar)|language-switcher"
        ),
        "site navigation",
    ),
    (
        _name(
            r"tags|tag-?(?:list|links|cloud|s)|tagcloud|post-tags|entry-tags|article-tags"
            r"|cat-links|categories|category-list|post-categor\w+|"
            r"topics|topic-list|keywords|labels|filed-under|entry-utility|post-labels"
            r"|kicker|eyebrow|overline"
        ),
        "a list of tags",
    ),
    (
        re.compile(
            r"(?:^| )(?:[\w-]*side-?bar[\w-]*|widgets?|widget-area|(?:right-|left-)?rail"
            r"|secondary|sidecol)(?: |$)"
        ),
        "a side column",
    ),
    (
        _name(
            r"modals?|pop-?up|popover|overlay|lightbox|dialog|tooltip|toast|drawer"
            r"|off-?canvas|interstitial|snackbar"
        ),
        "a pop-up",
    ),
    (
        _name(r"log-?in|sign-?in|register|login-form|account|user-menu"),
        "a log-in form",
    ),
    (
        _name(r"rating|ratings|star-rating|votes?|voting|polls?|survey|feedback|was-this-helpful"),
        "a vote",
    ),
    (
        _name(
            r"(?:author|writer|contributor)-?(?:bio|box|card|info|about|description|profile"
            r"|details|block|panel|section|footer|desc|vcard)s?|"
            r"about-(?:the-)?authors?|post-author-\w+|bio|biography|bios|bio-box|abh-box"
            r"|saboxplugin-wrap|pp-author-boxes-container|authorbox|entry-author-info"
            r"|ts-fab-wrapper|m-a-box|vcard-bio"
        ),
        BIOGRAPHY,
    ),
    (
        _name(
            r"by-?line|bylines|dateline|post-?meta|entry-?meta|article-?meta|meta"
            r"|meta-?(?:data|info|bar|line)|post-info|article-info|"
            r"posted-on|published|pubdate|publish-date|timestamp|date|entry-date|post-date"
            r"|post-details|read(?:ing)?-time|time-to-read|"
            r"views|view-count|word-count|publication-date|post-byline|article-date|author"
            r"|post-author|entry-author|article-author|authors|updated|estimated-read\w*"
            r"|date-header|postmetadata"
        ),
        _BYLINE,
    ),
    (
        _name(
            r"wp-caption-text|wp-caption-dd|image-?caption|caption|caption-text"
            r"|photo-?(?:credit|caption)|credit|credits|image-credit|media-caption|"
            r"img-caption|figcaption|media__caption|photographer|gallery-caption"
        ),
        _CAPTION,
    ),
)
# Headings that stand over boilerplate only.
_HEADINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?:latest(?: (?:news|posts|articles|stories|from .*))?|recent (?:posts"
            r"|articles|comments)|(?:keep|read|see|explore) more(?: (?:from|on|in|about"
            r"|topics|stories)\b.*)?"
            r"|more (?:in|from|on|stories|news|articles|posts|like this|by)\b.*|more"
            r"|keep reading|what to read next|editors?[’']s? picks?|editor[’']?s choice"
            r"|top stories|related(?: \w+)?"
            r"|recommended(?: \w+)*|you (?:may|might) (?:also )?(?:like|enjoy).*|also (?:on"
            r"|in|by)\b.*|archives?|blog archive|blogroll|links|categories|next article"
            r"|previous article|das könnte (?:sie|dich|euch) (?:auch )?interessieren"
            r"|lesen sie (?:auch|mehr|weiter)\b.*|mehr (?:zum thema|von|aus)\b.*"
            r"|(?:weitere|ähnliche|verwandte) (?:artikel|beiträge|themen)|(?:à )?lire aussi"
            r"|sur le même (?:sujet|thème)|articles (?:similaires|liés|récents))\W*$",
            re.IGNORECASE,
        ),
        "links to other pages",
    ),
    (
        re.compile(
            r"(?:discussion about this .*|join the (?:conversation|discussion)"
            r"|(?:what do you think|leave (?:us )?a (?:comment|reply)|add a comment"
            r"|reader comments|comments? (?:policy|closed|are closed)|\d+ (?:thoughts?"
            r"|responses?|replies|comments?)\b.*)|responses(?: \(\d+\))?|conversation"
            r"|(?:\d+ )?(?:kommentare?|commentaires?)|(?:schreiben sie|schreibe) einen kommentar"
            r"|laisser un commentaire)\W*$",
            re.I,
        ),
        _COMMENTS,
    ),
    (
        re.compile(
            r"(?:sign up|subscribe|get (?:the|our)|join (?:our|the|my) (?:newsletter"
            r"|mailing list)|newsletter|ready for more|never miss|stay (?:informed"
            r"|up to date|in touch))\b.{0,60}$",
            re.I,
        ),
        "a newsletter sign-up",
    ),
    (
        re.compile(r"(?:share(?: this.*)?|follow (?:us|me).*|spread the word)\W*$", re.I),
        "share buttons",
    ),
    (re.compile(r"(?:tags|topics|filed under|tagged|labels)\W*$", re.I), "a list of tags"),
    (
        re.compile(
            r"(?:navigation(?: menu)?|menu|search|contents|table of contents|on this page"
            r"|in this (?:article|post|story))\W*$",
            re.I,
        ),
        "site navigation",
    ),
)
_TAGS = {
    "amp-ad": "an ad",
    "amp-sticky-ad": "an ad",
    "amp-sidebar": "site navigation",
    "amp-consent": "a cookie notice",
    "amp-user-notification": "a cookie notice",
    "amp-social-share": "share buttons",
    "nav": "site navigation",
    "footer": "the page's foot",
    "form": "a form",
    "search": "site navigation",
    "dialog": "a pop-up",
    "figcaption": _CAPTION,
    "fieldset": "a form",
    "legend": "a form",
}
_ROLES = {
    "navigation": "site navigation",
    "search": "site navigation",
    "banner": "the page's head",
    "contentinfo": "the page's foot",
    "complementary": "a side column",
    "dialog": "a pop-up",
    "alertdialog": "a pop-up",
    "menu": "site navigation",
    "menubar": "site navigation",
    "toolbar": "share buttons",
    "tablist": "site navigation",
}

_BOXES = ("div", "section", "aside", "ul", "ol", "td", "table", "footer", "dl", "nav", "article")
_HEADING_LIKE = (*elements.HEADING_TAGS, "strong", "b", "span", "div", "p")
_NEVER = frozenset(("html", "body", "main", "br", "hr", "img", *elements.HEADING_TAGS))
_MAIN = re.compile(r"(?:^|[ -])(?:article-?body|entry-content|post-content|post-body|story-body)")
_LARGE = ("site navigation", "a side column", "a cookie notice", "the page's foot", "a pop-up")
_LINKS = "links to other pages"
_ASIDE = "an aside"
_LARGE_SHARE = 0.2  # of the page's prose, for these; what holds more is no boilerplate
# Words, at most.
_HEADING_WORDS = 8
_SMALL = 60  # of prose in boilerplate of another sort
_TEASER = 80  # in a card that leads to another page
_BIOGRAPHY_PROSE = 150  # of prose about an author
_LINE = 40  # in a byline
_CAPTION_WORDS = 150
_SENTENCE = 5
_ASIDE_PROSE = 40


def boilerplate_elements(root: Element, counts: WordCounts) -> dict[Element, str]:
    """The outermost elements that are boilerplate, each with its reason."""
    reasons: dict[Element, str] = {}
    protected = _around_the_title(root)
    whole = counts.prose.get(root, 0)
    stack = [root]
    while stack:
        element = stack.pop()
        if element not in counts.words:
            continue
        reason = None if element in protected else _reason(element, counts, whole)
        if reason:
            reasons[element] = reason
        else:
            stack.extend(element)
    return reasons


def _reason(element: Element, counts: WordCounts, whole: int) -> str | None:
    named = _named_reason(element)
    if named and _may_be(element, named, counts, whole):
        return named
    return _heading_reason(element, counts, whole) or _teasers_reason(element, counts)


def _named_reason(element: Element) -> str | None:
    """What an element's tag, role, class and id say it is, where that is not the essay."""
    tag = element.tag
    if tag in _NEVER:
        return None
    if reason := _ROLES.get((element.get("role") or "").lower()):
        return reason
    names = elements.class_names(element)
    if names and not _MAIN.search(names):
        for pattern, reason in _NAMES:
            if pattern.search(names):
                return reason
    if tag == "aside" and not elements.is_pull_quote(element):
        return _ASIDE
    return _TAGS.get(tag)


def _may_be(element: Element, reason: str, counts: WordCounts, whole: int) -> bool:
    """Whether an element holds no more than boilerplate of this sort does."""
    count, prose = counts.words[element], counts.prose[element]
    if reason == _COMMENTS:
        return element.tag not in ("p", "blockquote")
    if reason == _BYLINE:
        quoted = next(element.iterancestors("blockquote"), None) is not None
        return count <= _LINE and not quoted and not _is_sentence(element, count)
    if reason == _CAPTION:
        return count <= _CAPTION_WORDS
    if reason == _ASIDE:
        return prose < _ASIDE_PROSE or 2 * counts.linked[element] > count
    return _is_small(element, reason, counts, whole)


def _is_small(element: Element, reason: str, counts: WordCounts, whole: int) -> bool:
    """Whether an element is small enough, or holds links enough, to be what it is called."""
    count, prose, linked = counts.words[element], counts.prose[element], counts.linked[element]
    if element.tag in ("p", "blockquote") and count > _SENTENCE and 2 * linked < count:
        return False  # a class on a paragraph says how it is set; its words decide later
    if element.tag in ("li", "span") and prose > _LINE:
        return False
    if reason == BIOGRAPHY:
        return prose <= _BIOGRAPHY_PROSE
    if reason in _LARGE:
        return prose <= max(_SMALL, _LARGE_SHARE * whole)
    if reason == _LINKS and prose and not linked:
        return False  # words that lead nowhere
    return prose <= _SMALL or 2 * linked > count


def _is_sentence(element: Element, count: int) -> bool:
    """Whether a paragraph is a whole sentence, and does not end with a year or a time."""
    text = elements.visible_text(element)
    ended = element.tag == "p" and count > _SENTENCE and ends_sentence(text)
    return ended and not "".join(words(text)[-1:]).isdigit()


def _around_the_title(root: Element) -> set[Element]:
    """The elements around the first large heading and around a body that says it is one."""
    around: set[Element] = set()
    for inner in [next(root.iter("h1"), None), *root.iterfind(".//*[@itemprop='articleBody']")]:
        if inner is not None:
            around.update(outer for outer in inner.iterancestors() if outer.tag != "header")
    return around


def _heading_reason(element: Element, counts: WordCounts, whole: int) -> str | None:
    """What an element is by the heading it opens with, where that stands over boilerplate only."""
    if element.tag not in _BOXES or 2 * counts.prose[element] > whole:
        return None
    head = element
    while len(head) and not (head.text or "").strip() and head.tag not in elements.HEADING_TAGS:
        head = next((child for child in head if counts.words.get(child, 0)), None)
        if head is None:
            return None
    if head is element or head.tag not in _HEADING_LIKE:
        return None
    text = elements.visible_text(head)
    alone = counts.words[element] == counts.words[head]
    if alone or not 0 < len(text.split()) <= _HEADING_WORDS:
        return None
    headings = (reason for pattern, reason in _HEADINGS if pattern.match(text))
    reason = patterns.footer_reason(text) or next(headings, None)
    leads_nowhere = counts.prose[element] and not counts.linked[element]
    return None if reason == _LINKS and leads_nowhere else reason


def _teasers_reason(element: Element, counts: WordCounts) -> str | None:
    """“Links” for a row of three teasers or more, each a linked heading and a few words."""
    if len(element) < 3 or element.tag in ("p", "tr", "html"):
        return None
    cards = [child for child in element if counts.words.get(child, 0)]
    if len(cards) < 3 or len({(card.tag, card.get("class")) for card in cards}) > 2:
        return None
    few = all(counts.words[card] <= _TEASER and counts.linked[card] > 1 for card in cards)
    return _LINKS if few and all(map(_has_linked_heading, cards)) else None


def _has_linked_heading(card: Element) -> bool:
    heading = next(card.iter("h2", "h3", "h4", "h5", "h6"), None)
    if heading is None:
        return False
    inside = any(outer.tag == "a" for outer in heading.iterancestors())
    return inside or heading.find(".//a") is not None
