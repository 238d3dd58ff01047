"""Marks of site generators and note programs in Markdown: what goes, what of it stays, and why.

Hugo, Jekyll, Hexo, Pelican, Docusaurus, MkDocs, MyST, Pandoc, Quarto, Obsidian. Each rule is the
reason that is told for what it takes out ("" for what loses no words), a pattern whose group `mark`
is what goes, and a template or function for what it leaves in its place.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import defs

from crossclaim.importing.document import LeftOut, Unreadable

_MATHS_REMARK = "mathematics is kept as it is typed: look whether it can be read"
_MOST_TAGS = 4000  # of a site generator; the time to pair them grows with their square
_BREAK = "\x1e"  # a line more than the original has
# Signs that are no marks (in code, escaped) are characters of a private plane while rules are read.
_HIDE = {n: 0xF0000 + n for n in range(33, 127)}
_SHOW = {hidden: sign for sign, hidden in _HIDE.items()}
_LITERAL = re.compile(
    r"^(?P<margin>[ \t>]*)(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}+|~{3,}+)(?P<info>[^\n`]*)"
    r"(?:\n|\Z)(?P<body>.*?)(?P<end>^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<role>(?<![{$])\{[a-z][\w:+.-]*\})?(?<!`)(?P<ticks>`+)(?!`)"
    r"(?P<query>\$?=[ ])?(?:(?!\n[ \t]*\n).){1,300}?(?<!`)(?P=ticks)(?!`)"
    r"|\\[!-/:-@\[-`{-~]",
    re.MULTILINE | re.DOTALL,
)
_DATA = (  # directives and fences whose words are no prose
    r"(?:\{(?:toctree|contents|tableofcontents|code|code-block|code-cell|sourcecode|image|figure"
    r"|include|math|literalinclude|bibliography|raw|eval-rst|index|r|python|julia|bash|js|sql|dot"
    r"|=\w+|mermaid)\b[^}\n]*\}|(?:dataview\w*|mermaid|tasks|query|button|toc|embed|base)\b)"
)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """Plain Markdown: its lines, each with its number in the file, and what was left out."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]


def without_marks(text: str) -> Unmarked:
    """Markdown without the marks of generators. Raises Unreadable."""
    if text.count("{%") + text.count("{{") > _MOST_TAGS:
        raise Unreadable("the file has more tags than any text", "look at the file in an editor")
    left_out: list[LeftOut] = []
    text = _with_code_hidden(text.replace(_BREAK, ""))
    for reason, pattern, kept in _RULES:
        before, text = text, _applied(text, reason, pattern, kept, left_out)
    lines = [
        (number, part)
        for number, line in enumerate(text.translate(_SHOW).split("\n"), start=1)
        for part in line.split(_BREAK)
    ]
    shown = {number for number, part in lines if part.strip()}
    numbers, parts = zip(*lines, strict=True)
    remarks = [_MATHS_REMARK] if before != text else []
    remarks += [
        f"the site put words where “{left.text}” stands, on line {left.line}"
        for left in left_out
        if left.reason == _TAG and re.match(r"\{\{ *[\w.]", left.text) and left.line in shown
    ]
    return Unmarked(parts, numbers, tuple(left_out), tuple(remarks))


def _with_code_hidden(text: str) -> str:
    """The text with signs hidden that mark nothing, and MyST's fences as boxes of colons."""

    def hidden(match: re.Match[str]) -> str:
        info = (match["info"] or "").strip()
        if match["role"] or match["query"] or re.match(_DATA, info):
            return match[0]
        if re.match(r"\{[a-z]", info):
            body = _with_code_hidden(match["body"])
            return f"{match['margin']}:::{info}\n{body}{match['end'] and ':::'}"
        return match[0].translate(_HIDE)

    return _LITERAL.sub(hidden, text)


_Kept = str | Callable[[re.Match[str]], str]
_Rule = tuple[str, re.Pattern[str], _Kept]


