"""The debate about a claim: the verdict against the index, sides, absences, and what the pages say."""

import re
from collections.abc import Iterator
from dataclasses import replace

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from collections_made import essay, make
from crossclaim import pipeline
from crossclaim.model import Author, Claim, Collection, Essay, Passage, Place, Stance, Tag
from crossclaim.site import pages
from crossclaim.site.debate import (
    MAX_IN_FULL,
    MAX_NAMES,
    Debate,
    by_date,
    claims_of_author,
    deciding_sentence,
    face_to_face,
    holders,
    number,
    positions_on,
    sides_of,
    spread_over_writers,
    standing,
    unanswered_claims,
    verdict,
)
from crossclaim.site.index import Index, Occurrence
from crossclaim.site.measures import disagreements
from crossclaim.site.templating import render_template

HERE = Place("x")
NAMES = [
    "Ada",
    "Ben",
    "Cy",
    "Di",
    "Ed",
    "Flo",
    "Gus",
    "Hal",
    "Ida",
    "Jo",
    "Kit",
    "Lu",
    "Max",
    "Nan",
]
A, I, C, P, R = Stance  # noqa: E741
Stances = dict[str, list[tuple[str, Stance]]]


def tags_of(stances: list[tuple[str, Stance]]) -> Iterator[Passage]:
    for n, (claim, stance) in enumerate(stances, 1):
        tag = Tag(claim.rstrip("?"), stance, not claim.endswith("?"), HERE)
        yield Passage(f"p{n}", f"Words {n}.", n, (tag,), False, HERE, words="Words.")


def index_of(stances: Stances) -> Index:
    """An essay an author, with a passage for each claim and stance. “opp” opposes “it”.

    In place of an author may stand a title in quotation marks: that essay names none.
    """
    claims = [
        Claim("it", "It is so.", "T", "x", HERE),
        Claim("opp", "It is not so.", "T", "x", HERE, opposes=("it",)),
    ]
    essays = [
        Essay(
            name.strip("“”").lower(),
            name.strip("“”"),
            (name.lower(),) if name in NAMES else (),
            tuple(tags_of(own)),
            HERE,
        )
        for name, own in stances.items()
    ]
    authors = [Author(n.lower(), f"{n} X", HERE, short=n) for n in stances if n in NAMES]
    return Index(Collection(tuple(essays), tuple(claims), tuple(authors)))


def verdict_on(stances: Stances) -> str:
    index = index_of(stances)
    return verdict(index, index.claims["it"])


