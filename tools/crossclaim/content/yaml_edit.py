"""Edits of YAML text in place: an entry's fields, an entry added or taken out, one field set.

PyYAML's nodes carry the offset of their first and last sign. What is put in or taken out here is
such a stretch of text; comments, order, folding and quoting of everything else stay.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import yaml

from crossclaim.content.yaml import BadYaml, Entry, Item, parse_yaml

_FIRST_DASH = re.compile(r"^( *)- ", re.MULTILINE)
_SPACED_ENTRIES = re.compile(r"\S *\r?\n *\r?\n *- ")
_EMPTY_LIST = re.compile(r"^\[ *\] *(?:\r?\n|\Z)", re.MULTILINE)

Field = tuple[yaml.Node, yaml.Node]  # the nodes of a key and its value


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


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; of two at one place, what begins a new line comes last."""

    def place(edit: Edit) -> tuple[int, int, bool, str]:
        return edit.start, edit.end, edit.text.startswith(("\r", "\n")), edit.text

    for edit in sorted(set(edits), key=place, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


# -- values, written


def dump_yaml(value: object) -> str:
    """The lines of a mapping or list in block style; long texts are folded at 96 characters."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=96)


def scalar(text: str, quote: str = "", flow: bool = False) -> str:
    """A text of one line as a YAML scalar; `flow`, one that stands in brackets or braces.

    It is bare where YAML gives it no other meaning, else quoted; `quote`, one of ' and ", asks for
    that mark in any case.
    """
    item = yaml.safe_dump(
        [text],
        allow_unicode=True,
        default_flow_style=flow,
        default_style=quote or None,
        width=math.inf,
    ).strip()
    return item[1:-1] if flow else item.removeprefix("- ")


def flow_list(values: Iterable[str]) -> str:
    """Texts as a YAML list in brackets."""
    return f"[{_flow_items(values)}]"


# -- a mapping


def with_field(text: str, key: str, value: str | list[str]) -> str:
    """The text of a mapping with one field set, in its place or at the end.

    Raises CannotEdit where no stretch of the text is that field alone.
    """
    before = _values(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader) if before is not None else None
    if before is None or root is None:
        raise CannotEdit(1, "the text is no mapping")
    written = dump_yaml({key: value})
    if field := entry_field(root, key):
        end = _end(text, field[1])
        gap = re.match(r" *(?=\r?\n|\Z)", text[end:])  # behind the colon of an empty field
        end += len(gap[0]) if gap else 0
        edit = Edit(field[0].start_mark.index, end, written.rstrip("\n"))
    else:
        edit = Edit(len(text), len(text), ("" if text.endswith("\n") else "\n") + written)
    changed = apply_edits(text, [edit])
    if _values(changed) != {**before, key: value}:
        raise CannotEdit(1, f"“{key}” is written too unusually")
    return changed


def with_texts(text: str, key: str, values: Sequence[str]) -> str:
    """The text of a mapping with one field that holds these texts, in its place or at the end.

    What stays of a list stays as it is written; no texts take the field out. Raises CannotEdit
    where the text would not then say exactly this.
    """
    before = _values(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader) if before is not None else None
    if not before or not isinstance(root, yaml.MappingNode):
        raise CannotEdit(1, "the text is no mapping")
    field = entry_field(root, key)
    if field and not isinstance(field[1], yaml.MappingNode):
        edits = change_field(text, root, field, values)
    else:
        edits = [add_field(text, root, root.value[-1], key, values)] if values else []
    changed = apply_edits(text, edits)
    after = _values(changed) or {}
    written = after.pop(key, [])
    before.pop(key, None)
    if (after, [written] if isinstance(written, str) else written) != (before, [*values]):
        line = field[0].start_mark.line + 1 if field else 1
        raise CannotEdit(line, f"“{key}” is written too unusually")
    return changed


def _values(text: str) -> dict[str, object] | None:
    """The fields of a text that is a mapping, whatever line they are on; None of any other."""
    try:
        if not isinstance(parse_yaml(text), Entry):
            return None
    except BadYaml:
        return None
    values: dict[str, object] = yaml.load(text, Loader=yaml.BaseLoader)
    return values


# -- a list of entries


def with_entry(text: str, entry: str, like_others: bool = False) -> str:
    """The text of a list of entries with one more at its end; all before it stays.

    `entry` is its lines, from a dash at the margin on. It is indented as the first entry is, ended
    as the file's lines are, and a blank line apart; `like_others`, only if those there are as well.
    Raises CannotEdit where the list takes none at its end.
    """
    before = _items(text)
    if before == []:
        text = _EMPTY_LIST.sub("", text, count=1)
    end = _line_break(text)
    first = _FIRST_DASH.search(text)
    indent = first[1] if first else ""
    lead = "" if text.endswith("\n") else end
    apart = not first or not like_others or _SPACED_ENTRIES.search(text)
    if apart and not text.endswith((end + end, "\n\n")):
        lead += end
    lines = [f"{indent}{line}{end}" for line in entry.rstrip("\n").split("\n")]
    changed = text + (lead if text.strip() else "") + "".join(lines)
    after = _items(changed)
    if before is None or not after or after[:-1] != before:
        raise CannotEdit(1, "an entry cannot be added at its end")
    return changed


def _items(text: str) -> list[Item] | None:
    """The entries of a text that is a list of entries; None of any other."""
    try:
        items = parse_yaml(text) or []
    except BadYaml:
        return None
    return items if isinstance(items, list) else None


def entry_nodes(text: str) -> tuple[yaml.SequenceNode, list[yaml.MappingNode]]:
    """The list that a text is, and its entries. Raises CannotEdit, also where there are aliases."""
    try:
        tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise CannotEdit(1, str(error)) from error
    for token in tokens:
        if isinstance(token, yaml.AliasToken):
            line = token.start_mark.line + 1
            raise CannotEdit(line, f"“*{token.value}” stands for what is written elsewhere")
    if not isinstance(root, yaml.SequenceNode):
        raise CannotEdit(1, "the file is no list of entries")
    return root, [node for node in root.value if isinstance(node, yaml.MappingNode)]


def remove_entry(text: str, root: yaml.SequenceNode, entry: yaml.MappingNode) -> list[Edit]:
    """What takes an entry out, with its comments: those right above its dash and those inside.

    Comments above the first entry are the file's own and stay.
    """
    index = root.value.index(entry)
    if root.flow_style:
        return _remove_flow_items(text, root.value, [index])
    start = _line_start(text, _dash(text, entry))
    while index and (above := _line_start(text, start - 1)) < start and _is_comment(text, above):
        start = above
    end = _entry_end(text, entry)
    while end < len(text) and not text[end : _line_end(text, end)].strip():
        end = _line_end(text, end)
    if end == len(text):  # the last one: the gap before it goes, not one after it
        start = len(text[:start].rstrip())
        start = _line_end(text, start) if start else 0
    return [Edit(start, end)]


def add_entries(
    text: str, root: yaml.SequenceNode, entry: yaml.MappingNode, new: Sequence[str]
) -> Edit:
    """New entries come in behind another, indented as it is, a blank line apart as others are.

    Each is its lines, from a dash at the margin on. Raises CannotEdit in a list in brackets.
    """
    if root.flow_style:
        raise CannotEdit(entry.start_mark.line + 1, "a list in brackets takes no new entry")
    start, feed = _entry_end(text, entry), _line_break(text)
    indent = " " * _column(text, _dash(text, entry))
    gap = feed if _SPACED_ENTRIES.search(text) or len(root.value) == 1 else ""
    written = [gap + feed.join(indent + line for line in lines.split("\n")) + feed for lines in new]
    lead = "" if text[:start].endswith("\n") else feed
    return Edit(start, start, lead + "".join(written))


# -- the fields of an entry


def entry_field(entry: yaml.Node, name: str) -> Field | None:
    """The field of a mapping that has this name."""
    return next((field for field in entry.value if field[0].value == name), None)


def field_scalars(field: Field) -> list[yaml.ScalarNode]:
    """The texts of a field that holds one or a list of them; an empty one holds none."""
    value = field[1]
    nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
    return [node for node in nodes if isinstance(node, yaml.ScalarNode) and node.value.strip()]


def replace_scalar(text: str, node: yaml.Node, new: str) -> Edit:
    """One scalar of the text becomes another, quoted as it was."""
    style = getattr(node, "style", None)
    quote = style if style in ("'", '"') else ""
    return Edit(node.start_mark.index, _end(text, node), scalar(new, quote, flow=True))


def rewrite_scalar(text: str, node: yaml.Node, change: Callable[[str], str]) -> Edit:
    """A scalar of the text, as it is written there, becomes what `change` makes of it."""
    start, end = node.start_mark.index, _end(text, node)
    return Edit(start, end, change(text[start:end]))


def add_field(
    text: str, entry: yaml.MappingNode, previous: Field, name: str, values: Sequence[str] | str
) -> Edit:
    """A new field with a text, or a list of texts, comes into an entry, behind another."""
    value = scalar(values, flow=True) if isinstance(values, str) else flow_list(values)
    written = f"{name}: {value}"
    key, last = previous
    if entry.flow_style:
        return Edit(_end(text, last), _end(text, last), f", {written}")
    return _add_lines(text, last, [" " * key.start_mark.column + written])


def change_field(
    text: str, entry: yaml.MappingNode, field: Field, values: Sequence[str]
) -> list[Edit]:
    """What makes a field of one or several texts hold these, in this order; none takes it out.

    Texts that stay must stand in `values` in the order they have; what is new among them takes the
    place of one that goes, or comes last.
    """
    if not values:
        return [_remove_field(text, entry, field)]
    value, items = field[1], field_scalars(field)
    if not items:
        return [_fill_field(text, value, values)]
    before = [item.value.strip() for item in items]
    edits: list[Edit] = []
    removed: list[int] = []
    done = 0  # of `values`
    for number, (item, name) in enumerate(zip(items, before, strict=True)):
        if name in values:
            done += 1
        elif done < len(values) and values[done] not in before:
            edits.append(replace_scalar(text, item, values[done]))
            done += 1
        else:
            removed.append(number)
    added = values[done:]
    if not isinstance(value, yaml.SequenceNode):
        return edits + _extend_scalar(text, value, added)
    if value.flow_style:
        edits += _remove_flow_items(text, items, removed)
        end = _end(text, items[-1])
        return edits + ([Edit(end, end, f", {_flow_items(added)}")] if added else [])
    edits += [_remove_lines(text, _dash(text, items[number]), items[number]) for number in removed]
    indent = _column(text, _dash(text, items[-1])) * " "
    lines = [f"{indent}- {scalar(name)}" for name in added]
    return edits + ([_add_lines(text, items[-1], lines)] if lines else [])


def _flow_items(values: Iterable[str]) -> str:
    return ", ".join(scalar(value, flow=True) for value in values)


def _fill_field(text: str, value: yaml.Node, values: Sequence[str]) -> Edit:
    """A field that is empty gets a list."""
    start, end = value.start_mark.index, value.end_mark.index
    gap = " " if start == end and text[start - 1 : start] == ":" else ""
    return Edit(start, end, gap + flow_list(values))


def _extend_scalar(text: str, value: yaml.Node, added: Sequence[str]) -> list[Edit]:
    """A single text becomes a list with more of them."""
    if not added:
        return []
    start, end = value.start_mark.index, _end(text, value)
    return [Edit(start, start, "["), Edit(end, end, f", {_flow_items(added)}]")]


def _remove_flow_items(text: str, items: Sequence[yaml.Node], removed: Sequence[int]) -> list[Edit]:
    """What takes items out of a list in brackets, each with one comma."""
    edits = []
    for number in removed:
        start, end = items[number].start_mark.index, _end(text, items[number])
        if any(later not in removed for later in range(number, len(items))):
            edits.append(Edit(start, items[number + 1].start_mark.index))
            continue
        before = _end(text, items[number - 1]) if number else start
        edits.append(Edit(start if "#" in text[before:start] else before, end))
    return edits


def _remove_field(text: str, entry: yaml.MappingNode, field: Field) -> Edit:
    index = entry.value.index(field)
    start, end = field[0].start_mark.index, _end(text, field[1])
    following = entry.value[index + 1 : index + 2]
    next_start = following[0][0].start_mark.index if following else None
    if entry.flow_style:
        before = _end(text, entry.value[index - 1][1]) if index else start
        return Edit(start, next_start) if next_start else Edit(before, end)
    if text[_line_start(text, start) : start].strip() and next_start:  # it stands behind the dash
        return Edit(start, next_start)
    return Edit(_line_start(text, start), _line_end(text, end))


# -- offsets and lines


def _remove_lines(text: str, start: int, node: yaml.Node) -> Edit:
    return Edit(_line_start(text, start), _line_end(text, _end(text, node)))


def _add_lines(text: str, node: yaml.Node, lines: Sequence[str]) -> Edit:
    """New lines under the last line of a node, ended as the file's lines are."""
    start = _line_end(text, _end(text, node))
    end = _line_break(text)
    ended = text[:start].endswith("\n")
    new = "".join(f"{line}{end}" if ended else f"{end}{line}" for line in lines)
    return Edit(start, start, new)


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


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


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1 if index > 0 else 0


def _line_end(text: str, index: int) -> int:
    """Behind the line's end, or the end of a text whose last line has none."""
    line_feed = text.find("\n", index)
    return len(text) if line_feed < 0 else line_feed + 1


def _entry_end(text: str, entry: yaml.MappingNode) -> int:
    """Behind an entry's last line, a comment inside it included."""
    end = _line_end(text, _end(text, entry))
    margin = _column(text, _dash(text, entry))
    while _is_comment(text, end) and _indent(text, end) > margin:
        end = _line_end(text, end)
    return end


def _column(text: str, index: int) -> int:
    return index - _line_start(text, index)


def _indent(text: str, index: int) -> int:
    line = text[index : _line_end(text, index)]
    return len(line) - len(line.lstrip(" "))


def _is_comment(text: str, index: int) -> bool:
    return text[index : _line_end(text, index)].lstrip(" ").startswith("#")