def _applied(
    text: str, reason: str, pattern: re.Pattern[str], kept: _Kept, left_out: list[LeftOut]
) -> str:
    """The text after one rule. It has as many lines as before."""
    ends = [match.start() for match in re.finditer("\n", text)] if pattern.search(text) else []

    def replaced(match: re.Match[str]) -> str:
        stays = kept(match) if callable(kept) else match.expand(kept)
        gone = match["mark"] if "mark" in pattern.groupindex else match[0]
        gone = " ".join(gone.translate(_SHOW).split())
        if reason and gone:
            left_out.append(LeftOut(bisect_right(ends, match.start() - 1) + 1, gone, reason))
        return stays + "\n" * (match[0].count("\n") - stays.count("\n"))

    return pattern.sub(replaced, text)


def _box_title(match: re.Match[str]) -> str:
    """A box's title as a bold line of its own, behind MkDocs's mark, whose words are indented."""
    title = (match["name"] or match["title"] or "").strip(' "')
    title = f"**{title}**" if title else ""
    if match["indented"]:
        return f'{match["margin"]}!!! box "{title}"'
    return match["margin"] + (title and title + _BREAK)


def _wiki_words(match: re.Match[str]) -> str:
    return (match["shown"] or match["note"].strip("#").partition("#")[0]).strip()


def _maths(match: re.Match[str]) -> str:
    """Mathematics as literal words."""
    words = (match["block"] or match["inline"]).translate(_SHOW)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words).translate(_HIDE)


def _rule(reason: str, pattern: str, kept: _Kept = "") -> _Rule:
    return reason, re.compile(pattern, re.MULTILINE | re.DOTALL), kept


def _pairs(reason: str, names: str, kept: str = "") -> tuple[_Rule, _Rule]:
    """The rules for two tags and what is between them: Liquid's, and Hugo's."""
    mark = r"(?=(?P<mark>\{[{%][^\n]{0,300}?[}%]\}))" if kept else ""
    return (
        _rule(reason, rf"{mark}\{{%-?\s*(?P<name>{names})\b(?:(?!%\}}).)*%\}}"
              r"(?P<inside>.{0,20000}?)\{%-?\s*end(?P=name)\s*-?%\}", kept),
        _rule(reason, rf"{mark}\{{\{{[<%]\s*(?P<name>{names})(?=[\s>%])(?:(?!\}}\}}).)*\}}\}}"
              r"(?P<inside>.{0,20000}?)\{\{[<%]\s*/\s*(?P=name)\s*[>%]\}\}", kept),
    )  # fmt: skip