@pytest.mark.parametrize(
    ("by_author", "sentence"),
    [
        ("A A A", "All three authors assert it; nobody here defends the opposite."),
        ("A A", "Both authors assert it; nobody here defends the opposite."),
        ("A A R", "Ada and Ben assert it, Cy rejects it."),
        ("A - -", "Ada alone asserts it; nobody here defends the opposite."),
        ("A I -", "Ada asserts it, Ben illustrates it; nobody here defends the opposite."),
        ("AI PR C", "Ada alone asserts it, Ben reports and rejects it and Cy grants it."),
        ("AR - -", "Ada both asserts and rejects it."),
        ("PR - -", "Nobody here defends it; Ada reports and rejects it."),
        ("CP P -", "Nobody here defends it; Ada grants it, Ben reports it, and nobody answers."),
        ("R R", "Nobody here defends it; both authors reject it."),
        ("A", "Ada asserts it."),
        ("P", "Nobody here defends it; Ada reports it, and nobody answers."),
        ("a a -", "Only suggested, for two passages: nobody has reviewed that yet."),
        ("a - -", "Only suggested, for one passage: nobody has reviewed that yet."),
        ("- - -", "No passage here carries it yet."),
        ("A O -", "Ada alone asserts it; Ben makes a claim that opposes it."),
        ("A O O", "Ada alone asserts it; Ben and Cy make a claim that opposes it."),
        ("AO - -", "Ada alone asserts it; the same author makes a claim that opposes it."),
        ("P O O", "Nobody here defends it; Ada reports it, and Ben and Cy make a claim that opposes it."),
        ("A A A A A A", "All six authors assert it; nobody here defends the opposite."),
        ("A A A A A R", "Of six authors, five assert it, Flo rejects it."),
        ("A A A A A R P", "Of seven authors, five assert it, Flo rejects it and Gus reports it."),
        (
            "A A A A A R R R R R O O O O",
            "Of 14 authors, 5 assert it, 5 reject it.",
        ),
        ("P P P P P -", "Nobody here defends it; of six authors, five report it, and nobody answers."),
        (
            "A O O O O O",
            "Ada alone asserts it; five authors make a claim that opposes it.",
        ),
        # essays that name no author
        ("A A +A", "Both authors and “Cy” assert it; nobody here defends the opposite."),
        ("A - +A", "Ada and “Cy” assert it; nobody here defends the opposite."),
        ("- - +A", "“Cy” alone asserts it; nobody here defends the opposite."),
        ("A - +R", "Ada alone asserts it, “Cy” rejects it."),
        ("A - +O", "Ada alone asserts it; “Cy” makes a claim that opposes it."),
        ("P - +P", "Nobody here defends it; Ada and “Cy” report it, and nobody answers."),
        ("+A +R", "“Ada” asserts it, “Ben” rejects it."),
        ("+AO", "“Ada” asserts it; “Ada” makes a claim that opposes it."),
        ("A A A A A R +A +R", "Of six authors, five and “Gus” assert it, Flo and “Hal” reject it."),
        (
            "A A +A +A +A +A +A",
            "Both authors and five essays without an author assert it; nobody here defends the opposite.",
        ),
    ],
)  # fmt: skip
def test_who_stands_where_in_one_sentence(by_author: str, sentence: str) -> None:
    letters = {"A": ("it", A), "I": ("it", I), "C": ("it", C), "P": ("it", P), "R": ("it", R)}
    letters |= {"O": ("opp", A), "a": ("it?", A)}
    stances = {
        f"“{name}”" if "+" in own else name: [letters[o] for o in own if o in letters]
        for name, own in zip(NAMES, by_author.split(), strict=False)
    }
    assert verdict_on(stances) == sentence


collections = st.lists(
    st.lists(st.tuples(st.sampled_from(["it", "it?", "opp"]), st.sampled_from(list(Stance))), max_size=4),
    min_size=1,
    max_size=len(NAMES),
).map(lambda lists: dict(zip(NAMES, lists, strict=False)))  # fmt: skip

VERBS = {"assert": A, "illustrate": I, "grant": C, "report": P, "reject": R}
NUMBERS = {number(count): count for count in range(1, 13)}
CLAUSE = re.compile(
    r"(?P<who>.+?) (?P<verbs>(?:both )?[a-z]+s?(?: and [a-z]+s?)?) it(?:, | and |\Z)"
)


def told(sentence: str, everyone: int) -> dict[tuple[Stance, ...], int | list[str]]:
    """What a sentence says: for each position, who takes it, by name or by number."""
    other_side = r"makes? a claim that opposes it|nobody here defends the opposite|nobody answers"
    body = re.sub(rf"(?:; |, and )(?:(?!; |, and ).)*(?:{other_side})\.\Z", "", sentence)
    body = body.removesuffix(".")
    body = re.sub(r"^Nobody here defends it; ", "", body)
    body = re.sub(r"^[Oo]f \w+ authors, ", "", body)
    positions: dict[tuple[Stance, ...], int | list[str]] = {}
    end = 0
    for match in CLAUSE.finditer(body):
        assert match.start() == end, body
        end = match.end()
        verbs = re.findall(r"assert|illustrate|grant|report|reject", match["verbs"])
        who = match["who"].removesuffix(" alone")
        whole = re.fullmatch(r"(?i)(both|all \w+) authors", who)
        names = re.split(r", | and ", who)
        count = everyone if whole else NUMBERS.get(who) or (int(who) if who.isdigit() else 0)
        positions[tuple(VERBS[verb] for verb in verbs)] = count or names
    assert end == len(body), body
    return positions


