/* The collection as the browser knows it: who wrote what when, and every passage's tags. */

import { load, loadIndex, numbers } from "./store.js";

export const STANCES = ["asserts", "illustrates", "concedes", "reports", "rejects"];

const running = (counts) => {
  const starts = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; at += 1) starts[at + 1] = starts[at] + counts[at];
  return starts;
};

/* The tables of the collection; `essayOf` and the like are by the number of a passage or essay. */
const prepare = (index) => {
  const starts = running(index.passages);
  const passages = starts.at(-1);
  const essayOf = new Uint32Array(passages);
  for (let essay = 0; essay < index.passages.length; essay += 1)
    essayOf.fill(essay, starts[essay], starts[essay + 1]);
  return {
    index,
    passages,
    // The claims by sentence, by what they are about, by their labels and what else they are called.
    records: passages + 3 * index.claims.length,
    starts,
    essayOf,
    authorsOf: index.by.map((by) => (Array.isArray(by) ? by : [by])),
    yearOf: index.dates.map((date) => Math.floor(date / 10000)),
    small: new Set(index.small.split(" ").filter(Boolean)),
    setOf: new Uint32Array(passages), // the passage's set of tags, once its block is there
    sets: [[]],
    blocks: new Map(),
  };
};

let opened = null;

export const open = () => {
  opened ??= loadIndex().then(prepare);
  opened.catch(() => (opened = null));
  return opened;
};

const addBlock = async (collection, block) => {
  const { sets, of } = await load(`tags-${block}`);
  const first = collection.starts[collection.index.blocks[block]];
  const base = collection.sets.length;
  for (const set of sets)
    collection.sets.push(
      set.map(([claim, stance, reviewed]) => ({
        claim,
        stance,
        theme: collection.index.claims[claim][2],
        review: reviewed ? 0 : 1,
      })),
    );
  for (const [at, set] of numbers(of).entries()) collection.setOf[first + at] = base + set;
};

/* Makes sure that the tags of these passages, in rising order, are there. */
export const needTags = (collection, passages) => {
  const { blocks } = collection.index;
  const wanted = new Set();
  let block = 0;
  for (const passage of passages) {
    const essay = collection.essayOf[passage];
    while (block + 1 < blocks.length && blocks[block + 1] <= essay) block += 1;
    wanted.add(block);
  }
  const loads = [...wanted].map((at) => {
    if (!collection.blocks.has(at)) collection.blocks.set(at, addBlock(collection, at));
    collection.blocks.get(at).catch(() => collection.blocks.delete(at));
    return collection.blocks.get(at);
  });
  return Promise.all(loads);
};

/* A passage to be shown: its text, place and tags. */
export const passage = async (collection, record) => {
  const { shown } = collection.index;
  const [file] = await Promise.all([
    load(`text-${Math.floor(record / shown)}`),
    needTags(collection, [record]),
  ]);
  const [essay, id, text, language = ""] = file.passages[record % shown];
  const [name, title, date] = file.essays[essay];
  return {
    record,
    id,
    text,
    language,
    essay: name,
    title,
    date,
    number: record - collection.starts[essay] + 1,
    authors: collection.authorsOf[essay].map((at) => collection.index.authors[at]),
    tags: collection.sets[collection.setOf[record]],
  };
};