_COMMENT, _CODE, _FIELD = "a comment", "code of the site generator", "a data field"
_TAG, _BOX = "a tag of the site generator", "the mark of a box; what is in it stays"
_MARK, _ATTRIBUTES = "a mark of the program it was written with", "an attribute list"
_PAIR = r"""(?:[#.][A-Za-z][\w:.-]*|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"""
_ATTRIBUTE_LIST = rf"(?<!\{{)\{{\s*[#.][A-Za-z][\w:.-]*(?:\s+{_PAIR})*\s*\}}"
_JSX = r"""\s+(?:[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?|\{[^{}]*\})"""
_KNOWN = "|".join(sorted({*defs.tags, "bdi", "data", "dialog", "main", "picture", "search"}))
_INDENTED = r"[^\n]*\n(?:[ \t]*\n)*(?: {4}|\t)"
_RULES = (
    _rule(_TAG, r"(?P<mark>\{%-?\s*raw\s*-?%\})(?P<inside>.{0,20000}?)\{%-?\s*endraw\s*-?%\}",
          lambda match: match["inside"].translate(_HIDE)),
    # Comments, which nobody but the author was to read; one that is not closed has no end.
    _rule(_COMMENT, r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)"
          r"|\{%-?\s*comment\b.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)"
          r"|\{\{[<%]\s*comment\s*[>%]\}\}.*?(?:\{\{[<%]\s*/\s*comment\s*[>%]\}\}|\Z)"
          r"|\{::comment\s*/?\}.*?(?:\{:/(?:comment)?\}|\Z)|\{#(?=[\s-]).{0,5000}?#\}"
          r"|^[ \t>]*%%.*?(?:%%|\Z)|(?<![\w%])%%(?:(?!\n[ \t]*\n).)+?%%"
          r"|(?:(?<=[^\d\n]\n)|(?<=\n\n)|\A)%(?=[ \tA-Za-z])[^\n]*(?:\n%[^\n]*)*"
          r"|^ {0,3}\[(?://|comment|_|\.)\]:[ \t]*(?:#|<>)[^\n]*$"),
    # What stands between two tags.
    *_pairs(_CODE, "highlight|codeblock|code|javascript|stylesheet|style|css|script|mermaid|math"
            "|katex|chart"),
    *_pairs("text that the site keeps for elsewhere", "capture"),
    *_pairs(_TAG, "blockquote|pullquote|quote|epigraph", f"{_BREAK * 2}<blockquote>{_BREAK * 2}"
            rf"\g<inside>{_BREAK * 2}</blockquote>{_BREAK * 2}"),
    _rule(_CODE, rf"^[ \t>]*(?P<fence>:{{3,}}|`{{3,}}|~{{3,}})[ \t]*{_DATA}[^\n]*\n"
          r".{0,5000}?^[ \t>]*(?P=fence)[:`~]*[ \t]*$|`\$?= [^`\n]*`"),
    _rule("raw HTML", r"<(?P<name>script|style|svg|template|canvas)\b[^>]*>.{0,20000}?"
          r"</(?P=name)\s*>"),
    _rule("", r"<\w+\b[^<>\n]*\smarkdown(?:=[\"']?\w+[\"']?)?(?=[\s>])[^<>\n]*>",
          rf"\g<0>{_BREAK}"),
    # Tags.
    _rule("a line of program code",
          r"^import\s+(?:[\w$*{][\w$*{},\s]*?\s+from\s+)?[\"'][^\"'\n]+[\"'];?[ \t]*$"
          r"|^export\s+(?:const|let|var|default|function|async|\{)[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*"),
    _rule(_MARK, r"(?P<mark>\{[a-z][\w:+.-]*\})(?P<ticks>`+)(?P<words>[^`]+?)(?:\s*<[^<>`]*>)?"
          r"(?P=ticks)", r"\g<words>"),
    _rule("an element that HTML does not know; what is in it stays",
          rf"</?(?:(?=[A-Z][\w.]*[a-z])|(?!(?i:{_KNOWN})[\s/>]))"
          rf"[A-Za-z][\w.-]*(?:{_JSX})*\s*/?>"),
    _rule("a link within the site; its words stay",
          r"\]\([ \t]*(?P<mark>\{\{[^{}]*\}\}|\{%[^{}]*%\})[^()\n]*\)", "](#)"),
    _rule("", r"^(?P<start> {0,3}\[[^\]\n]+\]:[ \t]*)(?:\{\{|\{%)[^\n]*$", r"\g<start>#"),
    _rule(_TAG, r"\{%-?\s*(?:post|asset)_link\s+\S+\s+[\"']?(?P<words>[^%\n]+?)[\"']?\s*-?%\}",
          r"\g<words>"),
    _rule(_TAG, r"\{\{(?:[^{}]|\{[^{}]*\}){0,1500}\}\}|\{%(?:(?!%\}).){0,1500}%\}"
          r"|<%[^\n]{0,500}?%>|^[ \t]*-{1,2}8<-{1,2}[^\n]*$"),
    # Boxes.
    _rule(_BOX, r"^(?P<margin>(?:[ \t]*>)+[ \t]?)(?P<mark>\[!\w[^\]\n]*\][+-]?)[ \t]*"
          r"(?P<title>[^\n]*)$", r"\g<margin>\g<title>  "),
    _rule("", rf"^(?P<margin>[ \t]*)(?=!!!|\?\?\?|=== \")(?!{_INDENTED})", r"\g<margin>\\"),
    _rule(_BOX, r"^(?P<margin>[ \t>]*)(?P<mark>:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]+)"
          r"|(?P<indented>(?:!!!|\?\?\?\+?|===)[ \t]*[\w -]*?(?=[ \t]*(?:\"|$))))[ \t]*"
          r"(?:\[(?P<name>[^\]\n]*)\])?(?:[ \t]*\{[^}\n]*\})?(?P<title>[^\n]*?)[ \t]*:*[ \t]*$"
          r"(?:\n[ \t]*:[\w-]+:[^\n]*)*", _box_title),
    _rule("", r"^[ \t>]*:{3,}[ \t]*$"),
    # Lists of attributes, citations, references.
    _rule("the table of contents", r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:\s*toc[^{}\n]*\}"
          r"|^[ \t]*\[(?i:\[_?toc_?\]|toc)\][ \t]*$"),
    _rule(_ATTRIBUTES, rf"\[(?P<words>[^\[\]\n]+)\](?P<mark>{_ATTRIBUTE_LIST})", r"\g<words>"),
    _rule(_ATTRIBUTES, rf"[ \t]*\{{:[^{{}}\n]*\}}|[ \t]*{_ATTRIBUTE_LIST}"
          rf"|(?<=[\])])\{{\s*{_PAIR}(?:\s+{_PAIR})*\s*\}}|(?<=\S)[ \t]+\{{-\}}[ \t]*$|\{{=\w+\}}"),
    _rule("a citation of a bibliography",
          r"[ \t]*\[(?:[^\[\]\n@]*[\s;-])?@\w[^\[\]\n]*\](?![(\[:])"),
    _rule("the words an abbreviation stands for", r"^\*\[[^\]\n]+\]:[^\n]*$"),
    _rule(_MARK, r"^\([\w.:-]+\)=[ \t]*$|^\+\+\+(?:[ \t][^\n]*)?$"
          r"|^[ \t]*\\(?:newpage|pagebreak|clearpage|tableofcontents|noindent)\b[^\n]*$"),
    # Notes of Obsidian and its like. An escaped bar in a table's cell has been hidden.
    _rule("an embedded file", r"!\[\[[^\]\n]{1,300}\]\]"),
    _rule("", r"(?<![\[!])\[\[(?!\d+\]\])(?P<note>[^\[\]\n|]+?)(?:\U000F005C?[|\U000F007C]"
          r"(?P<shown>[^\[\]\n]*))?\]\](?![(\[:])", _wiki_words),
    _rule("tags", r"^[ \t]*(?:#(?=[^\s#]*[^\W\d_])[^\s#,.;:!?]+[ \t]*)+$"),
    _rule(_MARK, r"[ \t]+\^[A-Za-z0-9-]+[ \t]*$(?=\n[ \t>]*(?:\n|[-*+\d]|\Z)|\n?\Z)"
          r"|^\^[A-Za-z0-9-]*[ \t]*$"),
    _rule("", r"(?<!=)==(?=[^\s=])(?P<words>[^=\n]+)(?<=\S)==(?!=)", r"\g<words>"),
    _rule(_MARK, r"^(?P<item>[ \t>]*(?:[-*+]|\d+[.)])[ \t]+)(?P<mark>\[[ xX/>-]\])[ \t]+(?=\S)",
          r"\g<item>"),
    _rule(_FIELD, r"^[ \t]*\w[\w -]{0,30}::[ \t]+[^\n]*$"),
    _rule(_FIELD, r"(?P<mark>[\[(]\w[\w -]{0,30}::)[ \t](?P<words>[^\])\n]{0,300})[\])]",
          r"\g<words>"),
    _rule("", r"^\|[ \t](?P<words>[^|\n]*)$", r"\g<words>  "),  # Pandoc's lines of verse
    _rule("", r"\$\$(?P<block>[^$]{1,5000})\$\$|(?<![\w$])\$(?=[^\s$])"
          r"(?=[^$\n]*[\\^_={}<>+]|[^\s$]*\$)(?P<inline>[^$\n]{1,300})(?<=\S)\$(?![\w$])", _maths),
)  # fmt: skip
