/* A query and a choice of values in, an ordered answer out. */

import { needTags, open } from "./collection.js";
import { narrow } from "./facets.js";
import { parse } from "./query.js";
import { load } from "./store.js";
import { weigh } from "./terms.js";
import { nearest } from "./wordlist.js";
import { compounds, whole } from "./words.js";

const CLOSE = 0.4; // of the best score, where no passage has all words
const BY_CLAIM = 0.6; // what a word in a claim of a passage is worth, against one in its text
const BY_ABOUT = 0.4; // and one in what a tagger is told of the claim
const BY_NAME = 1.5; // what a word in a claim's label counts, or one people use for it, on top of one in its sentence
const NEAREST_CLAIMS = 3;

/* How telling a term is: the less passages have it, the more (BM25). */
const telling = (scores, passages) => {
  let having = 0;
  for (let at = 0; at < passages; at += 1) if (scores[at]) having += 1;
  return Math.log(1 + (passages - having + 0.5) / (having + 0.5));
};

/* The sum of what every record has of the terms, and whether it has all that it needs. */
const total = (terms, records, passages) => {
  const sums = new Float32Array(records);
  const lacking = new Uint8Array(records);
  for (const { scores, small } of terms) {
    const factor = telling(scores, passages);
    for (let at = 0; at < records; at += 1) {
      if (scores[at]) sums[at] += factor * scores[at];
      else if (!small) lacking[at] = 1;
    }
  }
  return { sums, lacking };
};

/* A claim's records: its sentence, what it is about, what it is called. */
const recordsOf = ({ passages, index }, claim) => [0, 1, 2].map((of) => passages + of * index.claims.length + claim);

/* Passages that have the most of the words, in their own text or by way of their claims; small
   words tell nothing here. `among` are the passages to choose from, in rising order. */
const closest = async (collection, terms, among) => {
  const { passages, records, setOf, sets } = collection;
  const { sums } = total(terms.filter((term) => !term.small), records, passages);
  const ofClaim = ({ claim, review }) => {
    if (review) return 0;
    const [sentence, about, name] = recordsOf(collection, claim);
    return BY_CLAIM * Math.max(sums[sentence], sums[name]) + BY_ABOUT * sums[about];
  };
  const throughClaims = sums.subarray(passages).some(Boolean);
  if (throughClaims) await needTags(collection, among);
  const scores = new Float32Array(passages);
  let best = 0;
  for (const at of among) {
    scores[at] = sums[at] + (throughClaims ? Math.max(0, ...sets[setOf[at]].map(ofClaim)) : 0);
    best = Math.max(best, scores[at]);
  }
  return { found: among.filter((at) => scores[at] > 0 && scores[at] >= CLOSE * best), scores };
};

/* Highest score first, then in reading order. Numbers sort much faster than pairs do. */
const byScore = (passages, scores) => {
  const keys = new Float64Array(passages.length);
  for (let at = 0; at < passages.length; at += 1)
    keys[at] = (1e6 - Math.round(scores[passages[at]] * 1000)) * 2 ** 32 + passages[at];
  return Uint32Array.from(keys.sort(), (key) => key % 2 ** 32);
};


const ORDERS = {
  relevance: (passages, scores) => byScore(passages, scores),
  essay: (passages) => passages,
  date: (passages, scores, { index, essayOf }) => {
    const when = (passage) => index.dates[essayOf[passage]];
    return passages.toSorted((one, other) => when(other) - when(one) || one - other);
  },
};

/* The letters of a text, three by three: how alike two texts look. */
const threes = (text) => {
  const letters = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  return new Set(Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3)));
};

const nearestClaims = (collection, typed) => {
  const own = threes(typed.slice(0, 300));
  const likeness = (text) => {
    const other = threes(text);
    return [...own].filter((three) => other.has(three)).length / (own.size + other.size);
  };
  const alike = collection.index.claims.map(([, name, , sentence = name], claim) => {
    return { claim, score: Math.max(likeness(name), likeness(sentence)) };
  });
  return alike.sort((one, other) => other.score - one.score || one.claim - other.claim).slice(0, NEAREST_CLAIMS).map(({ claim }) => claim);
};

