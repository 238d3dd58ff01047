"""PDF files: glyphs to lines, lines to paragraphs, columns and footnotes told apart."""
