"""A build hook of hatchling's: the fonts and the vocabulary are made when the package is built.

Neither is in the repository; both are the same for every collection, and made from packages that a
user of the wheel does not need.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.wheel import WheelBuilderConfig

sys.path.insert(0, str(Path(__file__).parent))  # the package itself is not installed yet

import cut_fonts
import cut_vocabulary


class MadeFiles(BuildHookInterface[WheelBuilderConfig]):
    """The hook: the files are there when the package is put together, and go along with it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what is missing; `version` is of the wheel, such as “editable”."""
        root = Path(self.root)
        cut_fonts.write_fonts(root)
        cut_vocabulary.write_vocabulary(root)
        fonts = (f"{cut_fonts.FOLDER}/{name}" for name in cut_fonts.NAMES)
        build_data["artifacts"] += [f"/{path}" for path in (*fonts, cut_vocabulary.PATH)]
