"""Learn from ArgKP-2021 train what suggestions go by: the encoder's tuning, and the calibration.

    python tests/train_suggest.py [--argkp FOLDER] [--epochs N] [--rank N] …

Needs jax beside the project's own packages (`make train-suggest` installs it). A third of the
topics is held out first: it says how well the tuning does on topics it has not seen, and the
calibration is fitted on it. Then all topics are learned from, and the tuning is written to
tools/crossclaim/language/tuning.npz. About ten minutes on two cores.

The tuning adds a product of two thin matrices to each of the encoder's (Hu and others, “LoRA”,
2021), so that arguments come to lie near their key points and away from the others of their
topic; the topic's mean is subtracted first, as it is when suggestions are made. Several runs are
averaged, and a part of that is kept (as by Wortsman and others, “Model soups” and “Robust
fine-tuning of zero-shot models”, 2022).
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

import argkp
from bench_suggest import side_scores
from calibrate_suggest import calibrations
from crossclaim.language.encoder import CachingEncoder, UniversalSentenceEncoder
from crossclaim.language.tuning import MATRICES, Tuning, encoder_matrix
from crossclaim.suggesting.scoring import ScoreWeights

OUT = Path(__file__).parent.parent / "tools" / "crossclaim" / "language" / "tuning.npz"
TOKENS = 36  # of a text; longer ones are cut while learning
POINTS, ARGUMENTS = 12, 96  # in a batch, all of one topic
WINDOWS = ((2, 0), (3, 1), (5, 2))  # words together, of them to the left

Params = dict[str, jax.Array]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn."""

    epochs: int = 4
    rate: float = 3e-3
    rank: int = 8
    dropped: float = 0.1  # share of tokens left out at random
    kept: float = 1.0  # of what was learned
    runs: int = 3  # from other random starts; what they learned is averaged