@given(collections)
@example({"Ada": [("it", A)], "Ben": [("it", A), ("it", R)], "Cy": [("opp", A), ("it", P)]})
def test_the_verdict_says_what_the_index_says(stances: Stances) -> None:
    index = index_of(stances)
    claim = index.claims["it"]
    sentence = verdict(index, claim)
    assert sentence.count(".") == 1 and sentence.endswith(".")
    positions = positions_on(index, claim)
    assert {a for own in positions.values() for a in own} == set(index.by_author("it"))
    if not positions:
        assert ("suggested" in sentence) == bool(index.suggested_occurrences("it"))
        return
    made = index.makers("it")
    rejected = any(R in index.by_stance("it", author) for author in index.authors)
    opposed = bool(index.makers("opp"))
    assert sentence.startswith("Nobody here defends it") == (not made)
    only_maker = len(made) == 1 < len(index.authors) and not {(A,), (I,)}.isdisjoint(positions)
    assert ("alone" in sentence) == only_maker
    assert ("claim that opposes it" in sentence) == (opposed and not rejected)
    unopposed = bool(made) and not rejected and not opposed and len(index.authors) > 1
    assert sentence.endswith("; nobody here defends the opposite.") == unopposed
    unanswered = not made and not rejected and not opposed
    assert sentence.endswith(", and nobody answers.") == unanswered
    assert (claim in unanswered_claims(index)) == unanswered
    said = told(sentence, len(index.authors))
    assert said.keys() == positions.keys()
    for position, authors in positions.items():
        names = [index.short_names[a] for a in authors]
        assert said[position] in (names, len(names))
        assert isinstance(said[position], list) <= (len(names) <= MAX_NAMES)


@given(collections)
def test_every_reviewed_passage_stands_once_and_twelve_at_most_in_full(stances: Stances) -> None:
    index = index_of(stances)
    claim = index.claims["it"]
    sides = sides_of(index, claim)
    shown = [o for side in sides for o, _ in side.in_full] + [o for s in sides for o in s.in_short]
    assert len(shown) == len(index.occurrences("it"))
    assert set(map(id, shown)) == set(map(id, index.occurrences("it")))
    full = sum(len(side.in_full) for side in sides)
    assert full == min(len(shown), MAX_IN_FULL)
    assert all(side.in_full for side in sides), "no side is without a voice"
    columns = [side.column for side in sides]
    assert columns[:2] == ["left", "right"] or not any(columns)
    assert any(columns) == (len(sides) > 1 and any(o.tag.stance is R for o in shown))


def stances_of(index: Index) -> list[tuple[str, str, str]]:
    sides = sides_of(index, index.claims["it"])
    return [
        (s.heading, s.column, " ".join(f"{o.essay.id}:{o.tag.stance}" for o, _ in s.in_full))
        for s in sides
    ]


def test_both_sides_face_each_other_and_what_is_reported_stands_below() -> None:
    index = index_of({"Ada": [("it", P), ("it", A)], "Ben": [("it", R)], "Cy": [("it", C)]})
    assert stances_of(index) == [
        ("For", "left", "ada:asserts"),
        ("Against", "right", "ben:rejects"),
        ("Reported and granted", "", "ada:reports cy:concedes"),
    ]
    index = index_of({"Ada": [("it", P)], "Ben": [("it", R)]})
    assert [s[:2] for s in stances_of(index)] == [
        ("Reported", "left"),
        ("Against", "right"),
    ], "where nobody makes it, the case is what is reported"
    index = index_of({"Ada": [("it", P)], "Ben": [("it", A)]})
    assert [s[:2] for s in stances_of(index)] == [("For", ""), ("Reported", "")]
    assert [s[:2] for s in stances_of(index_of({"Ada": [("it", A)]}))] == [("", "")]


