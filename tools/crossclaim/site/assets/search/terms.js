/* How well every record fits one term of a query. */

import { nearTo } from "./meaning.js";
import { beginningWith, kinOf, lookUp, otherEndings, PARTS, placesOf } from "./wordlist.js";
import { SIGN } from "./words.js";

const AKIN = 0.9; // another ending of the word
const BEGUN = 0.7; // a word that only begins so
const NEAR = 0.6; // one that is near in meaning, at its nearest
const WRITTEN_BY = 2; // what a word counts that is a name of the passage's author
const SHORTEST_PART = 3; // letters of a part of a word that is looked for apart
const SHORTENED = [3, 6]; // the fewest and the most letters of an abbreviation

/* Adds a word's weights to the records' scores, at their highest. */
const put = (scores, entry, factor) => {
  const { records, weights } = entry;
  for (let at = 0; at < records.length; at += 1) {
    const weight = (weights.charCodeAt(at) & 15) * factor; // 1 is as much as a
    if (weight > scores[records[at]]) scores[records[at]] = weight;
  }
};

const putAll = async (index, scores, names, factor, forms) => {
  for (const entry of await Promise.all(names.map((name) => lookUp(index, name)))) {
    if (!entry) continue;
    put(scores, entry, factor);
    forms.add(entry.form);
  }
};

/* A form with its other endings; its entry, or null where it is unknown. */
const putFamily = async (index, scores, form, forms) => {
  const entry = await lookUp(index, form);
  if (!entry) return null;
  put(scores, entry, 1);
  forms.add(form);
  await putAll(index, scores, await kinOf(index, entry), AKIN, forms);
  return entry;
};

/* A form nobody wrote: another ending of known words, else the beginning of some; if any. */
const putUnknown = async (index, scores, form, forms) => {
  const akin = await otherEndings(index, form);
  if (akin.length) await putAll(index, scores, akin, AKIN, forms);
  const begun = akin.length ? [] : await beginningWith(index, form);
  for (const entry of begun) {
    put(scores, entry, BEGUN);
    forms.add(entry.form);
  }
  return akin.length + begun.length > 0;
};

const putWord = async (index, scores, form, forms) =>
  Boolean(await putFamily(index, scores, form, forms)) || putUnknown(index, scores, form, forms);

/* One word that others write as two, and nobody as one: “front line” for “frontline”. */
const putApart = async (index, scores, form, phrases) => {
  for (let cut = SHORTEST_PART; cut <= form.length - SHORTEST_PART; cut += 1) {
    const pair = [form.slice(0, cut), form.slice(cut)];
    if (!(await lookUp(index, pair[0])) || !(await lookUp(index, pair[1]))) continue;
    if (await putRow(index, scores, pair, phrases)) return true;
  }
  return false;
};

/* A compound: written together, or all of its parts. */
const putCompound = async (index, scores, parts, forms) => {
  let known = Boolean(await putFamily(index, scores, parts.map(({ form }) => form).join(""), forms));
  const each = [];
  for (const part of parts) {
    const own = new Float32Array(scores.length);
    part.known = await putWord(index, own, part.form, forms);
    each.push(own);
  }
  for (let at = 0; at < scores.length; at += 1) {
    const least = Math.min(...each.map((own) => own[at]));
    if (least > scores[at]) scores[at] = least;
    known ||= least > 0;
  }
  if (known) for (const part of parts) part.known = true;
};

/* How often words stand one after the other: the next part of a compound, or the next word. */
const inRow = (places) => {
  let reached = places[0];
  for (const next of places.slice(1)) {
    const follows = (place) =>
      reached.some((from) => place === from + 1 || (place % PARTS === 0 && place / PARTS === Math.floor(from / PARTS) + 1));
    reached = next.filter(follows);
  }
  return reached.length;
};

/* Words in a row, as they are; whether any record has them so. */
const putRow = async (index, scores, row, phrases) => {
  const entries = await Promise.all(row.map((form) => lookUp(index, form)));
  if (entries.some((entry) => !entry)) return false;
  const has = entries.map((entry) => new Set(entry.records));
  const together = [...entries[0].records].filter((record) => has.every((set) => set.has(record)));
  const places = together.length ? await Promise.all(entries.map((entry) => placesOf(index, entry))) : [];
  const fits = together.filter((record) => inRow(places.map((of) => of.get(record))));
  for (const record of fits) scores[record] = 2 * row.length;
  if (fits.length) phrases.push(row);
  return fits.length > 0;
};

const putPhrase = async (index, scores, { variants, parts }, phrases) => {
  for (const variant of variants) await putRow(index, scores, variant, phrases);
  for (const part of parts) part.known = phrases.length > 0 || Boolean(await lookUp(index, part.form));
};

const weighOne = async (index, term, records) => {
  const scores = new Float32Array(records);
  const forms = new Set();
  const phrases = [];
  const [first] = term.parts;
  if (term.phrase) await putPhrase(index, scores, term, phrases);
  else if (term.parts.length > 1) await putCompound(index, scores, term.parts, forms);
  else {
    first.known = Boolean(await putFamily(index, scores, first.form, forms));
    first.known ||= await putApart(index, scores, first.form, phrases);
    first.known ||= await putUnknown(index, scores, first.form, forms);
  }
  return { ...term, scores, forms, phrases };
};

