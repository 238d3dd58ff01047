"""The site’s typeface: cut with the package, small, and with the letters it is for."""

import io
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Route

import cut_fonts
from collections_made import tree, unmeasured
from cut_fonts import CHARACTERS, FOLDER, NAMES, SAMPLE, STAMP, STAND_INS, STYLES, Style

ROOT = Path(__file__).parent.parent
ESSAYS = ROOT / "essays"
STYLE_SHEET = (ROOT / FOLDER).parent / "styles/0-type.css"
STACK = ", ".join(f'"Literata on {stand_in.name}"' for stand_in in STAND_INS)


@cache
def installed() -> dict[str, bytes]:
    return tree(ROOT / FOLDER)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:fontTools.*")
def test_what_is_cut_again_is_what_is_installed() -> None:
    assert cut_fonts.font_files() == installed()


def test_the_style_sheet_is_written_from_what_is_cut(request: pytest.FixtureRequest) -> None:
    sheet = cut_fonts.style_sheet(installed())
    if request.config.getoption("--save-golden"):
        STYLE_SHEET.write_text(sheet, "utf-8")
    assert STYLE_SHEET.read_text("utf-8") == sheet


def test_the_text_is_set_in_literata_and_what_stands_in_for_it() -> None:
    assert f"--serif: Literata, {STACK}, " in STYLE_SHEET.with_name("1-base.css").read_text("utf-8")


def test_nothing_is_cut_twice_but_what_is_missing_changed_or_of_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut_fonts, "font_files", installed)
    assert [cut_fonts.write_fonts(tmp_path) for _ in range(2)] == [True, False]
    assert tree(tmp_path) == {
        **{f"{FOLDER}/{name}": content for name, content in installed().items()},
        STAMP: (tmp_path / STAMP).read_bytes(),
    }
    (tmp_path / FOLDER / "literata.woff2").unlink()
    assert [cut_fonts.write_fonts(tmp_path) for _ in range(2)] == [True, False]
    (tmp_path / FOLDER / "literata.woff2").write_bytes(b"half a font")
    assert [cut_fonts.write_fonts(tmp_path) for _ in range(2)] == [True, False]
    monkeypatch.setattr(cut_fonts, "version_of", lambda name: f"{name}, the next version")
    assert [cut_fonts.write_fonts(tmp_path) for _ in range(2)] == [True, False]


def build(root: Path, tmp_path: Path, *left_out: str) -> dict[str, bytes]:
    """The assets of a small collection, written by a copy of the package without some files."""
    package, collection = tmp_path / "tools/crossclaim", tmp_path / "collection"
    ignore = shutil.ignore_patterns("__pycache__", *left_out)
    shutil.copytree(root / "tools/crossclaim", package, ignore=ignore)
    shutil.copytree(root / "tests/golden/empty", collection)
    subprocess.run(
        [sys.executable, "-m", "crossclaim", "build", "--pages-only"],
        cwd=collection,
        env={**unmeasured(), "PYTHONPATH": str(package.parent)},
        check=True,
    )
    return tree(collection / "docs/assets")


@pytest.mark.parametrize("left_out", ["nothing", "literata.woff2", "fonts"])
def test_a_site_has_the_fonts_that_the_package_has_and_names_no_other(
    root: Path, tmp_path: Path, left_out: str
) -> None:
    there = {"nothing": {*NAMES}, "fonts": set()}.get(left_out, {*NAMES} - {left_out})
    assets = build(root, tmp_path, left_out)
    fonts = {path.removeprefix("fonts/") for path in assets if path.startswith("fonts/")}
    assert fonts == there
    assert all(assets[f"fonts/{name}"] == installed()[name] for name in fonts)
    sheet = assets["crossclaim.css"].decode()
    assert {*re.findall(r'url\("fonts/(.*?)"\)', sheet)} == there - {"OFL.txt"}
    faces = sheet.count("@font-face")
    assert faces == len(STYLES) * len(STAND_INS) + len(there - {"OFL.txt"})


def test_all_styles_together_weigh_no_more_than_60_kb() -> None:
    assert sum(len(content) for name, content in installed().items() if "woff2" in name) <= 60_000


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_has_the_same_characters_and_its_licence(style: Style) -> None:
    font = TTFont(io.BytesIO(installed()[f"{style.name}.woff2"]))
    assert {chr(point) for point in font.getBestCmap()} == set(CHARACTERS)
    assert "Open Font License" in font["name"].getDebugName(13)


