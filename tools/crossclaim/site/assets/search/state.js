/* What is looked for, as an address: it can be shared, and the back button undoes a step. */

import { FACETS } from "./facets.js";
import { LONGEST } from "./query.js";

const SORTS = ["relevance", "essay", "date"];
const TYPED = "typed"; // words are neither mended nor a question
const VIEWS = ["passages", "authors"];

/* An address's query as { words, chosen, sort, view, literal }. */
export const readState = (text) => {
  const query = new URLSearchParams(text);
  const chosen = Object.fromEntries(FACETS.map((facet) => [facet, [...new Set(query.getAll(facet))]]));
  const one = (key, known) => (known.includes(query.get(key)) ? query.get(key) : known[0]);
  return {
    words: (query.get("q") ?? "").slice(0, LONGEST),
    chosen,
    sort: one("sort", SORTS),
    view: one("view", VIEWS),
    literal: query.get("as") === TYPED,
  };
};

export const writeState = ({ words, chosen, sort, view, literal }) => {
  const query = new URLSearchParams();
  if (words) query.set("q", words);
  for (const facet of FACETS) for (const value of chosen[facet]) query.append(facet, value);
  if (sort !== SORTS[0]) query.set("sort", sort);
  if (view !== VIEWS[0]) query.set("view", view);
  if (literal) query.set("as", TYPED);
  const text = query.toString();
  return text && `?${text}`;
};

export const isEmpty = ({ words, chosen }) =>
  !words.trim() && FACETS.every((facet) => !chosen[facet].length);
