"""Footnotes of a PDF: small type at a page's foot, and the raised signs that call it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossclaim.importing.document import Kind, LeftOut, Note, Run
from crossclaim.importing.pdf.blocks import Set, blocks
from crossclaim.importing.pdf.layout import Setting
from crossclaim.importing.pdf.lines import Line

_OPENS = re.compile(r"\s*(?P<sign>\d{1,3}|[*†‡§]{1,3})[.)]?\s*(?=\S)")
_HEADING = re.compile(r"(?:(?:foot|end)?notes?|references|anmerkungen):?\s*\Z", re.IGNORECASE)
_END = 0  # the page of the notes at the essay's end
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at a page's foot: its page, the sign it opens with or "", its words."""

    page: int
    sign: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words."""
        return "".join(run.text for run in self.runs)


def notes_of(foot: Sequence[Line], how: Setting) -> list[Foot]:
    """The lines at the pages' feet as notes; one without a sign goes on with the one above it."""
    found: list[Foot] = []
    group: list[Line] = []
    for line in [*foot, None]:
        opens = line is not None and _OPENS.match(line.text)
        if group and (line is None or opens or line.page != group[-1].page):
            found.append(_foot(group, how))
            group = []
        if line is not None:
            group.append(line)
    return found


def _foot(group: list[Line], how: Setting) -> Foot:
    opens = _OPENS.match(group[0].text)
    own = replace(how, size=group[0].size)
    parts = [each.block for each in blocks(group, own)]
    runs: list[Run] = []
    for block in parts:
        lead = f"{block.marker} " if block.kind is Kind.NUMBERED else ""
        runs += [*([Run(" ")] if runs else []), *([Run(lead)] if lead else []), *block.runs]
    plain = [
        replace(run, emphasis="" if run.emphasis == "raised" else run.emphasis) for run in runs
    ]
    if opens:
        plain = _without(plain, opens[0])
    return Foot(group[0].page, opens["sign"] if opens else "", tuple(plain))


def _without(runs: list[Run], opening: str) -> list[Run]:
    """Runs without the sign they open with."""
    count = len(opening.strip())
    made = []
    for run in runs:
        text = run.text.lstrip() if count else run.text
        cut = min(count, len(text))
        count -= cut
        made.append(
            replace(run, text=text[cut:].lstrip(" .)") if not count and cut else text[cut:])
        )
    made = [run for run in made if run.text]
    return [replace(made[0], text=made[0].text.lstrip(" .)")), *made[1:]] if made else []


def with_calls(
    made: Sequence[Set], found: Sequence[Foot]
) -> tuple[list[Set], tuple[Note, ...], list[LeftOut]]:
    """Blocks with the calls of their notes, the notes, and what no sign calls with certainty.

    A note is certain where one raised sign on its page calls it and no other note there has its
    sign. A raised sign without a note stays among the words, raised.
    """
    made, at_end = _at_the_end(made)
    found = [*found, *at_end]
    calls = Counter(
        (page, run.text.strip())
        for each in made for run in each.block.runs if run.emphasis == "raised"
        for page in {0} | {line.page for line in each.lines}
    )  # fmt: skip
    signs = Counter((foot.page, foot.sign) for foot in found)
    certain = {
        (foot.page, foot.sign): foot
        for foot in found
        if foot.sign and signs[foot.page, foot.sign] == 1 and calls[foot.page, foot.sign] == 1
    }
    notes: list[Note] = []
    taken: set[tuple[int, str]] = set()
    result = [replace(each, block=replace(each.block, runs=_called(each, certain, notes, taken)))
              for each in made]  # fmt: skip
    left = [
        LeftOut(0, f"{foot.sign} {foot.text}".strip(), "small type at the page's foot that no sign "
                "in the text is certain to call", f"page {foot.page}")
        for foot in found if (foot.page, foot.sign) not in taken
    ]  # fmt: skip
    return result, tuple(notes), left


def _at_the_end(made: Sequence[Set]) -> tuple[Sequence[Set], list[Foot]]:
    """The blocks above a heading “Notes”, and the numbered ones below it as notes.

    They are notes only if raised signs in the text call every one of them, once.
    """
    head = next(
        (at for at in range(len(made) - 1, 0, -1) if _HEADING.match(made[at].block.text)), None
    )
    if head is None:
        return made, []
    end = head + 1
    while end < len(made) and made[end].block.kind is Kind.NUMBERED:
        end += 1
    found = [
        Foot(_END, each.block.marker.rstrip("."), each.block.runs) for each in made[head + 1 : end]
    ]
    raised = Counter(
        run.text.strip()
        for each in made[:head] for run in each.block.runs if run.emphasis == "raised"
    )  # fmt: skip
    if not found or any(raised[foot.sign] != 1 for foot in found):
        return made, []
    return [*made[:head], *made[end:]], found


def _called(
    each: Set,
    certain: dict[tuple[int, str], Foot],
    notes: list[Note],
    taken: set[tuple[int, str]],
) -> tuple[Run, ...]:
    runs: list[Run] = []
    pages = [*sorted({line.page for line in each.lines}), _END]
    for run in each.block.runs:
        if run.emphasis != "raised":
            runs.append(run)
            continue
        sign = run.text.strip()
        key = next(
            ((p, sign) for p in pages if (p, sign) in certain and (p, sign) not in taken), None
        )
        if key is None:
            runs.append(Run(run.text.translate(_HIGH)))
            continue
        taken.add(key)
        label = str(len(notes) + 1)
        notes.append(Note(label, certain[key].runs))
        runs.append(Run("", note=label))
        if run.text.endswith(" "):
            runs.append(Run(" "))
    return tuple(runs)
