"""Where the parts of a YAML list of entries stand in its text, so that one can be changed alone.

PyYAML's nodes carry the offset of their first and last sign. What is put in or taken out here is
such a stretch of text; comments, order, folding and quoting of everything else stay.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import yaml

from crossclaim.content.yaml import BadYaml, parse


class CannotEdit(ValueError):
    """The text is written in a way that cannot be changed safely. `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(frozen=True, slots=True)
class Edit:
    """The text from `start` up to `end` becomes `text`."""

    start: int
    end: int
    text: str = ""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; of two at one place, what begins a new line comes last."""

    def place(edit: Edit) -> tuple[int, int, bool, str]:
        return edit.start, edit.end, edit.text.startswith(("\r", "\n")), edit.text

    for edit in sorted(set(edits), key=place, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def entries_of(text: str) -> tuple[yaml.SequenceNode, list[yaml.MappingNode]]:
    """The list that a text is, and its entries. Raises CannotEdit, also where there are aliases."""
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken):
            line = token.start_mark.line + 1
            raise CannotEdit(line, f"“*{token.value}” stands for what is written elsewhere")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode):
        raise CannotEdit(1, "the file is no list of entries")
    return root, [node for node in root.value if isinstance(node, yaml.MappingNode)]


def field(entry: yaml.MappingNode, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and the value of an entry's field."""
    return next((pair for pair in entry.value if pair[0].value == name), None)


def texts(value: yaml.Node) -> list[yaml.ScalarNode]:
    """The texts of a field that holds one or a list of them; an empty one holds none."""
    nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
    return [node for node in nodes if isinstance(node, yaml.ScalarNode) and node.value.strip()]


def respelled(text: str, node: yaml.Node, name: str) -> Edit:
    """One text of the file becomes another, quoted as it was."""
    start, end = node.start_mark.index, _end(text, node)
    style = getattr(node, "style", None)
    return Edit(start, end, f"{style}{name}{style}" if style in ("'", '"') else plain(name))


def respoken(text: str, node: yaml.Node, change: Callable[[str], str]) -> Edit:
    """A text of the file, as it is written there, becomes what `change` makes of it."""
    start, end = node.start_mark.index, _end(text, node)
    return Edit(start, end, change(text[start:end]))


def with_texts(
    text: str, pair: tuple[yaml.Node, yaml.Node], entry: yaml.MappingNode, after: Sequence[str]
) -> list[Edit]:
    """What makes a field of one or several texts hold these, in this order.

    Texts that stay must stand in `after` in the order they have; what is new among them takes the
    place of one that goes, or comes last.
    """
    value = pair[1]
    if not after:
        return [_without_pair(text, entry, pair)]
    items = texts(value)
    before = [item.value.strip() for item in items]
    edits: list[Edit] = []
    gone: list[int] = []
    at = 0
    for number, (item, name) in enumerate(zip(items, before, strict=True)):
        if name in after:
            at += 1
        elif at < len(after) and after[at] not in before:
            edits.append(respelled(text, item, after[at]))
            at += 1
        else:
            gone.append(number)
    if not items:
        return [_filled(text, value, after)]
    if not isinstance(value, yaml.SequenceNode):
        return edits + _listed(text, value, after[at:])
    if value.flow_style:
        edits += _without_items(text, items, gone)
        more = "".join(f", {plain(name)}" for name in after[at:])
        return edits + ([Edit(_end(text, items[-1]), _end(text, items[-1]), more)] if more else [])
    edits += [_without_lines(text, _dash(text, items[number]), items[number]) for number in gone]
    dashes = [_column(text, _dash(text, items[-1])) * " " + f"- {plain(n)}" for n in after[at:]]
    return edits + ([_lines_after(text, items[-1], dashes)] if dashes else [])


def with_field(
    text: str, entry: yaml.MappingNode, behind: tuple[yaml.Node, yaml.Node], written: str
) -> Edit:
    """A new field of the entry, behind one that it has."""
    key, value = behind
    if entry.flow_style:
        return Edit(_end(text, value), _end(text, value), f", {written}")
    return _lines_after(text, value, [" " * key.start_mark.column + written])


def without_entry(text: str, root: yaml.SequenceNode, entry: yaml.MappingNode) -> list[Edit]:
    """What takes an entry out, with its comments: those right above its dash and those inside.

    Comments above the first entry are the file's own and stay.
    """
    at = root.value.index(entry)
    if root.flow_style:
        return _without_items(text, root.value, [at])
    start = _line_start(text, _dash(text, entry))
    while at and (above := _line_start(text, start - 1)) < start and _comment(text, above):
        start = above
    end = _line_end(text, _end(text, entry))
    margin = _column(text, _dash(text, entry))
    while _comment(text, end) and _indent(text, end) > margin:
        end = _line_end(text, end)
    while end < len(text) and not text[end : _line_end(text, end)].strip():
        end = _line_end(text, end)
    if end == len(text):  # the last one: the gap before it goes, not one after it
        start = len(text[:start].rstrip())
        start = _line_end(text, start) if start else 0
    return [Edit(start, end)]


def plain(name: str) -> str:
    """A name as YAML has it: bare, or quoted where it would mean something else."""
    try:
        return name if parse(name) == name else f'"{name}"'
    except BadYaml:
        return f'"{name}"'


def _filled(text: str, value: yaml.Node, names: Sequence[str]) -> Edit:
    start, end = value.start_mark.index, value.end_mark.index
    gap = " " if start == end and text[start - 1 : start] == ":" else ""
    return Edit(start, end, f"{gap}[{', '.join(map(plain, names))}]")


def _listed(text: str, value: yaml.Node, more: Sequence[str]) -> list[Edit]:
    """A single text becomes a list with more of them."""
    if not more:
        return []
    start, end = value.start_mark.index, _end(text, value)
    return [Edit(start, start, "["), Edit(end, end, ", " + ", ".join(map(plain, more)) + "]")]


def _without_items(text: str, items: Sequence[yaml.Node], gone: Sequence[int]) -> list[Edit]:
    """What takes items out of a list in brackets, each with one comma."""
    edits = []
    for number in gone:
        start, end = items[number].start_mark.index, _end(text, items[number])
        if any(after not in gone for after in range(number, len(items))):
            edits.append(Edit(start, items[number + 1].start_mark.index))
            continue
        before = _end(text, items[number - 1]) if number else start
        edits.append(Edit(start if "#" in text[before:start] else before, end))
    return edits


def _without_pair(text: str, entry: yaml.MappingNode, pair: tuple[yaml.Node, yaml.Node]) -> Edit:
    at = entry.value.index(pair)
    key, value = pair
    start, end = key.start_mark.index, _end(text, value)
    behind = entry.value[at + 1][0].start_mark.index if at + 1 < len(entry.value) else None
    if entry.flow_style:
        before = _end(text, entry.value[at - 1][1]) if at else start
        return Edit(start, behind) if behind else Edit(before, end)
    if text[_line_start(text, start) : start].strip() and behind:  # it stands behind the dash
        return Edit(start, behind)
    return Edit(_line_start(text, start), _line_end(text, end))


def _without_lines(text: str, start: int, node: yaml.Node) -> Edit:
    return Edit(_line_start(text, start), _line_end(text, _end(text, node)))


def _lines_after(text: str, node: yaml.Node, lines: Sequence[str]) -> Edit:
    """New lines under the last line of a node, ended as the file's lines are."""
    at = _line_end(text, _end(text, node))
    end = "\r\n" if "\r\n" in text else "\n"
    ended = text[:at].endswith("\n")
    return Edit(at, at, "".join(f"{line}{end}" if ended else f"{end}{line}" for line in lines))


def _end(text: str, node: yaml.Node) -> int:
    """Where a node's own text ends; PyYAML counts gaps and comments behind a block to it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _dash(text: str, item: yaml.Node) -> int:
    """Where the dash before an item of a list stands."""
    dash = text.rfind("-", 0, item.start_mark.index)
    if dash < 0 or text[dash + 1 : item.start_mark.index].strip():
        raise CannotEdit(item.start_mark.line + 1, "the dash of this item was not found")
    return dash


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1 if at > 0 else 0


def _line_end(text: str, at: int) -> int:
    """Behind the line's end, or the end of a text whose last line has none."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)


def _indent(text: str, at: int) -> int:
    line = text[at : _line_end(text, at)]
    return len(line) - len(line.lstrip(" "))


def _comment(text: str, at: int) -> bool:
    return text[at : _line_end(text, at)].lstrip(" ").startswith("#")
