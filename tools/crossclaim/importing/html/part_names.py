"""What web pages call the parts that are not their essay, each name with the reason it gives."""

import re

COMMENTS = "readers' comments"
BIOGRAPHY = "the author's card"
BYLINE = "the line of author and date"
CAPTION = "a figure's caption"


def _named(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[ -])(?:{words})(?:[ -]|\d*$)")


# What an element's class or id says it is; the first that fits names the reason.
NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        _named(
            r"comments?|comment-?(?:list|form|area|section|respond|thread|wrapper|container"
            r"|body|box)|commentlist"
            r"|respond|disqus|disqus-thread|fb-comments|livefyre|coral|spotim|webmentions?"
            r"|reactions"
            r"|pingbacks?|trackbacks?|replies"
        ),
        COMMENTS,
    ),
    (
        _named(r"cookies?|cookie-\w+|cookiebar|consent|gdpr|onetrust|cmp|ccpa|eu-notice"),
        "a cookie notice",
    ),
    (
        _named(
            r"newsletters?|news-letter|newsletter-\w+|sign-?up|sign-?up-\w+|subscribe"
            r"|subscribe-\w+|subscriptions?"
            r"|subscriber|subscription-widget-?\w*|mailchimp|mc4wp|mc-embed|convertkit"
            r"|optin|opt-in|mailing-list|email-form|lead-form|kg-signup-card"
        ),
        "a newsletter sign-up",
    ),
    (
        _named(
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
        _named(
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
        _named(
            r"ads?|adv|adverts?|advertisement|advertising|adsbygoogle|ad-?(?:slot|unit"
            r"|container|wrapper|block|banner|box|label|space)|"
            r"adsense|dfp|gpt-ad|google-ad|sponsor(?:ed|ship|s)?|sponsored-\w+|banner"
            r"|banner-ad|affiliate|affiliate-\w+|merch|shop-\w+|donate|donation|"
            r"patreon|kofi|buy-(?:now|the-book|button)|support-us|membership|call-?to-?action|cta"
        ),
        "an ad",
    ),
    (
        _named(
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
        _named(
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
        _named(
            r"modals?|pop-?up|popover|overlay|lightbox|dialog|tooltip|toast|drawer"
            r"|off-?canvas|interstitial|snackbar"
        ),
        "a pop-up",
    ),
    (
        _named(r"log-?in|sign-?in|register|login-form|account|user-menu"),
        "a log-in form",
    ),
    (
        _named(r"rating|ratings|star-rating|votes?|voting|polls?|survey|feedback|was-this-helpful"),
        "a vote",
    ),
    (
        _named(
            r"(?:author|writer|contributor)-?(?:bio|box|card|info|about|description|profile"
            r"|details|block|panel|section|footer|desc|vcard)s?|"
            r"about-(?:the-)?authors?|post-author-\w+|bio|biography|bios|bio-box|abh-box"
            r"|saboxplugin-wrap|pp-author-boxes-container|authorbox|entry-author-info"
            r"|ts-fab-wrapper|m-a-box|vcard-bio"
        ),
        BIOGRAPHY,
    ),
    (
        _named(
            r"by-?line|bylines|dateline|post-?meta|entry-?meta|article-?meta|meta"
            r"|meta-?(?:data|info|bar|line)|post-info|article-info|"
            r"posted-on|published|pubdate|publish-date|timestamp|date|entry-date|post-date"
            r"|post-details|read(?:ing)?-time|time-to-read|"
            r"views|view-count|word-count|publication-date|post-byline|article-date|author"
            r"|post-author|entry-author|article-author|authors|updated|estimated-read\w*"
            r"|date-header|postmetadata"
        ),
        BYLINE,
    ),
    (
        _named(
            r"wp-caption-text|wp-caption-dd|image-?caption|caption|caption-text"
            r"|photo-?(?:credit|caption)|credit|credits|image-credit|media-caption|"
            r"img-caption|figcaption|media__caption|photographer|gallery-caption"
        ),
        CAPTION,
    ),
)
# Headings that stand over furniture only.
HEADS: tuple[tuple[re.Pattern[str], str], ...] = (
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
        COMMENTS,
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
TAGS = {
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
    "figcaption": CAPTION,
    "fieldset": "a form",
    "legend": "a form",
}
ROLES = {
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
