"""See to it that there is a browser for the tests: the system’s Chromium, or Playwright’s.

Chromium’s headless shell opens a page in a third of the time that Chromium takes, windows and all,
so apt installs it where it can; whatever else is there is used otherwise. Where nothing is, apt
installs Chromium, or Playwright its own. If none of that works, the tests do not run at all.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_browser() -> str | None:
    """The path of a Chromium that is installed on this system."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_browser() -> str | None:
    """The path of the Chromium that Playwright has installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def browser() -> str:
    """The path of the browser that the tests use. Raises RuntimeError where there is none."""
    found = system_browser() or playwright_browser()
    if not found:
        raise RuntimeError("no browser — run “make test”, which installs one")
    return found


def arguments() -> list[str]:
    """What Chromium is started with: nothing of its own goes out, and root needs no sandbox.

    The shell would else round the widths of letters to whole pixels, which no reader's browser does.
    """
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    quiet.append("--font-render-hinting=none")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*quiet, "--no-sandbox"] if as_root else quiet  # Chromium refuses to start as root


def apt_install(*packages: str) -> bool:
    """Install packages of the distribution; False where that cannot be done."""
    rights = [] if os.geteuid() == 0 else ["sudo"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(
            [*rights, "apt-get", "-qq", "-o", "Acquire::http::Timeout=20", *words],
            env=quiet,
            stdout=subprocess.DEVNULL,
            check=False,
        ).returncode
        == 0
        for words in (["update"], ["install", "--yes", *packages])
    )


def main() -> None:
    """Install a browser if there is none, and the quicker one where nobody need be asked."""
    there = system_browser() or playwright_browser()
    apt = shutil.which("apt-get")
    if apt and not shutil.which(SHELL) and (os.geteuid() == 0 or not there):
        print("Installing Chromium for the browser tests (once) …", flush=True)
        fonts = ["fonts-liberation"] if not there else []
        if not apt_install(SHELL, *fonts) and not there:
            apt_install("chromium", *fonts)
    if not (there or system_browser()):
        command = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
        subprocess.run(command, check=False)
        if not playwright_browser():
            sys.exit("no browser for the tests — install Chromium, then run “make test” again")


if __name__ == "__main__":
    main()
