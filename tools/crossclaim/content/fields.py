"""Take what the format allows out of YAML entries, and say what is amiss."""

import re
from collections.abc import Mapping, Sequence

from crossclaim.content.yaml import BadYaml, Entry, Item, parse
from crossclaim.findings import Finding
from crossclaim.model import Place
from crossclaim.names import did_you_mean

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)


def load(text: str, file: str, first_line: int = 1) -> tuple[object, list[Finding]]:
    """YAML text to its value, or None with a finding."""
    try:
        return parse(text, first_line), []
    except BadYaml as error:
        hint = "mend the YAML there; quote a value that holds “: ” or starts with a sign"
        return None, [Finding("bad-yaml", Place(file, error.line), f"{error}", hint)]


class Fields:
    """Reads one entry's fields and collects the findings on the way."""

    def __init__(self, entry: Entry, file: str, known: Mapping[str, str]) -> None:
        """`known` maps each name the format has to what it holds."""
        self.entry = entry
        self.file = file
        self.findings: list[Finding] = []
        for key in entry.values:
            if key not in known:
                names = ", ".join(known)
                hint = did_you_mean(key, tuple(known), f"the names are {names}")
                self._found("unknown-metadata", key, f"“{key}” is no name of the format", hint)

    def place(self, key: str) -> Place:
        """Where the key stands, or the entry where the key is missing."""
        return Place(self.file, self.entry.lines.get(key, self.entry.line))

    def exact(self, key: str) -> str:
        """A field of one text, as it stands."""
        value = self.entry.values.get(key, "")
        return value if isinstance(value, str) else self.text(key)

    def address(self, key: str) -> str:
        """A field of one address that a browser may open."""
        return self._safe(key, self.text(key))

    def _safe(self, key: str, address: str) -> str:
        if not address or _ADDRESS.match(address):
            return address
        message, hint = f"“{address}” is no address", "write one that begins with https://"
        self._found("bad-address", key, message, hint)
        return ""

    def text(self, key: str) -> str:
        """A field of one text, white space folded; "" where it is missing."""
        value = self.entry.values.get(key, "")
        if isinstance(value, str):
            return " ".join(value.split())
        self._found("wrong-shape", key, f"“{key}” is no text", "write one text after the colon")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A field of one text or a list of texts."""
        value = self.entry.values.get(key, "")
        if isinstance(value, str):
            return (value.strip(),) if value.strip() else ()
        if isinstance(value, list) and all(isinstance(item.value, str) for item in value):
            return tuple(str(item.value).strip() for item in value)
        self._found("wrong-shape", key, f"“{key}” is no list of texts", "write [one, another]")
        return ()

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A field that maps texts to texts."""
        value = self.entry.values.get(key, "")
        if isinstance(value, Entry) and all(isinstance(v, str) for v in value.values.values()):
            return tuple((label, self._safe(key, str(v))) for label, v in value.values.items())
        if value != "":
            hint = "write one “label: address” a line below it"
            self._found("wrong-shape", key, f"“{key}” is no list of labels with addresses", hint)
        return ()

    def amiss(self, key: str, message: str, hint: str) -> None:
        """Add that a field holds something else than the format asks for."""
        self._found("wrong-shape", key, message, hint)

    def _found(self, code: str, key: str, message: str, hint: str) -> None:
        self.findings.append(Finding(code, self.place(key), message, hint))


def entries(value: object, file: str) -> tuple[Sequence[Entry], list[Finding]]:
    """The entries of a file that is a list of entries; an empty file has none."""
    if value is None:
        return [], []
    hint = "write a list: each entry starts with “- ” and holds “name: value” lines"
    if not isinstance(value, list):
        return [], [Finding("wrong-shape", Place(file), "the file is no list of entries", hint)]
    items: list[Item] = value
    good = [item.value for item in items if isinstance(item.value, Entry)]
    bad = [item for item in items if not isinstance(item.value, Entry)]
    message = "this item of the list is no entry"
    return good, [Finding("wrong-shape", Place(file, item.line), message, hint) for item in bad]
