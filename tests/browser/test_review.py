"""A whole review in a browser, from the keyboard; then what stands in the file."""

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from browser_watch import SHOTS, Watch, lead_on, open_page, violations
from collections_made import CLAIMS
from crossclaim.reviewing.app import create_app
from crossclaim.reviewing.session import ReviewSession
from review_tab import ESSAY, TOKEN, collection

FILE = "essays/ada.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return collection(tmp_path / "tea")


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    """Where the collection is under review: the address that a reviewer is given."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(ReviewSession(root), host, TOKEN)
        server = make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{host}/?token={TOKEN}&essay=ada"
    server.shutdown()
    thread.join()


def enter(page: Page, address: str) -> Page:
    lead_on(page, address, "**/essay/**")
    return page


def here(page: Page, number: int, state: str) -> None:
    expect(page.locator("#here")).to_have_text(
        re.compile(rf"^\s*Paragraph {number} of 7\s+{state}\s*$")
    )


def keys(page: Page, *typed: str) -> None:
    for key in typed:
        page.keyboard.press(key)


def test_a_whole_review_from_the_keyboard(
    browser: Browser, root: Path, address: str, watch: Watch
) -> None:
    page = enter(open_page(browser, watch), address)
    here(page, 1, "untouched")
    expect(page.locator(".top .count")).to_have_text("2 of 7 reviewed")

    keys(page, "s")
    here(page, 2, "suggested")
    expect(page.locator("#live")).to_have_text("Set aside. 3 of 7 reviewed.")
    expect(page.locator("#here")).to_be_focused()

    # Choose the second, reject it; the first with another stance, which ends the paragraph.
    keys(page, "ArrowRight")
    expect(page.locator(".picked .claim")).to_have_text("Tea calms people down.")
    keys(page, "r", "2")
    here(page, 4, "suggested")
    expect(page.locator(".top .count")).to_have_text("4 of 7 reviewed")

    # Keys typed faster than pages come each find their own.
    keys(page, "u", "u", "u", *["Shift+U"] * 3)
    expect(page.locator("#live")).to_have_text(re.compile("^Done again — Accepted, illustrates"))
    keys(page, "n")
    here(page, 4, "suggested")
    keys(page, "a")
    here(page, 6, "untouched")

    # A claim by its words, what is typed ahead included; the second of two; another stance.
    # What is pressed before the search has answered waits for it.
    page.keyboard.type("/peo")
    expect(page.locator("[name=find]")).to_be_focused()
    keys(page, "ArrowDown")
    page.keyboard.type("ple")
    keys(page, "ArrowDown", "Enter")
    here(page, 6, "reviewed")
    expect(page.locator(".picked .claim")).to_have_text("Tea calms people down.")
    keys(page, "3")
    expect(page.locator(".picked .what")).to_contain_text("concedes")

    # A claim of its own.
    keys(page, "c")
    expect(page.locator("#sentence")).to_be_focused()
    expect(page.locator("#sentence")).to_have_value("It costs a fortune.")
    page.keyboard.type("Tea is dear, and calms nobody.")
    expect(page.locator("#nearest .claim").first).to_have_text("Tea calms people down.")
    expect(page.locator("#id")).to_have_value("tea-is-dear-and-calms-nobody")
    page.locator("#theme").fill("Money")
    page.locator("#about").fill("The passage says that it costs.")
    keys(page, "Control+Enter")
    expect(page.locator("#live")).to_contain_text("New claim, asserts: Tea is dear")
    keys(page, "n", "s")
    expect(page.locator(".message.all")).to_contain_text(
        "Every paragraph of this essay is reviewed."
    )
    expect(page.locator(".top .count")).to_have_text("7 of 7 reviewed")
    page.context.close()

    expected = ESSAY
    for old, new in (
        ("everybody.\n\n", "everybody.\n{: #good-morning-everybody .aside }\n\n"),
        ('asserts="tea-wakes? tea-calms?"', 'illustrates="tea-wakes"'),
        ("tea-calms?", "tea-calms"),
        ("#costs }", '#costs concedes="tea-calms" asserts="tea-is-dear-and-calms-nobody" }'),
        ("Here it ends.\n", "Here it ends.\n{: #here-it-ends .aside }\n"),
    ):
        expected = expected.replace(old, new, 1)
    assert (root / FILE).read_text("utf-8") == expected
    assert (
        (root / "essays/claims.yml")
        .read_text("utf-8")
        .startswith(CLAIMS + "- id: tea-is-dear-and-calms-nobody\n")
    )


def test_moving_about_and_the_help(
    browser: Browser, root: Path, address: str, watch: Watch
) -> None:
    page = enter(open_page(browser, watch), address)
    # A key held down moves on, and does nothing else; Caps Lock makes no large letter, and a
    # keyboard of another script has its letters in the same places.
    page.evaluate(
        """() => {
            const press = (key, more) => document.body.dispatchEvent(
                new KeyboardEvent("keydown", {key, bubbles: true, ...more}));
            press("s", {repeat: true});
            press("J", {});
            press("о", {code: "KeyJ"});
        }"""
    )
    here(page, 3, "aside")
    keys(page, "ArrowDown")
    here(page, 4, "suggested")
    expect(page.locator(".passage.here .text")).to_contain_text("Tea calms, they say.")
    keys(page, "k", "ArrowUp")
    here(page, 2, "suggested")
    keys(page, "?")
    expect(page.locator(".help dt")).to_have_count(18)
    expect(page.locator("#help")).to_be_focused()
    keys(page, "Escape")
    expect(page.locator(".help")).to_have_count(0)
    keys(page, "/")
    expect(page.locator("[name=find]")).to_be_focused()
    page.keyboard.type("zzz")  # letters in a field, not keys
    expect(page.locator("#results")).to_contain_text("No claim has these words.")
    keys(page, "Escape", "e")
    expect(page.locator("h1")).to_have_text("Essays under review")
    keys(page, "1")
    here(page, 1, "untouched")
    page.locator(".passage").nth(4).locator(".text").click()
    here(page, 5, "reviewed")
    expect(page).to_have_url(re.compile(r"/essay/ada\?at=nobody$"))
    page.reload()
    here(page, 5, "reviewed")
    page.get_by_role("button", name="Single keys on").click()
    expect(page.get_by_role("button", name="Single keys off")).to_be_visible()
    keys(page, "j", "x", "s")
    here(page, 5, "reviewed")
    page.context.close()
    assert (root / FILE).read_text("utf-8") == ESSAY


def test_an_edit_in_the_middle_is_merged_or_asked_about(
    browser: Browser, root: Path, address: str
) -> None:
    page = enter(open_page(browser, Watch()), f"{address}")
    keys(page, "n")
    here(page, 2, "suggested")
    elsewhere = ESSAY.replace("Good morning", "A very good morning")
    (root / FILE).write_text(elsewhere, "utf-8")
    keys(page, "Shift+A")
    expect(page.locator(".message").first).to_contain_text("Edits made elsewhere were kept.")
    here(page, 4, "suggested")
    text = elsewhere.replace("tea-wakes? tea-calms?", "tea-wakes tea-calms")
    assert (root / FILE).read_text("utf-8") == text

    same = text.replace("they say.", "some of them say.")
    (root / FILE).write_text(same, "utf-8")
    keys(page, "a")
    expect(page.locator("#conflict")).to_be_focused()
    expect(page.locator(".conflict")).to_contain_text("some of them say.")
    assert (root / FILE).read_text("utf-8") == same
    keys(page, "y")
    here(page, 6, "untouched")
    assert (root / FILE).read_text("utf-8") == same.replace(
        'reports="tea-calms?"', 'reports="tea-calms"'
    )
    page.context.close()


def test_two_tabs_lose_no_tag(browser: Browser, root: Path, address: str) -> None:
    one = enter(open_page(browser, Watch()), address)
    two = enter(one.context.new_page(), address)
    for page in (one, two):
        keys(page, "n")
        here(page, 2, "suggested")
    keys(one, "a")
    expect(one.locator("#live")).to_contain_text("Accepted, asserts: Tea wakes")
    keys(two, "r")
    expect(two.locator(".conflict")).to_be_visible()
    keys(two, "Escape")
    expect(two.locator(".tag")).to_have_count(2)
    assert 'asserts="tea-wakes tea-calms?"' in (root / FILE).read_text("utf-8")
    one.context.close()


def test_without_scripts_every_action_is_a_button(
    browser: Browser, root: Path, address: str, watch: Watch
) -> None:
    page = enter(open_page(browser, watch, java_script_enabled=False), address)
    page.get_by_role("button", name="Set aside").click()
    here(page, 2, "suggested")
    page.get_by_role("button", name="Accept all 2").click()
    here(page, 4, "suggested")
    page.get_by_role("button", name="Reject", exact=True).click()
    here(page, 4, "untouched")
    page.get_by_role("link", name="Find a claim").click()
    page.locator("[name=find]").fill("alert")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("radio", name="rejects").check()
    page.get_by_role("button", name="Add").click()
    here(page, 4, "reviewed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message").first).to_contain_text("Undone — Added, rejects: Tea wakes")
    page.context.close()
    assert "{: #calms }" in (root / FILE).read_text("utf-8")


def test_a_page_of_another_host_can_do_nothing(browser: Browser, root: Path, address: str) -> None:
    page = enter(open_page(browser, Watch()), address)
    target = address.split("?")[0] + "essay/ada"
    other = page.context.new_page()
    other.route(
        "http://elsewhere.example/",
        lambda r: r.fulfill(
            content_type="text/html",
            body=f"<form method=post action='{target}'><input name=do value=aside>"
            "<input name=key value=costs><input name=version><button>Win</button></form>",
        ),
    )
    other.goto("http://elsewhere.example/")
    other.get_by_role("button").click()
    expect(other.locator("body")).to_contain_text("nothing was done")
    # By a name that was made to lead here.
    stranger = open_page(browser, Watch())
    answer = stranger.goto(address.replace("127.0.0.1", "localhost"))
    assert answer
    assert answer.status == 403
    wrong = stranger.goto(address.replace(TOKEN, "guess"))
    assert wrong
    assert wrong.status == 403
    expect(stranger.locator("body")).to_have_text(
        re.compile("token is missing or from another run")
    )
    for each in (page, stranger):
        each.context.close()
    assert (root / FILE).read_text("utf-8") == ESSAY


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    browser: Browser, root: Path, address: str, width: int, scheme: str
) -> None:
    (root / "essays/ben.md").write_text("---\n", "utf-8")
    page = open_page(browser, Watch(), width, color_scheme=scheme, reduced_motion="reduce")
    enter(page, address)
    base = address.split("?")[0]
    SHOTS.mkdir(parents=True, exist_ok=True)
    pages = (
        ("list", ""),
        ("tags", "essay/ada?at=tea"),
        ("find", "essay/ada?at=tea&find=tea"),
        ("new", "essay/ada?at=costs&new=1"),
        ("help", "essay/ada?at=tea&help=1"),
        ("trouble", "essay/ben"),
        ("asks", "essay/ada?at=tea"),
    )
    both = (width, scheme) in ((1440, "light"), (390, "dark"))  # every page in each, once
    for name, path in pages if both else [pages[0], pages[1], pages[-1]]:
        page.goto(base + path)
        if name == "asks":
            (root / FILE).write_text(ESSAY.replace("It *does*", "It did"), "utf-8")
            keys(page, "a")
            expect(page.locator(".conflict")).to_be_visible()
        page.screenshot(path=SHOTS / f"review-{name}-{width}-{scheme}.png")
        wrong = violations(
            page, runOnly=["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
        )
        assert not wrong, f"{name}: {wrong}"
        for narrow in (width, 320, 640):
            page.set_viewport_size({"width": narrow, "height": 700})
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, f"{name} at {narrow}"
        page.set_viewport_size({"width": width, "height": 844})
    page.context.close()


def test_the_command_says_where_and_how_far(root: Path, browser: Browser, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crossclaim", "review", "ada", "--no-browser"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.fullmatch(
            r"Review at (http://127\.0\.0\.1:(\d+)/\?token=[\w-]{40,}&essay=ada)\n", line
        )
        assert found
        page = enter(open_page(browser, Watch()), found[1])
        keys(page, "s")
        here(page, 2, "suggested")
        taken = subprocess.run(
            [*command[:-1], "--port", found[2]], cwd=root, capture_output=True, text=True
        )
        assert taken.returncode == 1
        assert taken.stderr == (
            f"cannot listen at 127.0.0.1:{found[2]}: Address already in use — "
            "stop what listens there, or choose another --port\n"
        )
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == "\n4 of 8 reviewed.\n"
        keys(page, "a")
        expect(page.locator(".note")).to_contain_text(
            "The review has ended, so nothing was written"
        )
        page.context.close()
