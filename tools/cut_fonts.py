"""The site’s typeface: Literata, cut down to what pages need whenever the package is built.

So the repository holds no font and a user needs none of the tools: wheels and editable installs
have `site/assets/fonts/`, which every site gets as it is.
Cutting costs some three seconds of processor, more than all the rest of a small site, and its
result is the same for every collection. Files that are what it would make stay.

A file is one style at one weight and optical size, so that a page fetches what it uses: roman
alone, as a rule. It has the letters of Latin scripts and English punctuation. Everything else is
left to the reader’s own fonts.

Until Literata has come, and where it does not, a font of the reader’s stands in. It is scaled to
Literata’s width, and given its ascent and descent (CSS Fonts 5, `size-adjust`), so that lines are
as long and as high. `site/assets/styles/0-type.css` says so, which `make golden` writes.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as version_of
from importlib.resources import files
from pathlib import Path
from string import ascii_letters

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = "tools/crossclaim/site/assets/fonts"
STAMP = "build/fonts"  # what the files were cut from, by what, and what they were then
PACKAGE = "fontpkg-literata"
OPTICAL_SIZE = 18  # CSS pixels, the size of running text

# Inclusive: ASCII, Latin-1, Latin Extended-A; Romanian; accents; dashes, quotation marks, bullet,
# ellipsis, per mille, primes, fraction slash; euro, numero, ℠, trade mark; arrows; ≠ ≤ ≥.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17E), (0x218, 0x21B), (0x2C6, 0x2C6), (0x2DA, 0x2DA), (0x2DC, 0x2DC),
    (0x2010, 0x2010), (0x2012, 0x2015), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022),
    (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033),
    (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2120, 0x2120),
    (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2260, 0x2260), (0x2264, 0x2265),
)  # fmt: skip
CHARACTERS = "".join(chr(point) for first, last in RANGES for point in range(first, last + 1))
# Kerning is a third of a file; it is kept among the letters that most texts consist of.
KERNED = ascii_letters + " .,;:?!'\"-()–—‘’“”ÄÖÜäöüßàâçéèêëîïôùû"

# What widths are compared on: English prose, as pages have it.
SAMPLE = (
    "A passage is an occurrence, this paragraph of this essay; a claim is what many passages "
    "share. The reader wants to know who makes which claim, where exactly, and who disagrees. "
    "Neither is named after the other, or counted as the other: “mentions” must never read as "
    "“claims”. Since 2012, three authors have argued about one question."
)

# Of the widths: what kerning and ligatures leave, in Chromium, on English prose in both fonts.
SET = 0.994


@dataclass(frozen=True)
class Style:
    """One style of the family: its place in the package, and how CSS names it."""

    name: str
    source: str
    slope: str
    weight: int
    suffix: str  # of the full names that `local()` looks up


STYLES = (
    Style("literata", "Literata[opsz,wght].ttf", "normal", 400, ""),
    Style("literata-italic", "Literata-Italic[opsz,wght].ttf", "italic", 400, " Italic"),
    Style("literata-bold", "Literata[opsz,wght].ttf", "normal", 700, " Bold"),
)
NAMES = (*(f"{style.name}.woff2" for style in STYLES), "OFL.txt")


@dataclass(frozen=True)
class StandIn:
    """Fonts of one set of widths that readers have, and these widths: `SAMPLE` set in 1 px.

    One number a style. Liberation Serif was measured, Times New Roman has its widths. The others
    are in proportion to it by the mean widths that capsize publishes for English.
    """

    name: str
    fonts: tuple[str, ...]
    widths: tuple[float, float, float]


STAND_INS = (
    StandIn("Georgia", ("Georgia", "Gelasio"), (148.49, 152.58, 172.76)),
    StandIn("Noto Serif", ("Noto Serif",), (160.21, 157.42, 170.58)),
    StandIn("Times", ("Times New Roman", "Liberation Serif", "Tinos"), (135.32, 137.01, 144.13)),
)


def write_fonts(root: Path) -> bool:
    """Write what is missing or of other versions under a checkout; whether there was any."""
    folder, stamp = root / FOLDER, root / STAMP
    there = {name: (folder / name).read_bytes() for name in NAMES if (folder / name).is_file()}
    if stamp.is_file() and stamp.read_text("utf-8") == _stamp(there):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    stamp.parent.mkdir(exist_ok=True)
    made = font_files()
    for name, content in made.items():
        (folder / name).write_bytes(content)
    stamp.write_text(_stamp(made), "utf-8")
    return True


def _stamp(fonts: Mapping[str, bytes]) -> str:
    """A line for everything that the files depend on, and for each of them."""
    packages = [f"{name} {version_of(name)}\n" for name in (PACKAGE, "fonttools", "brotli")]
    contents = {Path(__file__).name: Path(__file__).read_bytes(), **fonts}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return "".join([*packages, *(f"{name} {digests[name]}\n" for name in sorted(digests))])


def font_files() -> dict[str, bytes]:
    """The fonts and their licence, by name."""
    package = files(PACKAGE.replace("-", "_"))
    made = {"OFL.txt": (package / "LICENSE").read_bytes()}
    for style in STYLES:
        font = cut((package / "files" / style.source).read_bytes(), style.weight)
        made[f"{style.name}.woff2"] = _saved(font, "woff2")
    return {name: made[name] for name in NAMES}


def style_sheet(fonts: Mapping[str, bytes]) -> str:
    """Every style of Literata, and the reader’s fonts that stand in for it."""
    sheet = [
        "/* Written by `make golden`. Literata: © The Literata Project Authors, SIL Open Font"
        " License 1.1, fonts/OFL.txt. */"
    ]
    for number, style in enumerate(STYLES):
        name = f"{style.name}.woff2"
        font = TTFont(io.BytesIO(fonts[name]))
        sheet.append(_own_face(style, f"fonts/{name}"))
        sheet += [
            _stand_in_face(
                style, stand_in, font, SET * width(font, SAMPLE) / stand_in.widths[number]
            )
            for stand_in in STAND_INS
        ]
    return "\n".join([*sheet, ""])


def cut(source: bytes, weight: int) -> TTFont:
    """The variable font at one weight: `CHARACTERS`, their ligatures, and kerning of `KERNED`."""
    font = _instance(source, weight, CHARACTERS, "liga")
    kerning = _instance(source, weight, KERNED, "kern")["GPOS"]
    kerning.ensureDecompiled(recurse=True)  # it names glyphs, and is numbered anew when saved
    font["GPOS"] = kerning
    return font


def _instance(source: bytes, weight: int, text: str, feature: str) -> TTFont:
    font = TTFont(io.BytesIO(source), lazy=True, recalcTimestamp=False)
    options = Options(
        hinting=False,
        layout_features=[feature],
        name_IDs=[0, 1, 2, 4, 6, 13, 14],  # copyright, names, licence
        notdef_outline=True,
        recalc_timestamp=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    instance = instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": weight})
    return TTFont(io.BytesIO(_saved(instance, None)), recalcTimestamp=False)


def _saved(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def width(font: TTFont, text: str) -> float:
    """The advance widths of a text’s glyphs, in em. Raises KeyError for one the font lacks."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    units = sum(advances[glyphs[ord(sign)]][0] for sign in text)
    return float(units / font["head"].unitsPerEm)


def _own_face(style: Style, path: str) -> str:
    source = f'src: url("{path}") format("woff2");'
    return _face("Literata", style, source, "font-display: optional;")


def _stand_in_face(style: Style, stand_in: StandIn, font: TTFont, scale: float) -> str:
    metrics, em = font["hhea"], font["head"].unitsPerEm
    local = ", ".join(f'local("{name}{style.suffix}")' for name in stand_in.fonts)
    return _face(
        f'"Literata on {stand_in.name}"',
        style,
        f"src: {local};",
        f"size-adjust: {scale:.2%};",
        f"ascent-override: {metrics.ascent / em / scale:.2%};",
        f"descent-override: {-metrics.descent / em / scale:.2%};",
        f"line-gap-override: {metrics.lineGap / em / scale:.2%};",
    )


def _face(family: str, style: Style, *rest: str) -> str:
    lines = (
        f"font-family: {family};",
        f"font-style: {style.slope};",
        f"font-weight: {style.weight};",
        *rest,
    )
    return "@font-face {\n" + "".join(f"  {line}\n" for line in lines) + "}"
