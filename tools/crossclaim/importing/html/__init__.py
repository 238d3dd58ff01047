"""Web pages: which part is the essay, who wrote it and when, its paragraphs and footnotes."""
