"""What claims an untagged paragraph may make: proposed, never decided."""