def test_the_plainest_of_each_come_first_then_one_each_in_turn() -> None:
    index = index_of({"Ada": [("it", I), ("it", A), ("it", I)], "Ben": [("it", I), ("it", A)]})
    spread = spread_over_writers(index.occurrences("it"))
    assert [(o.essay.id, o.passage.id) for o in spread] == [
        ("ada", "p2"), ("ben", "p2"), ("ada", "p1"), ("ben", "p1"), ("ada", "p3"),
    ]  # fmt: skip


def test_an_essay_is_named_with_its_first_passage() -> None:
    index = index_of({"Ada": [("it", A), ("it", A), ("it", R)], "Ben": [("it", R)]})
    named = [[first for _, first in side.in_full] for side in sides_of(index, index.claims["it"])]
    assert named == [[True, False], [False, True]]


def test_few_rejecters_among_many_makers_are_quoted_in_full() -> None:
    stances: Stances = {name: [("it", A)] * 2 for name in NAMES[:-1]}
    index = index_of({**stances, NAMES[-1]: [("it", R)]})
    makers, rejecters = sides_of(index, index.claims["it"])
    assert (len(makers.in_full), len(rejecters.in_full)) == (MAX_IN_FULL - 1, 1)
    assert len(makers.in_short) == 2 * (len(NAMES) - 1) - (MAX_IN_FULL - 1)
    assert len({o.essay.id for o, _ in makers.in_full}) == MAX_IN_FULL - 1, "an author each"


def occurrence(words: str, *deciding: str) -> Occurrence:
    tag = Tag("it", A, True, HERE, deciding)
    passage = Passage("p", words, 1, (tag,), False, HERE, words=words)
    return Occurrence(Essay("e", "E", ("ada",), (passage,), HERE), passage, tag)


@pytest.mark.parametrize(
    ("deciding", "sentence"),
    [
        (("tea wakes",), "But tea wakes us all."),
        (("Nobody",), "Nobody doubts it."),
        (("wakes us all. Nobody",), "But tea wakes us all. Nobody doubts it."),
        (("Some sleep", "doubts"), "Some sleep all day. … Nobody doubts it."),
        ((), "Some sleep all day. But tea wakes us all. Nobody doubts it."),
        (("not there",), "Some sleep all day. But tea wakes us all. Nobody doubts it."),
    ],
)
def test_the_deciding_sentence_holds_the_deciding_words(
    deciding: tuple[str, ...], sentence: str
) -> None:
    words = "Some sleep all day. But tea wakes us all. Nobody doubts it."
    assert deciding_sentence(occurrence(words, *deciding)) == sentence


def test_a_long_passage_without_deciding_words_is_cut() -> None:
    said = deciding_sentence(occurrence("word " * 200))
    assert len(said) <= 182 and said.endswith(" …")


def test_what_nobody_answers_is_reported_and_neither_made_rejected_nor_opposed() -> None:
    def unanswered(**stances: list[tuple[str, Stance]]) -> list[str]:
        return [claim.id for claim in unanswered_claims(index_of(dict(stances)))]

    assert unanswered(Ada=[("it", P)], Ben=[("it", C)]) == ["it"]
    assert unanswered(Ada=[("it", P)], Ben=[("it", R)]) == []
    assert unanswered(Ada=[("it", P)], Ben=[("it", A)]) == []
    assert unanswered(Ada=[("it", P)], Ben=[("opp", A)]) == []
    assert unanswered(Ada=[("it", P)], Ben=[("opp", P)]) == ["it", "opp"]


def test_who_would_be_missing_and_who_is_silent() -> None:
    index = index_of(
        {"Ada": [("it", A), ("it", R)], "Ben": [], "Cy": [("it", P)], "Di": [("it", P)]}
    )
    debate = Debate(index, index.claims["it"])
    assert debate.left_out == (("ada", "make or reject"),)
    assert debate.silent == "Ben does not take it up"
    nobody = Debate(index, index.claims["opp"])
    assert (nobody.left_out, nobody.silent) == ((), "")
    many = index_of({name: [("it", A)] if name == "Ada" else [] for name in NAMES})
    assert Debate(many, many.claims["it"]).silent == "13 authors do not take it up"


