/* What somebody typed, as words and phrases. */

import { compounds, unspaced, whole } from "./words.js";

export const LONGEST = 500; // characters of a query that are read; an address must hold them
const SHORTENED = /^\p{Lu}{2,6}$/u; // “IT”, unless all is in capitals
const QUOTED = /["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]/gu;

/* A phrase's words in a row; a compound may be written apart or together. */
const phrase = (words) => {
  const parts = words.flat();
  const apart = parts.map((part) => part.form);
  const together = words.map(whole);
  const same = apart.length === together.length;
  return { phrase: true, variants: same ? [apart] : [apart, together], parts, small: false };
};

const word = (parts, small) => ({ phrase: false, parts, small });

/* Runs of letters of an unspaced script are phrases; every other word stands alone. */
const loose = (words, small) => {
  const found = [];
  let run = [];
  const close = () => {
    if (run.length > 1) found.push(phrase(run));
    else if (run.length) found.push(word(run[0], false));
    run = [];
  };
  for (const [at, parts] of words.entries()) {
    const single = parts.length === 1 && unspaced(parts[0].form);
    const follows = run.length && words[at - 1][0].end === parts[0].start;
    if (!single || !follows) close();
    if (single) run.push(parts);
    else found.push(word(parts, !parts[0].shortened && parts.every((part) => small.has(part.form))));
  }
  close();
  return found;
};

/* The terms of a query: { phrase, parts, small }, and `variants` of a phrase; each part knows its
   form and where it was typed. `small` holds the small words. */
export const parse = (typed, small) => {
  const text = typed.slice(0, LONGEST);
  const terms = [];
  const rest = text.replace(QUOTED, (all, inner, at) => {
    const words = compounds(" ".repeat(at + 1) + inner);
    if (words.length) terms.push(phrase(words));
    return " ".repeat(all.length);
  });
  const words = compounds(rest).filter((parts) => whole(parts));
  for (const [part] of words.filter(({ length }) => length === 1))
    part.shortened = SHORTENED.test(text.slice(part.start, part.end)) && text !== text.toUpperCase();
  terms.push(...loose(words, small));
  if (terms.every((term) => term.small)) for (const term of terms) term.small = false;
  return terms;
};