/* The query with every unknown word replaced by the known one nearest to it; "" if none is. */
const spelled = async (typed, terms) => {
  const unknown = terms.flatMap(({ parts }) => parts).filter((part) => !part.known);
  let text = typed;
  for (const { form, start, end } of unknown.sort((one, other) => other.start - one.start)) {
    const better = await nearest(form);
    if (better) text = text.slice(0, start) + better + text.slice(end);
  }
  return text === typed ? "" : text;
};

const folded = (text) => compounds(text).map(whole).join(" ");

/* How a claim has the words: 3, they are its name; 2, all are in its sentence, its label or what
   else it is called; 1, all are there or in what it is about; 0, some are missing. */
const fitOf = (collection, claim, terms, typed) => {
  if (folded(collection.index.claims[claim][1]) === typed) return 3;
  const [sentence, about, name] = recordsOf(collection, claim);
  const allIn = (...records) => terms.every(({ scores, small }) => small || records.some((record) => scores[record]));
  return allIn(sentence, name) ? 2 : allIn(sentence, name, about) ? 1 : 0;
};

/* Claims that have all the words, or the most of them; within the choice, if there is one. */
const claimsFound = (collection, terms, words, { sums }, all, counts, chosen) => {
  const limited = Object.values(chosen).some((values) => values.length);
  const typed = folded(words);
  const scored = collection.index.claims
    .map((_, claim) => {
      const [sentence, about, name] = recordsOf(collection, claim);
      const score = sums[sentence] + BY_NAME * sums[name] + BY_ABOUT * sums[about];
      return { claim, score, fit: fitOf(collection, claim, terms, typed) };
    })
    .filter(({ claim, score, fit }) => score > 0 && (fit || !all) && (!limited || counts.claim.get(claim)));
  scored.sort((one, other) => other.fit - one.fit || other.score - one.score);
  const best = scored[0]?.score ?? 0;
  return scored.filter(({ score, fit }) => fit || score >= CLOSE * best).map(({ claim }) => claim);
};

/* The answer to { words, chosen, sort }:
   passages in order, claims, counts, forms and phrases to mark; `partial` if no passage that was chosen has all
   the words, and `elsewhere` how many others do; `spelled`, the query in known words; `near`, claims
   to go on with where nothing was found. */
export const search = async ({ words, chosen = {}, sort = "relevance" }) => {
  const collection = await open();
  const { passages, records } = collection;
  const essays = chosen.essay?.length ? await load("titles") : [];
  const terms = await weigh(collection.index, parse(words, collection.small), records);
  const summed = total(terms, records, passages);
  const asked = words.trim() !== "";
  const everything = Uint32Array.from({ length: passages }, (_, at) => at);
  let found = everything.filter((at) => !asked || (summed.sums[at] > 0 && !summed.lacking[at]));
  let scores = summed.sums;
  const nowhere = asked && !found.length;
  if (nowhere && terms.length) ({ found, scores } = await closest(collection, terms, everything));
  let { kept, counts } = await narrow(collection, found, chosen, essays);
  const partial = nowhere || (asked && !kept.length);
  if (partial && !kept.length && terms.length) {
    // Others have all the words, and the counts lead there; these come closest within the choice.
    const within = await narrow(collection, everything, chosen, essays);
    ({ found: kept, scores } = await closest(collection, terms, within.kept));
  }
  const all = terms.length > 0 && !partial;
  const claims = terms.length ? claimsFound(collection, terms, words, summed, all, counts, chosen) : [];
  return {
    collection,
    words,
    passages: (ORDERS[sort] ?? ORDERS.relevance)(kept, scores, collection),
    claims,
    counts,
    forms: new Set(terms.filter(({ small }) => !small).flatMap(({ forms }) => [...forms])),
    partial: partial && kept.length > 0,
    phrases: terms.flatMap(({ phrases }) => phrases),
    elsewhere: partial && !nowhere ? found.length : 0,
    spelled: partial ? await spelled(words, terms) : "",
    near: asked && !kept.length && !claims.length ? nearestClaims(collection, words) : [],
  };
};