def test_the_essays_need_no_other_font() -> None:
    texts = [path.read_text("utf-8") for path in ESSAYS.glob("*.md")]
    claims = [
        claim["claim"] for claim in yaml.safe_load((ESSAYS / "claims.yml").read_text("utf-8"))
    ]
    assert len(texts) == 3
    assert set("".join([*texts, *claims])) - set(CHARACTERS) == {"\n"}


def test_the_licence_goes_along() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in installed()["OFL.txt"].decode()
    assert "Literata Project Authors" in installed()["OFL.txt"].decode()


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_font_of_the_readers_that_stands_in_is_as_wide_and_as_high(
    style: Style, browser: Browser
) -> None:
    prose = [SAMPLE, *(_prose(path.read_text("utf-8")) for path in ESSAYS.glob("*.md"))]
    page = browser.new_page()
    page.route("http://type/**", lambda route: route.fulfill(**_served(route.request.url)))
    page.goto("http://type/page.html")
    literata = page.evaluate(MEASURE, ["Literata", style.slope, style.weight, prose])
    measured = 0
    for stand_in in STAND_INS:
        family = f"Literata on {stand_in.name}"
        if page.evaluate(HAS, [family, style.slope, style.weight]):
            measured += 1
            boxes = page.evaluate(MEASURE, [family, style.slope, style.weight, prose])
            for (wide, high), (wide_of_literata, high_of_literata) in zip(
                boxes, literata, strict=True
            ):
                assert wide == pytest.approx(wide_of_literata, rel=0.01)
                assert high == pytest.approx(high_of_literata, abs=1)
    page.close()
    if not measured:
        pytest.skip("none of the fonts that stand in is installed")


def test_text_is_there_before_its_font_and_stays_where_it_is(browser: Browser) -> None:
    late: list[Route] = []
    page = browser.new_page()
    page.route("http://type/**", lambda route: _answer(route, late))
    page.goto("http://type/optional.html", wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    lines = """() => [...document.querySelectorAll("p")].flatMap(paragraph => {
      const text = document.createRange();
      text.selectNodeContents(paragraph);
      return [...text.getClientRects()].map(line => [line.right, line.bottom]);
    })"""
    before = page.evaluate(lines)
    assert late and page.evaluate("document.fonts.status") == "loading"
    for route in late:
        route.fulfill(**_served(route.request.url))
    page.wait_for_function(
        "[...document.fonts].some(face => face.family == 'Literata' && face.status == 'loaded')"
    )
    assert page.evaluate(lines) == before
    assert len(before) > 100  # lines
    page.close()


HAS = """async ([family, slope, weight]) => {
  try { return (await document.fonts.load(`${slope} ${weight} 100px "${family}"`)).length > 0; }
  catch { return false; }
}"""
MEASURE = """async ([family, slope, weight, texts]) => {
  await document.fonts.load(`${slope} ${weight} 100px "${family}"`);
  return texts.map(text => {
    const span = document.body.appendChild(document.createElement("span"));
    span.textContent = text;
    span.style.cssText =
      `font: ${slope} ${weight} 18px/normal "${family}"; white-space: nowrap; position: absolute`;
    const { width, height } = span.getBoundingClientRect();
    span.remove();
    return [width, height];
  });
}"""


def _served(url: str) -> dict[str, Any]:
    name = url.rpartition("/")[2]
    if name.endswith(".woff2") and name not in installed():
        return {"status": 404}  # an answer, or the page would wait for ever
    if name.endswith(".woff2"):
        return {"body": installed()[name], "content_type": "font/woff2"}
    if name == "optional.html":
        sheet = f"{STYLE_SHEET.read_text('utf-8')} p {{ font: 18px/1.6 Literata, {STACK}, serif; max-width: 20em }}"
    else:
        sheet = STYLE_SHEET.read_text("utf-8").replace("optional", "block")
    text = "".join(f"<p>{SAMPLE[start:]}</p>" for start in range(30))
    return {
        "body": f"<meta charset=utf-8><style>{sheet}</style>{text}",
        "content_type": "text/html",
    }


def _answer(route: Route, late: list[Route]) -> None:
    if route.request.url.endswith(".woff2"):
        late.append(route)
    else:
        route.fulfill(**_served(route.request.url))


def _prose(essay: str) -> str:
    body = essay.split("---\n", 2)[2]
    return " ".join(line for line in body.split("\n") if line and line[0] not in "{#")