def test_the_claims_around_are_told_with_who_holds_them() -> None:
    index = index_of({"Ada": [("it", A), ("opp", P)], "Ben": [("opp", R)], "Cy": [("opp", A)]})
    debate = Debate(index, index.claims["it"])
    assert [(c.id, who) for c, who in debate.opposing] == [
        ("opp", "Cy alone asserts it, Ben rejects it")
    ]
    assert standing(index, index.claims["opp"]) == (
        "Cy alone asserts it, Ben rejects it and Ada reports it"
    )
    assert holders(index, index.claims["it"]) == "Ada alone asserts it"


def test_essays_by_date_those_without_a_year_last() -> None:
    dates = ["2014-03-02", "", "March 1788", "2014-03", "1788-01-02", "long ago", "2014"]
    made = index_of({"Ada": []}).collection.essays[0]
    essays = [replace(made, id=str(n), date=date) for n, date in enumerate(dates)]
    assert [e.date for e in by_date(essays)] == [
        "March 1788", "1788-01-02", "2014", "2014-03", "2014-03-02", "", "long ago",
    ]  # fmt: skip


def test_an_authors_claims_are_told_once_under_what_they_do() -> None:
    index = index_of({
        "Ada": [("it", I), ("it", A), ("opp", A), ("it", P), ("opp", R)],
        "Ben": [("it", A)],
    })  # fmt: skip
    lists = claims_of_author(index, "ada")
    assert {
        heading: [(c.claim.id, c.stance, [o.passage.id for o, _ in c.passages]) for c in claims]
        for heading, claims in lists.items()
    } == {
        "Makes with others": [("it", A, ["p2", "p1"])],
        "Makes alone": [("opp", A, ["p3"])],
        "Reports": [("it", P, ["p4"])],
        "Rejects": [("opp", R, ["p5"])],
    }
    assert all(not title for own in lists.values() for c in own for _, title in c.passages)


def test_two_authors_meet_in_what_one_makes_and_the_other_rejects() -> None:
    index = index_of({"Ada": [("it", P), ("it", A)], "Ben": [("it", C), ("it", R)]})
    both = face_to_face(index, index.claims["it"], "ada", "ben")
    assert [o.tag.stance for o in both] == [A, R]
    index = index_of({"Ada": [("it", I)], "Ben": [("it", C), ("it", A)]})
    both = face_to_face(index, index.claims["it"], "ada", "ben")
    assert [o.tag.stance for o in both] == [I, A]


# --- The pages ------------------------------------------------------------------------------------


def as_page(text: str) -> html.HtmlElement:
    body = text.split("---\n", 2)[2]
    rendered = markdown.markdown(body, extensions=["attr_list", "footnotes", "toc"])
    return html.fromstring(f"<article>{rendered}</article>")


CLAIMS = """\
- {id: tea-wakes, claim: "Tea *wakes* [us] & <b>.", theme: T, about: "Not “Calms”.", supports: [tea-calms]}
- {id: tea-calms, claim: Tea calms., label: Calms, theme: T, about: x, opposes: [tea-wakes]}
"""
ADA = """\
Tea *wakes*
everybody, [they say](other.md) `a<b`.
{: #one asserts="tea-wakes" }
{: tea-wakes="wakes everybody" }

# Top

1. Not so.
   {: #two reports="tea-wakes" }
   {: tea-wakes="Not so" }
"""
BEN = "Tee macht müde.\n{: #drei rejects='tea-wakes' asserts='tea-calms?' }\n"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    ben = essay(BEN, "title: 'Wider [den] Tee'\nauthor: [Ben Jonson, Cy Twice]\nlanguage: de")
    files = {
        "essays/claims.yml": CLAIMS,
        "essays/authors.yml": "- {name: Ada Byron, about: '1. Made up.', links: {Her page: 'https://example.org/(a)'}}\n- name: Ben Jonson\n- name: Cy Twice\n",
        "essays/ada.md": essay(ADA),
        "essays/ben.md": ben,
    }
    checked = pipeline.check(make(tmp_path_factory.mktemp("pages"), files))
    assert checked.buildable, checked.findings
    return pages.render_pages(checked.index, checked.settings)


