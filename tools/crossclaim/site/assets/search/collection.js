/* The collection as the browser knows it: who wrote what when, and every passage's tags. */

import { fileNames, load, loadIndex, numbers } from "./store.js";
import { compounds } from "./words.js";

export const STANCES = ["asserts", "illustrates", "concedes", "reports", "rejects"];

const running = (counts) => {
  const starts = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at += 1) starts[at + 1] = starts[at] + counts[at];
  return starts;
};

/* The words of the authors' names, each with the authors who have it. */
const namesOf = (authors) => {
  const names = new Map();
  for (const [author, [, name]] of authors.entries())
    for (const { form } of compounds(name).flat()) names.set(form, [...(names.get(form) ?? []), author]);
  return names;
};

/* The tables of the collection; `essayOf` and the like are by the number of a passage or essay. */
const prepare = (index) => {
  const starts = running(index.passages);
  const passages = starts.at(-1);
  const slots = numbers(index.slots);
  // The first record of each slot: of the three that are the claims', the titles', and the essays'.
  index.firsts = [0, 1, 2, 3].map((of) => passages + of * index.claims.length);
  for (const [essay, slot] of slots.entries()) index.firsts[slot] = starts[essay];
  index.files = fileNames(index.starts);
  const essayOf = new Uint32Array(passages);
  for (let essay = 0; essay < index.passages.length; essay += 1)
    essayOf.fill(essay, starts[essay], starts[essay + 1]);
  return {
    index,
    passages,
    // The claims by sentence, by what they are about, by their labels and what else they are called;
    // the titles, by the slots of their essays.
    records: index.firsts[3] + slots.reduce((most, slot) => Math.max(most, slot + 1), 0),
    starts,
    slots,
    essayOf,
    authorsOf: index.by.map((by) => (Array.isArray(by) ? by : [by])),
    authorNames: namesOf(index.authors),
    yearOf: index.dates.map((date) => Math.floor(date / 10000)),
    small: new Set(index.small.split(" ").filter(Boolean)),
    setOf: new Uint32Array(passages), // the passage's set of tags, once its block is there
    sets: [[]],
    setNumbers: new Map([["", 0]]),
    blocks: new Map(),
  };
};

let opened = null;

export const open = () => {
  opened ??= loadIndex().then(prepare);
  opened.catch(() => (opened = null));
  return opened;
};

const blockOf = ({ slots, index }, essay) => Math.floor(slots[essay] / index.tagged);

/* The passages whose tags are in a block, in the order in which it has them. */
const passagesIn = (collection, block) => {
  const { slots, starts } = collection;
  const essays = [...slots.keys()].filter((essay) => blockOf(collection, essay) === block);
  essays.sort((one, other) => slots[one] - slots[other]);
  return essays.flatMap((essay) =>
    Array.from({ length: starts[essay + 1] - starts[essay] }, (_, at) => starts[essay] + at),
  );
};

const tagOf = ({ index }, code) => {
  const claim = Math.floor(code / 2 / STANCES.length);
  return { claim, stance: Math.floor(code / 2) % STANCES.length, theme: index.claims[claim][2], review: code % 2 ? 0 : 1 };
};

/* The number of a set of tags, which is made when it is first met. */
const setNumber = (collection, codes) => {
  const { sets, setNumbers } = collection;
  const key = codes.join(" ");
  if (!setNumbers.has(key)) {
    setNumbers.set(key, sets.length);
    sets.push(Array.from(codes, (code) => tagOf(collection, code)));
  }
  return setNumbers.get(key);
};

const addBlock = async (collection, block) => {
  const [counts, all] = (await load(`tags-${block}`)).map(numbers);
  let first = 0;
  for (const [at, passage] of passagesIn(collection, block).entries()) {
    const codes = all.subarray(first, (first += counts[at]));
    collection.setOf[passage] = setNumber(collection, codes);
  }
};

/* Makes sure that the tags of these passages are there. */
export const needTags = (collection, passages) => {
  const wanted = new Set();
  let last = -1;
  for (const passage of passages) {
    const essay = collection.essayOf[passage];
    if (essay !== last) wanted.add(blockOf(collection, essay));
    last = essay;
  }
  const loads = [...wanted].map((at) => {
    if (!collection.blocks.has(at)) collection.blocks.set(at, addBlock(collection, at));
    collection.blocks.get(at).catch(() => collection.blocks.delete(at));
    return collection.blocks.get(at);
  });
  return Promise.all(loads);
};

/* Stretches of a text, written as steps from one end to the next. */
const spans = (steps) => {
  const ends = [];
  for (const step of numbers(steps)) ends.push((ends.at(-1) ?? 0) + step);
  return ends.filter((_, at) => at % 2 === 0).map((start, at) => [start, ends[2 * at + 1]]);
};

/* An essay's id and title. */
export const nameOf = async ({ slots }, essay) => (await load(`text-${slots[essay]}-0`)).essay;

/* A passage to be shown: its text, place and tags. */
export const passage = async (collection, record) => {
  const { shown } = collection.index;
  const essay = collection.essayOf[record];
  const number = record - collection.starts[essay];
  const [file] = await Promise.all([
    load(`text-${collection.slots[essay]}-${Math.floor(number / shown)}`),
    needTags(collection, [record]),
  ]);
  const [id, text, language = "", deciding = ""] = file.passages[number % shown];
  const [name, title, date] = file.essay;
  return {
    record,
    id,
    text,
    language,
    deciding: spans(deciding),
    essay: name,
    title,
    date,
    number: number + 1,
    authors: collection.authorsOf[essay].map((at) => collection.index.authors[at]),
    tags: collection.sets[collection.setOf[record]],
  };
};
