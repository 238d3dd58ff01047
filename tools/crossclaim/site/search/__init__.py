"""What can be found, and the files in which a browser finds it."""
