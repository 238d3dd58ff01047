"""Plain text: mail and wrapped lines undone, paragraphs, headings, lists and footnotes found."""