def test_a_claims_page_is_markdown_with_quotations_and_whose_they_are(
    texts: dict[str, str],
) -> None:
    text = texts["claims/tea-wakes.md"]
    assert not re.search(r"<(?!/?(?:mark|code)>)[a-zA-Z/!]", text.split("---")[2]), (
        "hardly any HTML"
    )
    page = as_page(text)
    (heading,) = page.xpath("h1")
    assert heading.text_content() == "Tea *wakes* [us] & <b>."
    (line,) = page.xpath("p[@class='verdict']")
    assert line.text_content() == ("Byron alone asserts it, Jonson and Twice reject it.")
    assert [(h.text_content(), h.get("class")) for h in page.xpath("h2")][:3] == [
        ("For", "left"), ("Against", "right"), ("Reported", "whole"),
    ]  # fmt: skip
    quotations = page.xpath("blockquote")
    assert [" ".join(q.text_content().split()) for q in quotations] == [
        "Tea wakes everybody, they say a<b.", "Tee macht müde.", "Not so.",
    ]  # fmt: skip
    assert [q.xpath("p/@lang") for q in quotations] == [[], ["de"], []]
    sources = [q.getprevious() for q in quotations]
    assert [s.text_content() for s in sources] == [
        "Ada Byron in On tea, ¶1",
        "Ben Jonson and Cy Twice in Wider [den] Tee, ¶1",
        "Ada Byron, ¶2",
    ]
    assert [s.xpath("a/@class") for s in sources] == [["asserts"], ["rejects"], ["reports"]]
    assert sources[1].xpath("a/@href")[2] == "../essays/ben.md#drei"
    assert all(len(list(q.iter())) + len(list(s.iter())) <= 8 for q, s in zip(quotations, sources, strict=True))  # fmt: skip


def test_a_language_is_no_way_to_another_attribute() -> None:
    hostile = replace(
        occurrence("Tee."), essay=replace(occurrence("").essay, language="de onclick=x")
    )
    index = Index(Collection((hostile.essay,), (), ()))
    assert filtered("blockquote", hostile, index) == "> Tee."


def filtered(name: str, occurrence: Occurrence, index: Index) -> str:
    from crossclaim.site.templating import _environment

    return str(_environment().filters[name](occurrence, index))


def test_deciding_words_are_marked_and_links_lead_from_the_claims_page(
    texts: dict[str, str],
) -> None:
    page = as_page(texts["claims/tea-wakes.md"])
    assert page.xpath("blockquote//a/@href") == ["../essays/other.md"]
    marked = [" ".join(mark.text_content().split()) for mark in page.xpath("//mark")]
    assert marked == ["Not so"], "words that begin within emphasis stay as they are"


def test_suggestions_stand_apart_and_count_for_nobody(texts: dict[str, str]) -> None:
    page = as_page(texts["claims/tea-calms.md"])
    (line,) = page.xpath("p[@class='verdict']")
    assert line.text_content().startswith("Only suggested, for one passage")
    assert not page.xpath("blockquote")
    (item,) = page.xpath("h2[starts-with(., 'Suggested')]/following-sibling::ul[1]/li")
    assert item.text_content() == "Jonson and Twice, ¶1: Tee macht müde."
    assert item.xpath("a/@class") == ["asserts q"]


