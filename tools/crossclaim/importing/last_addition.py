"""The last `add`, remembered so that it can be taken back: what each file was, and became."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path

from crossclaim import files
from crossclaim.content.collection import ESSAYS
from crossclaim.content.memory import FOLDER, digest, make_folder
from crossclaim.findings import Finding
from crossclaim.model import Place

REPORT = f"{FOLDER}/last-add.txt"
_RECORD = f"{FOLDER}/last-add.json"


def save(root: Path, changes: Mapping[str, tuple[bytes | None, bytes]]) -> None:
    """Remember what an `add` is about to write, by path: content before (None: no file), after.

    Raises OSError.
    """
    record = {
        file: [None if before is None else base64.b64encode(before).decode(), digest(after)]
        for file, (before, after) in changes.items()
    }
    make_folder(root)
    files.write(root / _RECORD, json.dumps(record))


def take_back(root: Path, dry_run: bool = False) -> tuple[tuple[str, ...], list[Finding]]:
    """Make the files of the last `add` what they were before; which are removed or put back.

    Nothing is written where one of them was changed since: that is what the findings say.
    Raises OSError.
    """
    try:
        record = json.loads((root / _RECORD).read_bytes())
        before = {
            file: None if text is None else base64.b64decode(text)
            for file, (text, _) in record.items()
            if file.startswith(f"{ESSAYS}/") and ".." not in file  # whoever wrote the record
        }
    except (OSError, ValueError, TypeError, AttributeError):
        hint = "remove essays one by one"
        return (), [Finding("missing-file", Place(_RECORD), "no `add` can be taken back", hint)]
    now = {file: _content(root / file) for file in before}
    changed = [file for file in before if now[file] != before[file]]
    findings = [
        _changed_since(file)
        for file in changed
        if now[file] is None or digest(now[file] or b"") != record[file][1]
    ]
    if findings or dry_run:
        return (() if findings else tuple(changed)), findings
    for file in changed:
        content = before[file]
        if content is None:
            files.remove_file(root / file, root / ESSAYS)
        else:
            files.write(root / file, content)
    (root / _RECORD).unlink()
    return tuple(changed), []


def _changed_since(file: str) -> Finding:
    message = "the file was changed after it was added, so nothing is taken back"
    return Finding("not-written", Place(file), message, "remove the essays by name")


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
