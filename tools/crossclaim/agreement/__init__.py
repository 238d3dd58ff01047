"""How far two readers who tagged the same essays agree."""