def test_an_authors_page_is_a_list(texts: dict[str, str]) -> None:
    page = as_page(texts["authors/ada-byron.md"])
    assert page.xpath("p[@class='lead']")[0].text_content() == "1. Made up."
    assert page.xpath("p/a/@href") == ["https://example.org/%28a%29"]
    assert [h.text_content() for h in page.xpath("h2")] == ["Essay", "Makes alone", "Reports", "Beside others"]  # fmt: skip
    (made,) = page.xpath("h2[.='Makes alone']/following-sibling::ul[1]/li")
    assert made.text_content() == "Tea *wakes* [us] & <b> ¶1"
    assert made.xpath("a/@class") == ["asserts"]
    beside = page.xpath("h2[.='Beside others']/following-sibling::ul[1]/li")
    assert [li.text_content() for li in beside] == [
        "Ben Jonson: 0 shared claims, 1 disputed",
        "Cy Twice: 0 shared claims, 1 disputed",
    ]


def test_compared_authors_meet_sentence_by_sentence(texts: dict[str, str]) -> None:
    page = as_page(texts["compare/ada-byron--ben-jonson.md"])
    assert page.xpath("h1")[0].text_content() == "Ada Byron and Ben Jonson"
    (line,) = page.xpath("p[@class='verdict']")
    assert line.text_content() == (
        "Both make no claims and dispute one. Of the two, Byron alone makes none, Jonson none."
    )
    (disputed,) = page.xpath("h3")
    assert [li.text_content() for li in disputed.xpath("following-sibling::ul[1]/li")] == [
        "Byron, ¶1: Tea wakes everybody, they say a<b.",
        "Jonson, ¶1: Tee macht müde.",
    ]


def test_essays_and_authors_are_lists_with_their_counts(texts: dict[str, str]) -> None:
    page = as_page(texts["essays/index.md"])
    assert [" ".join(li.text_content().split()) for li in page.xpath("ul/li")] == [
        "On tea Ada Byron · The Kettle · 2 paragraphs, 1 claim",
        "Wider [den] Tee Ben Jonson and Cy Twice · The Kettle · 1 paragraph, 0 claims",
    ]
    page = as_page(texts["authors/index.md"])
    assert " ".join(page.xpath("ul/li")[0].text_content().split()) == (
        "Ada Byron 1 essay · 1 claim, 1 alone"
    )


def macro(name: str, index: Index, **values: object) -> str:
    from crossclaim.site.templating import _environment

    module = _environment().get_template("page.jinja").module
    return str(getattr(module, name)(index, **values))


def test_where_views_clash_is_told_in_lines_or_in_a_sentence() -> None:
    index = index_of({"Ada": [("it", A)], "Ben": [("it", R), ("opp", A)]})
    lines = macro("clashes", index, disagreements=disagreements(index), up="", most=4)
    assert lines.splitlines() == [
        "- [It is so](claims/it.md): Ada alone asserts it, Ben rejects it",
        "- [It is so](claims/it.md): Ada alone asserts it, Ben rejects it; against it stands "
        "[It is not so](claims/opp.md): Ben alone asserts it",
    ]
    index = index_of({"Ada": [("it", P)], "Ben": [("it", R)]})
    assert macro("clashes", index, disagreements=disagreements(index), up="", most=4) == (
        "No author here makes a claim that another one rejects or opposes.\n"
    )


def test_what_nobody_answers_is_a_list() -> None:
    index = index_of({"Ada": [("it", P)], "Ben": [("opp", C)]})
    assert macro("unanswered", index, up="../").splitlines() == [
        "- [It is so](../claims/it.md): nobody here defends it; Ada reports it",
        "- [It is not so](../claims/opp.md): nobody here defends it; Ben grants it",
    ]


def test_where_a_claim_went_no_script_or_style_stands_in_the_page_itself() -> None:
    index = index_of({"Ada": [("it", P)]})
    text = render_template("moved.html", index, kind="claim", targets=[("it.html", "<It>.")])
    assert "Content-Security-Policy" in text
    assert "&lt;It&gt;." in text
    assert re.findall("<script.*", text) == ['<script src="../assets/moved.js" defer></script>']
    assert "style=" not in text
