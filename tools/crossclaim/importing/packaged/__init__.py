"""Files with a markup of their own: Word, EPUB, Markdown."""
