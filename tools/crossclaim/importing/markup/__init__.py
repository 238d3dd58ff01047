"""Files whose markup says what a paragraph is: Word, EPUB, Markdown."""
