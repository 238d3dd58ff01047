"""The index, and the pages, pictures and search data made from it."""
