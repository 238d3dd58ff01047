"""See to it that there is a browser for the tests: the system’s Chromium, or Playwright’s.

A browser that is there is used. Otherwise apt installs the distribution's, where there is apt;
otherwise Playwright installs its own. If none of that works, the tests do not run at all.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
    """What Chromium is started with: nothing of its own goes out, and root needs no sandbox."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*quiet, "--no-sandbox"] if as_root else quiet  # Chromium refuses to start as root


def main() -> None:
    """Install a browser if there is none."""
    if system_browser() or playwright_browser():
        return
    if shutil.which("apt-get"):
        print("Installing Chromium for the browser tests (once) …", flush=True)
        rights = [] if os.geteuid() == 0 else ["sudo"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--yes", "chromium", "fonts-liberation"]):
            done = subprocess.run(
                [*rights, "apt-get", "-qq", *words],
                env=quiet,
                stdout=subprocess.DEVNULL,
                check=False,
            )
            if done.returncode:
                break
    if not system_browser():
        command = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
        subprocess.run(command, check=False)
    if not (system_browser() or playwright_browser()):
        sys.exit("no browser for the tests — install Chromium, then run “make test” again")


if __name__ == "__main__":
    main()