class Reader:
    """The encoder's parts as jax arrays, and texts as token numbers."""

    def __init__(self, texts: Sequence[str]) -> None:
        backend = UniversalSentenceEncoder(tuning=None).backend
        tokens = {
            t: backend.sp.encode(t, out_type=int, add_bos=True, add_eos=True)[:TOKENS]
            for t in dict.fromkeys(texts)
        }
        used = sorted({i for ids in tokens.values() for i in ids})
        self._place = {token: row for row, token in enumerate(used)}
        self._tokens = tokens
        self.none = len(used)
        chunk = np.array(used) % len(backend.scale)
        table = backend.table[used] * backend.scale[chunk, None] + backend.lo[chunk, None]
        self.table = jnp.asarray(np.vstack([table, np.zeros((1, table.shape[1]))]), jnp.float32)
        self.fixed: Params = {name: jnp.asarray(encoder_matrix(backend, name)) for name in MATRICES}
        for name in ("proj_b", "ln_g_all", "ln_b_all", "ln_g", "ln_b", "cnn_b"):
            self.fixed[name] = jnp.asarray(getattr(backend, name))
        for layer in range(len(WINDOWS)):
            for name in ("b1", "b2"):
                self.fixed[f"{name}.{layer}"] = jnp.asarray(getattr(backend, name)[layer])
        self.eps = float(backend.eps)

    def padded(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Texts as rows of token places."""
        rows = np.full((len(texts), TOKENS), self.none, np.int32)
        for row, text in zip(rows, texts, strict=True):
            places = [self._place[token] for token in self._tokens[text]]
            row[: len(places)] = places
        return rows


@dataclass(frozen=True, slots=True)
class Batch:
    """Arguments of a topic against its key points, and what is known of the pairs."""

    arguments: NDArray[np.int32]
    points: NDArray[np.int32]
    makes: NDArray[np.float32]
    known: NDArray[np.float32]
    real: NDArray[np.float32]


def batches(reader: Reader, sides: Sequence[argkp.Side], rng: np.random.Generator) -> list[Batch]:
    """Every argument once, but for what is left over; in a new order each time."""
    made = [batch for topic in by_topic(sides) for batch in _of_topic(reader, topic, rng)]
    return [made[n] for n in rng.permutation(len(made))]


def by_topic(sides: Sequence[argkp.Side]) -> list[list[argkp.Side]]:
    """The sides, those of a topic together."""
    return [[s for s in sides if s.topic == t] for t in dict.fromkeys(s.topic for s in sides)]


def _of_topic(
    reader: Reader, sides: Sequence[argkp.Side], rng: np.random.Generator
) -> Iterator[Batch]:
    points = [point for side in sides for point in side.points]
    arguments = [text for side in sides for text in side.arguments]
    labels = np.full((len(arguments), POINTS), np.nan)
    top = left = 0
    for side in sides:
        height, width = side.labels.shape
        labels[top : top + height, left : left + width] = side.labels
        top, left = top + height, left + width
    rows = np.repeat(reader.padded(points[:1]), POINTS, axis=0)
    rows[: len(points)] = reader.padded(points)
    real = (np.arange(POINTS) < len(points)).astype(np.float32)
    order = rng.permutation(len(arguments))
    said = reader.padded(arguments)
    for start in range(0, len(order) - ARGUMENTS + 1, ARGUMENTS):
        own = order[start : start + ARGUMENTS]
        yield Batch(
            said[own],
            rows,
            np.nan_to_num(labels[own]).astype(np.float32),
            (~np.isnan(labels[own])).astype(np.float32),
            real,
        )


# ------------------------------------------------------------------ the encoder, to be learned


def tuned(fixed: Params, learned: Params) -> Params:
    """The encoder's parts with what was learned added."""
    added = {n: fixed[n] + learned[f"{n}/a"] @ learned[f"{n}/b"] for n in MATRICES}
    return fixed | added


def encoded(
    parts: Params, table: jax.Array, rows: jax.Array, kept: jax.Array, none: int, eps: float
) -> jax.Array:
    """The encoder's forward pass over padded rows; the same as the package's own."""

    def normal(x: jax.Array, gain: jax.Array, shift: jax.Array) -> jax.Array:
        x = x - x.mean(-1, keepdims=True)
        return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + eps) * gain + shift

    def window(h: jax.Array, wide: int, left: int, weights: jax.Array) -> jax.Array:
        size = h.shape[-1]
        h = jnp.pad(h * mask[..., None], ((0, 0), (left, wide - 1 - left), (0, 0)))
        return sum(h[:, n : n + TOKENS] @ weights[n * size : (n + 1) * size] for n in range(wide))

    mask = (rows != none) * kept
    words = table[rows]
    x = normal(words @ parts["proj_W"] + parts["proj_b"], parts["ln_g_all"], parts["ln_b_all"])
    layers = [words]
    for number, (wide, left) in enumerate(WINDOWS):
        own = x[..., number * 256 : (number + 1) * 256]
        h = (
            jax.nn.relu(window(own, wide, left, parts[f"w1.{number}"]) + parts[f"b1.{number}"])
            + own
        )
        h = jax.nn.relu(window(h, wide, left, parts[f"w2.{number}"]) + parts[f"b2.{number}"]) + h
        layers.append(h)
    whole = normal(jnp.concatenate(layers, -1), parts["ln_g"], parts["ln_b"])
    length = jnp.maximum(mask.sum(1), 1)[:, None]
    total = (whole * mask[..., None]).sum(1)
    mean = (total @ parts["cnn_W"] + length * parts["cnn_b"]) / jnp.sqrt(length)
    first = jax.nn.relu(mean @ parts["d0"])
    second = jax.nn.relu(mean @ parts["p1"] + first @ parts["d1"])
    third = jax.nn.relu(second @ parts["d2"])
    z = jnp.tanh(second @ parts["p3"] + third @ parts["d3"])
    return z / jnp.linalg.norm(z, axis=1, keepdims=True)


def loss(
    learned: Params,
    fixed: Params,
    table: jax.Array,
    batch: tuple[jax.Array, ...],
    key: jax.Array,
    none: int,
    eps: float,
    dropped: float,
) -> jax.Array:
    """Each pair by itself, and each argument's own points against the others of its side."""
    arguments, points, makes, known, real = batch
    parts = tuned(fixed, learned)
    kept = (jax.random.uniform(key, arguments.shape) >= dropped).astype(jnp.float32)
    a = encoded(parts, table, arguments, kept.at[:, 0].set(1.0), none, eps)
    k = encoded(parts, table, points, jnp.ones(points.shape), none, eps)
    a = a - a.mean(0)
    k = k - (k * real[:, None]).sum(0) / real.sum()
    a = a / jnp.linalg.norm(a, axis=1, keepdims=True)
    k = k / (jnp.linalg.norm(k, axis=1, keepdims=True) + 1e-6)
    near = jnp.exp(learned["scale"]) * (a @ k.T)
    logits = near + learned["start"]
    pair = jnp.maximum(logits, 0) - logits * makes + jnp.log1p(jnp.exp(-jnp.abs(logits)))
    alone = (pair * known).sum() / known.sum()
    chances = jax.nn.log_softmax(jnp.where(known > 0, near, -1e9), 1)
    own = makes.sum(1)
    chosen = -jnp.where(makes > 0, chances, 0).sum(1) / jnp.maximum(own, 1)
    return alone + (chosen * (own > 0)).sum() / jnp.maximum((own > 0).sum(), 1)


def learn(reader: Reader, sides: Sequence[argkp.Side], settings: Settings) -> Tuning:
    """The tuning learned from these sides: the mean of several runs, and the kept part of it."""
    runs = [run(reader, sides, settings, seed) for seed in range(settings.runs)]
    return {
        name: (
            np.hstack([settings.kept * learned[name][0] for learned in runs]),
            np.vstack([learned[name][1] / len(runs) for learned in runs]),
        )
        for name in MATRICES
    }


