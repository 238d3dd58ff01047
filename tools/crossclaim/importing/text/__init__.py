"""Plain text: email headers and wrapping undone; paragraphs, headings, lists, footnotes told."""
