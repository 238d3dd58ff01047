"""The search: its records, the inverted index over them, and the files a browser reads it from."""
