"""Originals in, documents out: what stands in a file somebody received, and what was left out."""
