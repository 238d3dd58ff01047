"""Suggestions: what claims an untagged paragraph may make, proposed and never decided.

`suggester` ranks claims by `scoring` (shared words, `similarity` in meaning, `profiles` of claims)
and `calibration`; `stances` and `attribution` propose what a paragraph does with them. `writing`
puts them into the files; `proposals` are new claims, `report` what an essay brings, and
`formatting` prints them all.
"""
