"""Answers for a split: which of the new claims each passage makes, from --to or a terminal."""

from collections.abc import Iterable, Sequence

import click

from crossclaim.content.claim_conflicts import TaggedPassage, split_conflict
from crossclaim.names import quoted

_NONE = "-"  # an answer: the passage makes none of the claims
_WIDTH = 96


def answers_given(
    to: Iterable[str], passages: Sequence[TaggedPassage]
) -> dict[str, tuple[str, ...]]:
    """What --to answers, by the passage's address. Raises click.BadParameter."""
    named: dict[str, tuple[str, ...]] = {}
    rest: list[tuple[str, ...]] = []
    for text in to:
        address, is_named, names = text.rpartition("=")
        chosen = _chosen(names)
        if (not chosen and names.strip() != _NONE) or (is_named and "#" not in address):
            raise click.BadParameter(
                f"“{text}” — write ESSAY#PASSAGE=NEW or NEW", param_hint="--to"
            )
        if address in named or (rest and not is_named):
            raise click.BadParameter(f"“{text}” answers once more", param_hint="--to")
        if is_named:
            named[address] = chosen
        else:
            rest.append(chosen)
    return {passage.address: chosen for chosen in rest for passage in passages} | named


def _chosen(names: str) -> tuple[str, ...]:
    words = [name for name in names.replace(",", " ").split() if name != _NONE]
    return tuple(dict.fromkeys(words))


def ask_for_answers(
    passages: Sequence[TaggedPassage], new: Sequence[str], answers: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """What somebody at the terminal answers for the passages that have no answer yet."""
    answered = set(answers)
    asked = [passage for passage in passages if passage.address not in answered]
    if asked:
        for number, name in enumerate(new, start=1):
            click.echo(f"{number} {name}")
        click.echo(f"Answer with numbers or ids, several with a comma; “{_NONE}” for none.")
    given = {}
    for count, passage in enumerate(asked, start=1):
        click.echo(
            f"\n{count}/{len(asked)} {passage.place} {passage.address} {stances_taken(passage)}"
        )
        click.echo(indented(passage.passage.words))
        if passage.deciding_words:
            click.echo(indented(f"Deciding words: “{passage.deciding_words}”"))

        def answer(text: str, passage: TaggedPassage = passage) -> tuple[str, ...]:
            return _read_answer(text, new, passage)

        given[passage.address] = click.prompt(
            "Which of them?", prompt_suffix=" ", value_proc=answer
        )
    return given


def _read_answer(text: str, new: Sequence[str], passage: TaggedPassage) -> tuple[str, ...]:
    """Numbers or ids to ids. Raises click.UsageError, upon which is asked again."""
    numbers = {str(number): name for number, name in enumerate(new, start=1)}
    chosen = tuple(dict.fromkeys(numbers.get(word, word) for word in _chosen(text)))
    for name in chosen:
        if name not in new:
            raise click.UsageError(f"“{name}” is none of {quoted(new, 'and')}")
    if not chosen and text.strip() != _NONE:
        raise click.UsageError(f"name some of {quoted(new, 'and')}, or “{_NONE}”")
    if conflict := split_conflict(passage, chosen):
        raise click.UsageError(f"{conflict.message} — {conflict.hint}")
    return chosen


def stances_taken(passage: TaggedPassage) -> str:
    """A passage's stances on its claim, as it is tagged."""
    stances = [stance if reviewed else f"{stance} (suggested)" for stance, reviewed in passage.tags]
    return f"{' and '.join(stances)} “{passage.claim}”"


def indented(text: str) -> str:
    """A text as a paragraph of the terminal."""
    return click.wrap_text(text, _WIDTH, "  ", "  ")