/* Two words that somebody else writes as one: “front line”, “frontline”. */
const putTogether = async (index, weighed) => {
  const single = ({ phrase, parts }) => !phrase && parts.length === 1;
  for (let at = 0; at + 1 < weighed.length; at += 1) {
    const [one, other] = [weighed[at], weighed[at + 1]];
    if (!single(one) || !single(other)) continue;
    const [a, b] = [one.parts[0], other.parts[0]];
    const entry = await lookUp(index, a.form);
    if (entry && other.parts[0].known && !entry.joined.includes(b.form)) continue;
    for (const word of [one, other])
      if (await putFamily(index, word.scores, a.form + b.form, word.forms)) word.parts[0].known = true;
  }
};

/* Words whose initials somebody writes: “total quality management”, “TQM”. */
const putInitials = async (index, weighed) => {
  const [fewest, most] = SHORTENED;
  for (let first = 0; first < weighed.length; first += 1)
    for (let end = first + fewest; end <= Math.min(first + most, weighed.length); end += 1) {
      const row = weighed.slice(first, end);
      if (row.some(({ phrase, parts, small }) => phrase || small || parts.length > 1)) continue;
      const form = SIGN + row.map(({ parts }) => parts[0].form[0]).join("");
      const entry = await lookUp(index, form);
      if (!entry) continue;
      for (const { scores, forms } of row) {
        put(scores, entry, 1);
        forms.add(form);
      }
    }
};

const putAbbreviation = async (index, { parts, scores, forms }) => {
  const [fewest, most] = SHORTENED;
  const { form } = parts[0];
  if (parts.length > 1 || form.length < (parts[0].shortened ? 2 : fewest) || form.length > most) return;
  const entry = await lookUp(index, SIGN + form);
  if (!entry) return;
  if (parts[0].shortened) {
    scores.fill(0);
    forms.clear();
  }
  put(scores, entry, 1);
  forms.add(SIGN + form);
  parts[0].known = true;
};

/* A name finds what its bearer wrote. */
const putAuthor = (collection, { parts, scores }) => {
  const authors = new Set(parts.flatMap(({ form }) => collection.authorNames.get(form) ?? []));
  if (!authors.size) return authors;
  for (const part of parts) part.known = true;
  for (let essay = 0; essay < collection.authorsOf.length; essay += 1)
    if (collection.authorsOf[essay].some((author) => authors.has(author)))
      for (let at = collection.starts[essay]; at < collection.starts[essay + 1]; at += 1)
        scores[at] = Math.max(scores[at], WRITTEN_BY);
  return authors;
};

const MOST_FORMS = 3; // of a word, whose places are looked up

/* Every place of a word's forms, by record. */
const placesOfTerm = async (index, { forms }) => {
  const found = new Map();
  for (const form of [...forms].slice(0, MOST_FORMS)) {
    const entry = await lookUp(index, form);
    for (const [record, places] of entry ? await placesOf(index, entry) : [])
      found.set(record, [...(found.get(record) ?? []), ...places]);
  }
  return found;
};

/* How far the words that follow one another in the query do so in each record: up to 1 for each two
   of them, the more so the more often. */
export const inOrder = async (index, terms) => {
  const places = await Promise.all(terms.map((term) => placesOfTerm(index, term)));
  const together = new Map();
  for (let at = 0; at + 1 < terms.length; at += 1)
    for (const [record, before] of places[at])
      if (places[at + 1].has(record)) {
        const often = inRow([before, places[at + 1].get(record)]);
        together.set(record, (together.get(record) ?? 0) + 1 - 2 ** -often);
      }
  return together;
};

/* The terms of a query, each with a score for every record, and what it stands for: forms, phrases
   that are found, authors of that name. Every part then says whether it is known. */
export const weigh = async (collection, terms) => {
  const { index, records } = collection;
  const weighed = await Promise.all(terms.map((term) => weighOne(index, term, records)));
  await putTogether(index, weighed);
  await putInitials(index, weighed);
  for (const term of weighed.filter(({ phrase }) => !phrase)) {
    await putAbbreviation(index, term);
    term.authors = putAuthor(collection, term);
  }
  return weighed;
};

/* The same with what is near in meaning: more scores, and for each form that came so the word that
   led there, with how near it is. */
export const widen = async (collection, terms) => {
  const { index } = collection;
  return Promise.all(
    terms.map(async (term) => {
      const scores = Float32Array.from(term.scores);
      const led = new Map();
      if (term.phrase) return { ...term, scores, led };
      for (const { form } of term.parts) {
        const known = await nearTo(index, form);
        for (const [word, cosine] of known?.passages ?? []) {
          const forms = new Set();
          const own = new Float32Array(scores.length);
          await putFamily(index, own, word, forms);
          for (let at = 0; at < scores.length; at += 1) scores[at] = Math.max(scores[at], own[at] * NEAR * cosine ** 2);
          for (const each of forms) if (!term.forms.has(each)) led.set(each, { from: form, word, cosine });
        }
      }
      return { ...term, scores, led };
    }),
  );
};
