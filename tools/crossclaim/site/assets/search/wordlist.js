/* The words of the index: where each stands, what it is akin to, what is spelled like it. */

import { load, numbers } from "./store.js";

const MOST_BEGINNINGS = 60; // words that a beginning stands for
const MOST_STRETCHES = 4; // files in which they are looked for
export const PARTS = 16; // places that a word takes up, as in language/words.py
const LATER_PARTS = 1 << 16; // as in site/search/inverted_index.py
const decoded = new Map();

/* The number of the last stretch that begins at or before a word. */
export const stretchOf = (starts, word) => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= word) low = middle;
    else high = middle - 1;
  }
  return low;
};

/* A file of words is a list of pieces: [forms, stems]. A frequent form is in several, each with
   some of its records. */
const stretch = (index, at) => load(`words-${index.files[at]}`);

const own = (words, form) => (Object.hasOwn(words, form) ? [words[form]] : []);

/* The records of a posting list. A weight that is a digit begins the records of another slot; the
   steps from record to record begin anew with it. */
const recordsOf = ({ firsts }, [slots, steps, weights]) => {
  const toSlots = numbers(slots);
  let slot = 0;
  let opened = 0;
  let record = 0;
  return numbers(steps).map((step, at) => {
    if (weights[at] <= "9") record = firsts[(slot += toSlots[opened++])];
    return (record += step);
  });
};

/* A form's pieces as one entry. */
const decode = (index, form, pieces) => {
  if (!decoded.has(form)) {
    const records = new Uint32Array(pieces.reduce((many, [, , { length }]) => many + length, 0));
    let many = 0;
    for (const piece of pieces) {
      records.set(recordsOf(index, piece), many);
      many += piece[2].length;
    }
    const [[, , , stems = [], joined = []]] = pieces;
    decoded.set(form, { form, records, weights: pieces.map(([, , weights]) => weights).join(""), stems, joined });
  }
  return decoded.get(form);
};

/* A word's entry: { form, records, weights, stems, joined }, or null. */
export const lookUp = async (index, form) => {
  if (!index.starts.length) return null;
  const pieces = (await stretch(index, stretchOf(index.starts, form))).flatMap(([forms]) => own(forms, form));
  return pieces.length ? decode(index, form, pieces) : null;
};

/* The forms that have a stem. */
const family = async (index, stem) =>
  (await stretch(index, stretchOf(index.starts, stem))).flatMap(([, stems]) => own(stems, stem)).flat();

/* The other forms of a word. */
export const kinOf = async (index, { form, stems }) => {
  const families = await Promise.all(stems.map((stem) => family(index, stem)));
  return [...new Set(families.flat())].filter((other) => other !== form);
};

const SHORTEST_STEM = 3;

/* The forms that an unknown word is another ending of: it is a stem and an ending that other words
   have. The longest stem tells best. */
export const otherEndings = async (index, form) => {
  if (!index.starts.length) return [];
  const fits = index.endings.split(" ").filter((ending) => ending && form.endsWith(ending));
  const stems = ["", ...fits].map((ending) => form.slice(0, form.length - ending.length));
  stems.sort((one, other) => other.length - one.length);
  for (const stem of stems) {
    if (stem.length < SHORTEST_STEM) continue;
    const found = await family(index, stem);
    if (found.length) return found;
    const itself = stem !== form && (await lookUp(index, stem));
    if (itself) return [stem, ...(await kinOf(index, itself))];
  }
  return [];
};

/* The commonest words that begin so; those of some stretches at most. */
export const beginningWith = async (index, beginning) => {
  if (!index.starts.length || !beginning) return [];
  const first = stretchOf(index.starts, beginning);
  const wanted = [first];
  while (wanted.length < MOST_STRETCHES && index.starts[wanted.at(-1) + 1]?.startsWith(beginning))
    wanted.push(wanted.at(-1) + 1);
  const begun = new Map();
  for (const [forms] of (await Promise.all(wanted.map((at) => stretch(index, at)))).flat())
    for (const [form, piece] of Object.entries(forms))
      if (form.startsWith(beginning)) begun.set(form, [...(begun.get(form) ?? []), piece]);
  return [...begun]
    .map(([form, pieces]) => decode(index, form, pieces))
    .sort((one, other) => other.records.length - one.records.length)
    .slice(0, MOST_BEGINNINGS);
};

/* Where a word stands: for each of its records the list of its places. */
export const placesOf = async (index, { form, records }) => {
  const pieces = await load(`places-${index.files[stretchOf(index.starts, form)]}`);
  const found = new Map();
  for (const [positions, frequencies] of pieces.flatMap((forms) => own(forms, form))) {
    const places = numbers(positions).map((own) => (own < LATER_PARTS ? own * PARTS : own - LATER_PARTS));
    const many = frequencies ? numbers(frequencies) : places.map(() => 1);
    let first = 0;
    for (const each of many) found.set(records[found.size], [...places.subarray(first, (first += each))]);
  }
  return found;
};
