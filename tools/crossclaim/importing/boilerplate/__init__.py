"""Boilerplate removal: what stands around an essay and is none of it."""
