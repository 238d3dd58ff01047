/* Words that nobody writes, mended: the nearest word of the collection. */

import { nearTo } from "./meaning.js";
import { load } from "./store.js";
import { fold } from "./words.js";

const SHORTEST = 4; // letters of a word that is mended at all
const LONG = 8; // letters from which two edits are allowed, otherwise one

/* Edits that lead from one word to another: letters changed, added, dropped or swapped; at most
   `most`, otherwise more than that (Damerau and Levenshtein, the restricted form). */
const edits = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[other.length];
};

/* The word nearest to another as it is mostly written, the commoner of two; null if none is near. */
const nearest = async (word) => {
  if (word.length < SHORTEST) return null;
  const [list, counts] = await load("spelling");
  const most = word.length < LONG ? 1 : 2;
  let best = null;
  for (const [at, written] of list.split(" ").entries()) {
    if (Math.abs(written.length - word.length) > most + 2) continue;
    const far = edits(word, fold(written), Math.min(most, best?.far ?? most));
    if (far > most) continue;
    const better = !best || far < best.far || (far === best.far && counts[at] > best.count);
    if (better) best = { written, far, count: counts[at] };
  }
  return best?.written ?? null;
};

/* The query with the words mended that neither the collection nor the vocabulary knows; "" if none
   is. Words in quotation marks stay as they are. */
export const mended = async (index, typed, terms) => {
  const unknown = terms.flatMap(({ phrase, parts }) => (phrase ? [] : parts.filter(({ known }) => !known)));
  let text = typed;
  for (const { form, start, end } of unknown.sort((one, other) => other.start - one.start)) {
    const better = (await nearTo(index, form)) ? null : await nearest(form);
    if (better) text = text.slice(0, start) + better + text.slice(end);
  }
  return text === typed ? "" : text;
};
