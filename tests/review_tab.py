"""A tab without scripts on the review page: it reads a page's forms and presses their buttons."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from collections_made import essay, make
from crossclaim.reviewing.app import create_app
from crossclaim.reviewing.ranking import RankerFactory
from crossclaim.reviewing.session import ReviewSession

HOST, TOKEN = "127.0.0.1:4321", "the-token"
ORIGIN = f"http://{HOST}"

ESSAY = essay(
    """\
    # On waking

    Good morning, everybody.

    Tea wakes everybody. It *does*.
    {: #tea asserts="tea-wakes? tea-calms?" }

    There are two points:
    {: #points .aside }

    1. Tea calms, they say.
       {: #calms reports="tea-calms?" }

    2. Nobody who drinks it sleeps.
       {: #nobody illustrates="tea-wakes" }

    > It costs a fortune.
    > {: #costs }

    Here it ends.
    """
)


def collection(root: Path, text: str = ESSAY) -> Path:
    """The small collection with an essay that has something to review."""
    return make(root, {"essays/ada.md": text})


class Tab:
    """One tab, at one page. `status` is the last answer's, after redirects."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.status = 0
        self.address = ""
        self.text = ""
        self.page: Any = None

    def go(self, address: str) -> "Tab":
        return self._shown(self.client.get(address, base_url=ORIGIN), address)

    def press(self, key: str, **fields: str) -> "Tab":
        """Presses what the key is written on: in the chosen tag first, as the script does."""
        named = f'[data-key~="{key}"]'
        elements = self.page.cssselect(f".picked {named}") or self.page.cssselect(named)
        return self.push(elements[0], **fields)

    def button(self, words: str, **fields: str) -> "Tab":
        buttons = self.page.cssselect("button")
        return self.push([b for b in buttons if b.text_content().startswith(words)][-1], **fields)

    def push(self, element: Any, **fields: str) -> "Tab":
        if element.tag == "a":
            return self.go(element.get("href"))
        form = element.getparent()
        while form.tag != "form":
            form = form.getparent()
        data = dict(form.form_values()) | fields
        if element.get("name"):
            data[element.get("name")] = element.get("value")
        if element.get("formmethod") == "get":
            return self._shown(
                self.client.get(form.action or self.address, base_url=ORIGIN, query_string=data),
                form.action,
            )
        answer = self.client.post(
            form.action, base_url=ORIGIN, data=data, headers={"Origin": ORIGIN}
        )
        return self._shown(answer, form.action)

    def _shown(self, answer: TestResponse, address: str) -> "Tab":
        while answer.status_code == 303:
            address = answer.location
            answer = self.client.get(address, base_url=ORIGIN)
        self.status, self.address, self.text = answer.status_code, address, answer.text
        self.page = html.fromstring(answer.text)
        return self

    def passage_key(self) -> str:
        return dict(parse_qsl(urlsplit(self.address).query)).get("at", "")

    def message(self) -> str:
        return " ".join(e.text_content() for e in self.page.cssselect(".message:not(.all)"))

    def here(self) -> str:
        return " ".join(self.page.cssselect("#here")[0].text_content().split())


def tab(
    root: Path, ranker_factory: RankerFactory | None = None, session: ReviewSession | None = None
) -> Tab:
    """A tab that has come in by the printed address. Tabs of one review share its session."""
    client = create_app(session or ReviewSession(root, ranker_factory), HOST, TOKEN).test_client()
    client.get(f"/?token={TOKEN}", base_url=ORIGIN)
    return Tab(client)
