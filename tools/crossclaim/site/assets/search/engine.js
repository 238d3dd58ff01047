/* A query and a choice of values in, an ordered answer out. */

import { claimsFound } from "./claims.js";
import { needTags, open, STANCES } from "./collection.js";
import { narrow, ofEssays } from "./facets.js";
import { parse } from "./query.js";
import { answers, understood } from "./question.js";
import { mended } from "./spelling.js";
import { load } from "./store.js";
import { inOrder, weigh, widen } from "./terms.js";

const SHORT = 4; // words of a query whose order is looked at
const IN_ORDER = 1.5; // what it adds to a passage's worth that all words stand so
const NEAR = 0.4; // from which a passage without all words is near
const CLOSE = 0.5; // and against the nearest of them
const FULL = 6; // a word's weight from which a passage has it entirely
const ALIKE = 0.95; // of the best claim's worth; claims that a question may be about as well
const ESSAYS = 3;
const CLAIMS = 3;
const NEAR_CLAIMS = 5;
const SURE = 0.4; // worth of a claim that stands beside claims with all words
const FEW = 5; // passages with all words, with which others near in meaning are told as well

/* How telling a term is: the less passages have it, the more (BM25). */
const telling = (scores, passages) => {
  let having = 0;
  for (let at = 0; at < passages; at += 1) if (scores[at]) having += 1;
  return Math.log(1 + (passages - having + 0.5) / (having + 0.5));
};

