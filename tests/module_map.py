"""The guide's map of the package: which part imports which, and what each module is."""

import ast
from pathlib import Path
from textwrap import fill

import grimp

import crossclaim

PACKAGE = crossclaim.__name__
FOLDER = Path(crossclaim.__file__).parent
_HEAD = """\
# The modules

`make golden` makes this page from the imports and the docstrings of `tools/crossclaim/`. [How it is
built](design.md) says what passes from one part to the next.

## Which part imports which

A line names a package or module and what it imports of its neighbours. Whatever imports stands
above what it imports; `make lint` keeps it so.
"""


def modules_page() -> str:
    """The map, as Markdown: the modules at the root, then a section a package."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    children = _children(graph, PACKAGE)
    root = [_item(child) for child in children if not graph.find_children(child)]
    lines = [_HEAD, *_chart(children), "## At the root", "", *root, ""]
    for child in children:
        lines += _section(graph, child, "##")
    return "\n".join(lines)


def _children(graph: grimp.ImportGraph, parent: str) -> dict[str, list[str]]:
    """A package's children and what each imports of the others; who imports comes first."""
    names = sorted(graph.find_children(parent))
    direct = {
        name: {
            other
            for other in names
            if other != name
            and graph.direct_import_exists(importer=name, imported=other, as_packages=True)
        }
        for name in names
    }
    below = dict(direct)  # and what those import in turn
    for _ in names:
        below = {name: below[name].union(*(below[o] for o in below[name])) for name in names}
    order = sorted(names, key=lambda name: (-len(below[name]), name))
    return {name: [other for other in order if other in direct[name]] for name in order}


def _section(graph: grimp.ImportGraph, package: str, level: str) -> list[str]:
    """A package and those inside it; nothing for a module."""
    children = _children(graph, package)
    if not children:
        return []
    name = package.removeprefix(f"{PACKAGE}.").replace(".", "/")
    modules = [child for child in children if not graph.find_children(child)]
    chart = _chart(children) if len(modules) < len(children) else []
    items = [_item(module) for module in sorted(modules)]
    lines = [f"{level} {name}", "", _description(package), "", *chart, *items, ""]
    for child in children:
        lines += _section(graph, child, f"{level}#")
    return lines


def _chart(children: dict[str, list[str]]) -> list[str]:
    """A line for each child that imports a neighbour."""
    margin = max(len(_short(name)) for name in children)
    lines = [
        fill(
            " ".join(map(_short, others)),
            76,
            initial_indent=f"{_short(name):<{margin}} ──▶ ",
            subsequent_indent=" " * (margin + 5),
        )
        for name, others in children.items()
        if others
    ]
    return ["```text", *lines, "```", ""] if lines else []


def _item(module: str) -> str:
    name = _short(module)
    return f"- `{name}`: {_description(module).removeprefix(f'{name}: ')}"


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _description(name: str) -> str:
    """The first paragraph of a module's or package's docstring, on one line."""
    path = FOLDER.joinpath(*name.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split())
