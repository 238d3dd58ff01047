/* Which claims answer a query. */

import { needTags } from "./collection.js";
import { likenessOfClaims } from "./meaning.js";
import { compounds, whole } from "./words.js";

// What a claim is worth: by how like the words its best text is; on top of that, by the passages that
// have all of them; by the share of the words that are there or in what it is about; by all being so.
const BY_PASSAGE = 0.3;
const BY_ABOUT = 0.15;
const BY_ALL = 0.3;
const NEAR = 0.15; // from which a claim without all words is near

const folded = (text) => compounds(text).map(whole).join(" ");

/* A claim's records: its sentence, what it is about, what it is called. */
const recordsOf = ({ index }, claim) => index.firsts.slice(0, 3).map((first) => first + claim);

/* How a claim has the words: 3, they are its name; 2, all are in its sentence, its label or what
   else it is called; 1, all are there or in what it is about; 0, some are missing. */
const fitOf = (collection, claim, terms, typed) => {
  if (folded(collection.index.claims[claim][1]) === typed) return 3;
  const [sentence, about, name] = recordsOf(collection, claim);
  const allIn = (...records) => terms.every(({ scores }) => records.some((record) => scores[record]));
  return allIn(sentence, name) ? 2 : allIn(sentence, name, about) ? 1 : 0;
};

/* What share of the words each claim has anywhere, rare ones counting more. */
const shares = (collection, terms) => {
  const claims = collection.index.claims.map((_, claim) => recordsOf(collection, claim));
  const sums = new Float32Array(claims.length);
  let all = 0;
  for (const { scores } of terms) {
    const has = claims.map((records) => records.some((record) => scores[record]));
    const weight = Math.log(1 + claims.length / (0.5 + has.filter(Boolean).length));
    all += weight;
    for (const [claim, own] of has.entries()) if (own) sums[claim] += weight;
  }
  return sums.map((sum) => sum / all);
};

/* How well the best passage of each claim answers, against the best of all. */
const byPassages = async (collection, passages, sums) => {
  await needTags(collection, passages);
  const { index, setOf, sets } = collection;
  const best = passages.reduce((most, at) => Math.max(most, sums[at]), 0);
  const scores = new Float32Array(index.claims.length);
  for (const at of passages)
    for (const { claim, review } of sets[setOf[at]])
      if (!review) scores[claim] = Math.max(scores[claim], sums[at] / best);
  return scores;
};

const UNLIKE = { score: 0, led: [] };

/* The claims that have all words (`exact`) and those that are near, in order; what each of all is
   worth; and which words led to it. `passages` are those that have all words, `sums` what they are
   worth; where they are enough, no claims near in meaning are looked for. */
export const claimsFound = async (collection, { terms, text, passages, sums, enough }) => {
  const typed = folded(text);
  const forms = [...new Set(terms.flatMap(({ parts }) => parts.map(({ form }) => form)))];
  const fits = collection.index.claims.map((_, claim) => fitOf(collection, claim, terms, typed));
  const needed = !enough || fits.filter(Boolean).length > 1;
  const like = needed ? await likenessOfClaims(collection.index, forms) : fits.map(() => UNLIKE);
  const supported = await byPassages(collection, passages, sums);
  const share = shares(collection, terms);
  const all = like.map(({ score }, claim) => {
    const fit = fits[claim];
    const own = score + BY_ABOUT * share[claim] + (fit ? BY_ALL : 0);
    return { claim, fit, own, worth: own + BY_PASSAGE * supported[claim] };
  });
  const ordered = all.toSorted((one, other) => (other.fit === 3) - (one.fit === 3) || other.worth - one.worth || one.claim - other.claim);
  const numbers = (some) => some.map(({ claim }) => claim);
  return {
    exact: numbers(ordered.filter(({ fit }) => fit)),
    near: numbers(ordered.filter(({ fit, own }) => !fit && own >= NEAR)),
    worth: all.map(({ worth }) => worth),
    led: like.map(({ led }) => led),
  };
};
