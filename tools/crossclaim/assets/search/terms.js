/* How well every record fits one term of a query. */

import { beginningWith, lookUp, placesOf } from "./wordlist.js";

const AKIN = 0.9; // another ending of the word
const BEGUN = 0.7; // a word that only begins so
const FEW = 3; // words of a query that are also tried written together

/* Adds a word's weights to the records' scores, at their highest. */
const put = (scores, entry, factor) => {
  const { records, weights } = entry;
  for (let at = 0; at < records.length; at += 1) {
    const weight = (weights.charCodeAt(at) - 48) * factor;
    if (weight > scores[records[at]]) scores[records[at]] = weight;
  }
};

/* One form with its kin: true if it is known. Notes the forms that count as the word. */
const putFamily = async (index, scores, form, forms) => {
  const entry = await lookUp(index, form);
  if (!entry) return false;
  put(scores, entry, 1);
  forms.add(form);
  for (const kin of entry.kin) {
    put(scores, await lookUp(index, kin), AKIN);
    forms.add(kin);
  }
  return true;
};

const putBeginnings = async (index, scores, form, forms) => {
  const found = await beginningWith(index, form);
  for (const entry of found) {
    put(scores, entry, BEGUN);
    forms.add(entry.form);
  }
  return found.length > 0;
};

/* A compound: written together, or all of its parts. */
const putCompound = async (index, scores, parts, forms) => {
  let known = await putFamily(index, scores, parts.join(""), forms);
  const each = [];
  for (const part of parts) {
    const own = new Float32Array(scores.length);
    if (!(await putFamily(index, own, part, forms))) return known;
    each.push(own);
  }
  for (let at = 0; at < scores.length; at += 1) {
    const least = Math.min(...each.map((own) => own[at]));
    if (least > scores[at]) scores[at] = least;
    known ||= least > 0;
  }
  return known;
};

/* Whether words stand one after the other; the parts of a compound share a place. */
const inRow = (forms, places) => {
  let reached = new Set(places[0]);
  for (let at = 1; at < forms.length; at += 1) {
    const shared = forms[at] !== forms[at - 1];
    const follows = (place) => reached.has(place - 1) || (shared && reached.has(place));
    reached = new Set(places[at].filter(follows));
  }
  return reached.size > 0;
};

const putPhrase = async (index, scores, variants, forms) => {
  let known = false;
  for (const variant of variants) {
    const entries = await Promise.all(variant.map((form) => lookUp(index, form)));
    if (entries.some((entry) => !entry)) continue;
    known = true;
    for (const form of variant) forms.add(form);
    if (entries.length === 1) {
      put(scores, entries[0], 1);
      continue;
    }
    const has = entries.map((entry) => new Set(entry.records));
    const fits = [...entries[0].records].filter((record) => has.every((set) => set.has(record)));
    if (!fits.length) continue;
    const places = await Promise.all(entries.map((entry) => placesOf(index, entry)));
    for (const record of fits) {
      if (!inRow(variant, places.map((of) => of.get(record)))) continue;
      scores[record] = 2 * variant.length;
    }
  }
  return known;
};

/* The terms of a query, each with a score for every record, and the forms that it stands for.
   `records` is how many there are: passages and claims. */
export const weigh = async (index, terms, records) => {
  const weighed = await Promise.all(
    terms.map(async (term) => {
      const scores = new Float32Array(records);
      const forms = new Set();
      let known;
      if (term.phrase) known = await putPhrase(index, scores, term.variants, forms);
      else if (term.parts.length > 1) known = await putCompound(index, scores, term.parts, forms);
      else {
        known = await putFamily(index, scores, term.parts[0], forms);
        known ||= await putBeginnings(index, scores, term.parts[0], forms);
      }
      return { ...term, scores, forms, known };
    }),
  );
  if (weighed.length <= FEW) await putTogether(index, weighed);
  return weighed;
};

/* Two words that somebody else writes as one: “front line”, “frontline”. */
const putTogether = async (index, weighed) => {
  for (let at = 0; at + 1 < weighed.length; at += 1) {
    const [one, other] = [weighed[at], weighed[at + 1]];
    if (one.phrase || other.phrase || one.parts.length + other.parts.length > 2) continue;
    const together = one.parts[0] + other.parts[0];
    for (const word of [one, other])
      if (await putFamily(index, word.scores, together, word.forms)) word.known = true;
  }
};
