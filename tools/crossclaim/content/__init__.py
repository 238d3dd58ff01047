"""The editor's files: essays, claims, authors, settings — read, checked, and changed in place."""
