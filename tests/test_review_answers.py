"""The review page, asked without a browser: who may ask, what is written, what is asked back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from collections_made import BEN, CLAIMS, tree
from crossclaim.model import Collection, Essay, Passage, Stance
from crossclaim.reviewing.app import create_app
from crossclaim.reviewing.history import ReviewChange
from crossclaim.reviewing.session import ReviewSession
from review_tab import ESSAY, HOST, ORIGIN, TOKEN, collection, tab

FILE = "essays/ada.md"


def read(root: Path) -> str:
    return (root / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": ""},
        {"Cookie": "crossclaim-review-4321=another"},
        {"Cookie": "crossclaim-review-4321=thé-token"},
        {"Host": "evil.example:4321"},
        {"Host": "127.0.0.1"},
        {"Host": "localhost:4321"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1234"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_request_from_elsewhere_is_refused_in_one_sentence(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    root = collection(tmp_path)
    before = tree(root)
    client = create_app(ReviewSession(root), HOST, TOKEN).test_client(use_cookies=False)
    good = {"Cookie": f"crossclaim-review-4321={TOKEN}", "Host": HOST, "Origin": ORIGIN}
    form = {"do": "aside", "key": "costs", "version": ""}
    answers = [client.post("/essay/ada", data=form, headers=good | headers)]
    if headers != {"Origin": ""}:  # a browser names no origin when it only asks for a page
        answers.append(client.get("/", headers=good | headers))
        answers.append(client.get("/essay/ada", headers=good | headers))
    for answer in answers:
        assert answer.status_code == 403
        assert re.findall(r"<p>(.*)</p>", answer.text)[0].count(".") >= 1
        assert "Tea" not in answer.text
    assert tree(root) == before
    assert client.get("/essay/ada", headers=good).status_code == 200


def test_the_printed_address_alone_lets_in_and_the_token_is_in_no_page(tmp_path: Path) -> None:
    client = create_app(ReviewSession(collection(tmp_path)), HOST, TOKEN).test_client()
    assert client.get("/?token=wrong", base_url=ORIGIN).status_code == 403
    entered = client.get(f"/?token={TOKEN}&essay=ada", base_url=ORIGIN)
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in entered.text
    assert "url=/essay/ada" in entered.text
    assert TOKEN not in client.get("/essay/ada", base_url=ORIGIN).text


def test_no_page_holds_a_script_or_a_style_or_names_another_host(tmp_path: Path) -> None:
    one = tab(collection(tmp_path))
    for address in ("/", "/essay/ada?find=tea", "/essay/ada?new=1", "/essay/ada?help=1"):
        one.go(address)
        assert re.findall(r"<script(?! src=\"/assets/review.js\" defer></script>)", one.text) == []
        assert re.findall(r"\s(?:style|on\w+)=|<style|https?://|//\w", one.text) == [], address
    policy = one.client.get("/", base_url=ORIGIN).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name in ("review.css", "review.js"):
        asset = one.client.get(f"/assets/{name}", base_url=ORIGIN)
        assert asset.status_code == 200
        assert "http" not in asset.text.replace("text/html", "")
    assert one.go("/assets/../session.py").status == 404


def test_changes_are_made_by_post_alone(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root)
    before = tree(root)
    for address in ("/essay/ada?do=aside&key=costs", "/undo", "/redo", "/keys"):
        one.go(address)
    assert tree(root) == before


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/").press("1")
    (root / FILE).chmod(0o444)
    before = tree(root)
    one.press("s")
    assert one.status == 500
    assert "the file is read-only; nothing was written." in one.text
    assert tree(root) == before


def test_a_review_without_scripts(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/").press("1")
    assert one.here() == "Paragraph 1 of 7 untouched"
    one.press("s")
    assert one.here() == "Paragraph 2 of 7 suggested"
    assert one.message() == "Set aside. 3 of 7 reviewed."
    one.press("a").press("r")
    assert one.message() == "Rejected, asserts: Tea calms people down. 4 of 7 reviewed."
    assert one.here() == "Paragraph 4 of 7 suggested"
    one.press("3")
    assert one.here() == "Paragraph 6 of 7 untouched"
    one.press("/").button("Search", find="calm").button("Add", stance="rejects")
    one.press("1").press("x").press("c")
    assert "It costs a fortune." in one.text
    one.button("Make", sentence="Tea is dear.", theme="Money", about="It says so.", id="")
    assert one.message() == "New claim, asserts: Tea is dear. 6 of 7 reviewed."
    one.press("n").press("s")
    assert "Every paragraph of this essay is reviewed." in one.text
    expected = ESSAY
    for old, new in (
        ("everybody.\n\n", "everybody.\n{: #good-morning-everybody .aside }\n\n"),
        ('asserts="tea-wakes? tea-calms?"', 'asserts="tea-wakes"'),
        ('reports="tea-calms?"', 'concedes="tea-calms"'),
        ("#costs }", '#costs asserts="tea-is-dear" }'),
        ("Here it ends.\n", "Here it ends.\n{: #here-it-ends .aside }\n"),
    ):
        assert old in expected
        expected = expected.replace(old, new)
    assert read(root) == expected
    assert (root / "essays/claims.yml").read_text("utf-8") == CLAIMS + (
        "- id: tea-is-dear\n  claim: Tea is dear.\n  theme: Money\n  about: >-\n    It says so.\n"
    )
    for _ in range(9):
        one.press("u")
    assert one.message() == "Undone — Set aside. 2 of 7 reviewed."
    assert read(root) == ESSAY
    assert (root / "essays/claims.yml").read_text("utf-8") == CLAIMS
    for _ in range(9):
        one.press("U")
    assert read(root) == expected


def test_an_edit_elsewhere_in_the_file_is_kept(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea")
    edited = ESSAY.replace("Good morning", "A new one.\n\nGood evening").replace("\n", "\r\n")
    (root / FILE).write_bytes(edited.encode())
    one.press("a")
    assert one.message().endswith("Edits made elsewhere were kept.")
    expected = edited.replace("tea-wakes? ", "tea-wakes ")
    assert (root / FILE).read_bytes() == expected.encode()


def test_an_edit_of_the_same_paragraph_is_asked_about(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea")
    edited = ESSAY.replace("It *does*.", "It *never* does.").replace(
        'tea-calms?" }', 'tea-calms" }', 1
    )
    (root / FILE).write_text(edited, "utf-8")
    one.press("a")
    assert one.status == 409
    assert read(root) == edited
    shown = " ".join(" ".join(one.page.cssselect(".conflict")[0].itertext()).split())
    assert "You wanted Accepted, asserts: Tea wakes people up." in shown
    assert "In the file now Tea wakes everybody. It never does." in shown
    assert "As your page showed it Tea wakes everybody. It does ." in shown
    one.press("y")
    assert one.status == 200
    assert read(root) == edited.replace("tea-wakes?", "tea-wakes")


def test_leaving_it_leaves_it(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea")
    edited = ESSAY.replace("It *does*.", "Does it?")
    (root / FILE).write_text(edited, "utf-8")
    one.press("A").press("Escape")
    assert "Does it?" in one.text
    assert read(root) == edited


def test_two_tabs_lose_no_tag(tmp_path: Path) -> None:
    root = collection(tmp_path)
    session = ReviewSession(root)
    one, other = (tab(root, session=session).go("/essay/ada?at=tea") for _ in range(2))
    third = tab(root, session=session).go("/essay/ada?at=calms")
    one.press("a")
    third.press("a")
    other.press("r")  # of the page as it was: the first suggestion, accepted by now
    assert other.status == 409
    assert 'asserts="tea-wakes tea-calms?"' in read(root)
    assert 'reports="tea-calms"' in read(root)


def test_a_paragraph_that_was_given_its_id_meanwhile_is_asked_about(tmp_path: Path) -> None:
    root = collection(tmp_path)
    session = ReviewSession(root)
    one, other = (tab(root, session=session).go("/essay/ada?at=~1") for _ in range(2))
    other.press("/")
    one.press("s")
    other.button("Add")
    assert other.status == 409
    assert "{: #good-morning-everybody .aside }" in other.text
    other.press("y")
    assert '{: #good-morning-everybody asserts="tea-wakes" }' in read(root)
    assert tab(root, session=session).go("/essay/ada?at=~1").here() == "Paragraph 1 of 7 reviewed"
    assert tab(root, session=session).go("/essay/ada?at=~0").status == 200
    assert tab(root, session=session).go("/essay/ada?at=~99").status == 200


def test_what_is_gone_is_said(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea")
    gone = re.sub(r"Tea wakes everybody.*?\}\n", "", ESSAY, flags=re.DOTALL)
    (root / FILE).write_text(gone, "utf-8")
    one.press("a")
    assert one.message() == "The paragraph can no longer be found in the file; nothing was written."
    assert read(root) == gone


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        (FILE, ESSAY.replace("title: On tea", "title: [On"), "essays/ada.md:3: "),
        (FILE, ESSAY.replace("#calms", "#tea"), "essays/ada.md:19: the id “tea” stands here again"),
        (FILE, b"\xff" + ESSAY.encode(), "essays/ada.md:1: byte 0xff is not UTF-8"),
        (FILE, None, "essays/ada.md is not there"),
        ("essays/claims.yml", "- id: [", "essays/claims.yml:1: "),
        ("essays/claims.yml", None, "essays/claims.yml:1: cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, file: str, content: str | bytes | None, why: str
) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea").press("a").press("j")
    before = (root / file).read_bytes()
    good = (root / FILE).read_bytes()
    if content is None:
        (root / file).unlink()
    else:
        (root / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    spoilt = tree(root)
    one.press("s")
    assert one.status == 409
    assert why in one.message()
    one.press("e")
    assert one.status == 200
    one.press("u")
    assert tree(root) == spoilt
    # Mended, everything goes on, undo included.
    (root / file).write_bytes(before)
    one.go("/").press("u")
    assert read(root) == ESSAY != good.decode()


def test_undo_leaves_a_paragraph_that_was_edited_since(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=costs").press("s").go("/essay/ada?at=tea").press("A")
    edited = read(root).replace("tea-wakes tea-calms", "tea-wakes")
    (root / FILE).write_text(edited, "utf-8")
    one.press("u")
    assert "was changed in its file since then" in one.message()
    assert read(root) == edited
    one.press("u")
    assert one.message() == "Undone — Set aside. 3 of 7 reviewed."
    assert read(root) == edited.replace("#costs .aside", "#costs")
    assert one.go("/").page.cssselect('[data-key="u"]')[0].get("disabled") is not None


def test_a_new_claim_that_is_in_use_by_now_stays(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=costs").press("c")
    one.button("Make", sentence="Tea is dear.", theme="Money", about="x")
    (root / "essays/ben.md").write_text(BEN.replace("rejects=", 'reports="tea-is-dear?" rejects='))
    before = tree(root)
    one.press("u")
    assert "in use by now, at essays/ben.md:9" in one.message()
    assert tree(root) == before


def test_a_claim_that_was_made_meanwhile_is_no_twin_and_the_form_stays_filled(
    tmp_path: Path,
) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=costs").press("c")
    other = CLAIMS + "- {id: tea-is-dear, claim: Tea costs., theme: Money, about: x}\n"
    (root / "essays/claims.yml").write_text(other)
    one.button("Make", sentence="Tea is dear.", theme="Money", about="Mine.", id="tea-is-dear")
    assert one.message() == "The id “tea-is-dear” is in use: Tea costs."
    assert "Mine." in one.page.cssselect("#about")[0].text
    one.button("Make", id="tea-is-very-dear")
    assert (root / "essays/claims.yml").read_text().startswith(other + "- id: tea-is-very-dear\n")
    assert '#costs asserts="tea-is-very-dear"' in read(root)


def test_a_claim_the_registry_has_not_cannot_be_accepted_but_rejected(tmp_path: Path) -> None:
    root = collection(tmp_path, ESSAY.replace("tea-calms?", "tea-clams?", 1))
    one = tab(root).go("/essay/ada?at=tea")
    for key in ("A", "1"):
        before = read(root)
        if key == "1":
            one.press("a")
            before = read(root)
        one.press(key)
        assert one.message() == "“tea-clams” is no claim of claims.yml; nothing was written."
        assert read(root) == before
    one.press("r")
    assert '{: #tea asserts="tea-wakes" }' in read(root)


@dataclass(frozen=True)
class Sure:
    claim: str
    stance: Stance
    score: float


class Ranker:
    def __init__(self, known: Collection) -> None:
        self.known = known

    def ranked(self, passage: Passage, essay: Essay) -> Sequence[Sure]:
        claims = reversed(self.known.claims)
        return [Sure(c.id, Stance.ASSERTS, 0.91 - 0.2 * n) for n, c in enumerate(claims)]


def test_a_ranker_gives_scores_and_the_order(tmp_path: Path) -> None:
    root = collection(tmp_path)
    one = tab(root, Ranker).go("/essay/ada?at=tea")
    tags = [" ".join(e.text_content().split()) for e in one.page.cssselect(".tag")]
    assert tags[0].startswith("asserts suggested, 0.91 Tea calms people down.")
    assert tags[1].startswith("asserts suggested, 0.71 Tea wakes people up.")
    assert (
        "score" not in tab(root).go("/essay/ada?at=tea").page.cssselect(".tags")[0].text_content()
    )


def test_nothing_of_an_essay_is_html_of_the_page(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> **bold** <b"
    text = ESSAY.replace("Good morning", evil).replace(
        "# On waking", f"# {evil}\n\n```\n{evil}\n```\n\n<div>{evil}</div>"
    )
    one = tab(collection(tmp_path, text.replace("title: On tea", f"title: '{evil}'"))).go(
        "/essay/ada"
    )
    assert re.findall(r"<script>|<img|onerror=alert\(2\)>", one.text) == []
    assert "<strong>bold</strong>" in one.text
    one.go("/")
    assert re.findall(r"<script>|<img", one.text) == []


def test_errors_of_the_collection_are_listed_and_what_can_be_loaded_is_reviewed(
    tmp_path: Path,
) -> None:
    root = collection(tmp_path)
    (root / "essays/ben.md").write_text(BEN.replace("---", "", 1))
    (root / "essays/cy.md").write_text(ESSAY.replace("tea-wakes?", "tea-awakes?"))
    one = tab(root).go("/")
    listed = [e.text_content() for e in one.page.cssselect(".findings li")]
    assert any(line.startswith("no-front-matter essays/ben.md:1 ") for line in listed)
    assert any(line.startswith("unknown-claim essays/cy.md:") for line in listed)
    states = [" ".join(e.text_content().split()) for e in one.page.cssselect(".essays li")]
    assert [s.split(" ", 1)[0] for s in states] == ["On", "ben", "On"]
    assert states[0].endswith("Ada Byron 2 of 7 reviewed")
    assert states[1].endswith("Cannot be reviewed as its file is now.")


def test_what_the_system_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea")

    def full(path: Path, content: str) -> bool:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("crossclaim.reviewing.session.files.write", full)
    one.press("a")
    assert one.status == 500
    assert "No space left on device" in one.text
    assert read(root) == ESSAY


def test_a_file_saved_in_the_very_moment_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = collection(tmp_path)
    one = tab(root).go("/essay/ada?at=tea")

    apply = ReviewChange.apply

    def slow(change: ReviewChange, contents: Mapping[str, str]) -> dict[str, str]:
        (root / FILE).write_text(ESSAY + "Saved.\n", "utf-8")
        return apply(change, contents)

    monkeypatch.setattr(ReviewChange, "apply", slow)
    one.press("a")
    assert one.message() == "essays/ada.md was saved by another program just now: try again."
    assert read(root) == ESSAY + "Saved.\n"


def test_a_fault_of_the_program_is_one_sentence(tmp_path: Path) -> None:
    def broken(known: Collection) -> Ranker:
        raise RuntimeError("no such luck")

    one = tab(collection(tmp_path), broken).go("/essay/ada")
    assert one.status == 500
    assert "RuntimeError: no such luck — please report it" in one.text
    assert "Traceback" not in one.text


def test_single_keys_can_be_switched_off_for_good(tmp_path: Path) -> None:
    one = tab(collection(tmp_path)).go("/essay/ada?at=tea")
    one.button("Single keys on")
    assert one.passage_key() == "tea"
    assert one.page.cssselect("#page")[0].get("data-keys") == "off"
    one.go("/").button("Single keys off")
    assert one.page.cssselect("#page")[0].get("data-keys") == "on"