/* The sum of what every record has of the terms, and whether it has all that it needs. */
const total = (terms, { records, passages }) => {
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

/* How near passages come to the terms, by their own words and by way of their claims: 1 is as near
   as those that have all of it. */
const nearness = async (collection, terms, claimScores, among) => {
  const { passages, setOf, sets } = collection;
  const weights = terms.map(({ scores }) => telling(scores, passages));
  const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  await needTags(collection, among);
  const byClaim = sets.map((tags) => tags.reduce((most, { claim, review }) => Math.max(most, review ? 0 : claimScores[claim]), 0));
  const scores = new Float32Array(passages);
  for (const at of among) {
    let own = 0;
    for (const [term, { scores: of }] of terms.entries()) own += weights[term] * Math.min(1, of[at] / FULL);
    scores[at] = own / all + byClaim[setOf[at]];
  }
  return scores;
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

/* Authors whose names have all the words. */
const authorsFound = (terms) => {
  if (!terms.length || terms.some(({ phrase, authors }) => phrase || !authors.size)) return [];
  const [first, ...others] = terms;
  return [...first.authors].filter((author) => others.every(({ authors }) => authors.has(author)));
};

/* Essays whose titles have all the words, a few, those first whose titles hardly have others. */
const essaysFound = ({ index, slots }, terms, { sums, lacking }) => {
  const record = (essay) => index.firsts[3] + slots[essay];
  const having = terms.length ? [...slots.keys()].filter((essay) => !lacking[record(essay)] && sums[record(essay)]) : [];
  return having.sort((one, other) => sums[record(other)] - sums[record(one)] || one - other).slice(0, ESSAYS);
};

/* The same for a question: titles are asked for as they are, and some begin as questions do. */
const essaysTitled = async (collection, words) => {
  const terms = (await weigh(collection, parse(words, collection.small))).filter(({ small }) => !small);
  return essaysFound(collection, terms, total(terms, collection));
};

/* What was typed as weighed terms, its unknown words mended: { text, terms, spelled }. */
const read = async (collection, text, literal) => {
  const terms = await weigh(collection, parse(text, collection.small));
  const spelled = literal ? "" : await mended(collection.index, text, terms);
  return spelled
    ? { text: spelled, terms: await weigh(collection, parse(spelled, collection.small)), spelled }
    : { text, terms, spelled };
};

const allOf = ({ passages }) => Uint32Array.from({ length: passages }, (_, at) => at);

/* The passages that have all the words, and what all records are worth. */
const exactly = async (collection, { text, terms }) => {
  const content = terms.filter(({ small }) => !small);
  const { sums, lacking } = total(terms, collection);
  const everything = allOf(collection);
  const all = !text.trim(); // signs alone are no words, and find nothing
  const passages = everything.filter((at) => all || (sums[at] > 0 && !lacking[at]));
  if (content.length > 1 && content.length <= SHORT && passages.length > 1)
    for (const [record, far] of await inOrder(collection.index, content)) sums[record] *= 1 + (IN_ORDER * far) / (content.length - 1);
  return { text, content, sums, lacking, passages };
};

const NO_CLAIMS = { exact: [], near: [], worth: [], led: [] };

/* Claims, `passages` telling which of them have the words. */
const claimsOf = async (collection, { text, content, sums }, passages) =>
  content.length ? claimsFound(collection, { terms: content, text, passages, sums, enough: passages.length >= FEW }) : NO_CLAIMS;

/* What answers a question about the claims that words name: passages in reading order, and claims;
   null where the words name none. */
const answered = async (collection, { kind }, asked) => {
  const { index, setOf, sets } = collection;
  const everything = allOf(collection);
  await needTags(collection, everything);
  const claims = await claimsOf(collection, asked, asked.passages);
  const { exact, near, worth } = claims;
  const named = exact.length ? exact : near.filter((claim) => worth[claim] >= SURE);
  const top = named.filter((claim) => worth[claim] >= ALIKE * worth[named[0]]).slice(0, CLAIMS);
  if (!top.length) return null;
  const { claims: answering, fits } = answers(kind, top, index.relations);
  const fit = sets.map((tags) => tags.some(({ claim, stance, review }) => !review && fits(claim, STANCES[stance])));
  const passages = everything.filter((at) => fit[setOf[at]]);
  const order = new Float32Array(asked.sums.length);
  return { ...asked, sums: order, passages, claims: { ...claims, exact: answering, near: [] } };
};

/* What was typed, and what has it: { asked, found }, with `question` where it is one that is answered,
   or `nobody` where no passage answers it. A question that names no claim is words alone. */
const interpret = async (collection, words, literal) => {
  const question = literal ? null : understood(words);
  if (question) {
    const asked = await read(collection, question.text, literal);
    const found = await exactly(collection, asked);
    const answer = await answered(collection, question, found);
    if (answer?.passages.length) return { asked, found: answer, question, nobody: null };
    if (answer) return { asked, found, question: null, nobody: question };
  }
  const asked = await read(collection, words, literal);
  return { asked, found: await exactly(collection, asked), question: null, nobody: null };
};

/* Claims near in meaning, fewer and surer ones where others have all words. */
const nearClaims = ({ exact, near, worth }) =>
  near.slice(0, NEAR_CLAIMS - Math.min(exact.length, NEAR_CLAIMS)).filter((claim) => !exact.length || worth[claim] >= SURE);

/* What is near in meaning, but for passages that were found: claims, passages with their worth, and
   the words that led there. `among` are the passages that may be. */
const nearby = async (collection, content, claims, passages, among) => {
  const wide = await widen(collection, content);
  const worth = await nearness(collection, wide, claims.worth, among);
  const known = new Set(passages);
  const least = Math.max(NEAR, CLOSE * worth.reduce((most, score) => Math.max(most, score), 0));
  return {
    claims: nearClaims(claims),
    passages: among.filter((at) => worth[at] >= least && !known.has(at)),
    worth,
    led: new Map(wide.flatMap(({ led }) => [...led])),
  };
};

/* The answer to { words, chosen, sort, literal }; the last says to take the words as they are typed,
   neither as a question nor mended.

   `authors`, `essays` by their names and titles; `claims` and `passages` that have all the words, in
   order; `near`, claims and passages near in meaning, or null; `question`, as it was understood, or
   `nobody`, the one that no passage answers, in place of which its words are looked for;
   `spelled`, the words that were looked for in their place; `elsewhere`, how many passages there
   are without the choice; `counts` of every value; `forms`, `phrases` to mark; `led`, from a form to
   the word that led to it, and `ledToClaim`, such pairs of each claim; `worth` of each claim. */
export const search = async ({ words, chosen = {}, sort = "relevance", literal = false }) => {
  const collection = await open();
  const titles = chosen.essay?.length ? await load("titles") : [];
  const limited = Object.values(chosen).some((values) => values.length);
  const { asked, found, question, nobody } = await interpret(collection, words, literal);
  const { content } = found;
  const { kept, counts } = await narrow(collection, found.passages, chosen, titles);
  const claims = found.claims ?? (await claimsOf(collection, found, kept));
  const few = content.length > 0 && !question && kept.length < FEW;
  const everything = allOf(collection);
  const among = kept.length ? ofEssays(collection, everything, chosen, titles) : everything; // if none, values are counted
  const near = few ? await nearby(collection, content, claims, kept, among) : null;
  const close = near && (await narrow(collection, near.passages, chosen, titles));
  if (near) near.passages = byScore(close.kept, near.worth);
  const shown = kept.length || !near ? counts : close.counts;
  const within = (some) => (limited ? some.filter((claim) => shown.claim.has(claim)) : some);
  if (near) near.claims = within(near.claims);
  return {
    collection,
    words,
    text: asked.text,
    spelled: asked.spelled,
    question,
    nobody,
    authors: authorsFound(content),
    essays: question ? await essaysTitled(collection, words) : essaysFound(collection, content, found),
    claims: within(claims.exact),
    passages: (ORDERS[sort] ?? ORDERS.relevance)(kept, found.sums, collection),
    near: near?.claims.length || near?.passages.length ? near : null,
    counts: shown,
    elsewhere: content.length && !kept.length ? found.passages.length : 0,
    forms: new Set(content.flatMap(({ forms }) => [...forms])),
    phrases: asked.terms.flatMap(({ phrases }) => phrases),
    led: near?.led ?? new Map(),
    worth: claims.worth,
    ledToClaim: claims.led,
  };
};
