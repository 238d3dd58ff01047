"""PDF files: characters to lines, lines to blocks; columns, running heads, footnotes told."""
