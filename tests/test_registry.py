from crossclaim.content.registry import read_authors, read_claims


def test_claims_in_their_order_with_their_lines() -> None:
    text = """\
# a note
- id: a
  claim: One   sentence
    over two lines.
  theme: T
  about: >-
    Folded
    text.
  opposes: b
  supports: [b, c]
  was: [old-a]
- {id: b, claim: Two., theme: T, about: x}
"""
    (one, two), findings = read_claims(text, "essays/claims.yml")
    assert findings == []
    assert one.sentence == "One sentence over two lines."
    assert one.about == "Folded text."
    assert (one.opposes, one.supports, one.was) == (("b",), ("b", "c"), ("old-a",))
    assert str(one.place) == "essays/claims.yml:2"
    assert two.id == "b"
    assert two.place.line == 12


def test_authors_get_an_id_from_their_name() -> None:
    text = "- name: Émile Zola\n  links:\n    Letters: https://example.org/z\n"
    ((zola,), findings) = read_authors(text, "essays/authors.yml")
    assert findings == []
    assert zola.id == "emile-zola"
    assert zola.links == (("Letters", "https://example.org/z"),)


def test_empty_files_are_empty_registries() -> None:
    assert read_claims("", "c") == ((), [])
    assert read_authors("# nobody yet\n", "a") == ((), [])