def run(reader: Reader, sides: Sequence[argkp.Side], settings: Settings, seed: int) -> Tuning:
    """What one run learns, with Adam (Kingma and Ba, 2015), slower and slower."""
    rng = np.random.default_rng(seed)
    learned: Params = {"scale": jnp.log(10.0), "start": jnp.asarray(-2.0)}
    for name in MATRICES:
        high, wide = reader.fixed[name].shape
        start = rng.normal(0, 1 / np.sqrt(high), (high, settings.rank))
        learned[f"{name}/a"] = jnp.asarray(start, jnp.float32)
        learned[f"{name}/b"] = jnp.zeros((settings.rank, wide))
    first = {name: jnp.zeros_like(value) for name, value in learned.items()}
    second = dict(first)
    slope = jax.jit(
        jax.grad(partial(loss, none=reader.none, eps=reader.eps, dropped=settings.dropped))
    )

    def step(
        p: Params, m: Params, v: Params, g: Params, rate: jax.Array, t: jax.Array
    ) -> tuple[Params, Params, Params]:
        m = {n: 0.9 * m[n] + 0.1 * g[n] for n in p}
        v = {n: 0.999 * v[n] + 0.001 * g[n] ** 2 for n in p}
        p = {
            n: p[n] - rate * (m[n] / (1 - 0.9**t)) / (jnp.sqrt(v[n] / (1 - 0.999**t)) + 1e-8)
            for n in p
        }
        return p, m, v

    step = jax.jit(step)
    key = jax.random.PRNGKey(seed)
    total = settings.epochs * len(batches(reader, sides, np.random.default_rng(0)))
    done = 0
    for epoch in range(settings.epochs):
        started = time.perf_counter()
        for batch in batches(reader, sides, rng):
            key, own = jax.random.split(key)
            data = (batch.arguments, batch.points, batch.makes, batch.known, batch.real)
            g = slope(learned, reader.fixed, reader.table, data, own)
            rate = settings.rate * 0.5 * (1 + np.cos(np.pi * done / total))
            done += 1
            learned, first, second = step(
                learned, first, second, g, jnp.asarray(rate), jnp.asarray(done)
            )
        print(f"  epoch {epoch + 1}: {time.perf_counter() - started:.0f} s", flush=True)
    return {
        name: (np.asarray(learned[f"{name}/a"]), np.asarray(learned[f"{name}/b"]))
        for name in MATRICES
    }


def main() -> None:
    """Hold out, learn, calibrate; learn from all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--argkp", type=Path, default=argkp.FOLDER)
    for name, value in (("epochs", 4), ("rank", 8), ("runs", 3)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--rate", type=float, default=3e-3)
    options = parser.parse_args()
    settings = Settings(options.epochs, options.rate, options.rank, runs=options.runs)
    if not (options.argkp / "labels_train.csv").is_file():
        parser.error(f"ArgKP is not at {options.argkp}")
    sides = argkp.read(options.argkp, "train")
    reader = Reader([text for side in sides for text in (*side.arguments, *side.points)])
    topics = [of_topic[0].topic for of_topic in by_topic(sides)]
    held = [side for side in sides if side.topic in topics[::3]]
    print("Learning from two thirds of the topics.")
    tuning = learn(reader, [side for side in sides if side not in held], settings)
    bare = ScoreWeights(about=0.0, examples=0.0, words=0.0, sentence=0.0)
    some = {name: (0.7 * a, b) for name, (a, b) in tuning.items()}
    more = {name: (1.3 * a, b) for name, (a, b) in tuning.items()}
    for name, variant in (
        ("as it comes", None), ("tuned", tuning), ("0.7 of it", some), ("1.3 of it", more)
    ):  # fmt: skip
        encoder = CachingEncoder(UniversalSentenceEncoder(tuning=variant))
        for what, weights in (("meaning alone", bare), ("with words", ScoreWeights(examples=0.0))):
            got = argkp.figures(held, side_scores(held, encoder, weights))
            print(f"  the other third, {name}, {what}: strict {got.strict:.3f}", flush=True)
    calibrations(held, CachingEncoder(UniversalSentenceEncoder(tuning=tuning)))
    print("Learning from all topics.")
    tuning = learn(reader, sides, settings)
    halves: dict[str, NDArray[np.float16]] = {
        f"{name}/{part}": matrices.astype(np.float16)
        for name, pair in tuning.items()
        for part, matrices in zip("ab", pair, strict=True)
    }
    np.savez_compressed(OUT, allow_pickle=False, **halves)
    print(f"Wrote {OUT.name}, {OUT.stat().st_size / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
