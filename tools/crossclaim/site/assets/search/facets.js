/* Which passages the chosen values leave, and how many every value would. */

import { needTags, STANCES } from "./collection.js";

export const REVIEWS = ["reviewed", "suggested"];
const OF_ESSAYS = ["author", "essay", "year"];
const OF_TAGS = ["claim", "theme", "stance", "review"];
export const FACETS = ["author", "claim", "theme", "stance", "essay", "year", "review"];

/* Chosen values as numbers: facet to set; values that the collection does not know match nothing. */
const numbers = (collection, chosen, essays) => {
  const { authors, themes, claims } = collection.index;
  const known = {
    author: (value) => authors.findIndex(([id]) => id === value),
    essay: (value) => essays.findIndex(([id]) => id === value),
    year: Number,
    claim: (value) => claims.findIndex(([id]) => id === value),
    theme: (value) => themes.indexOf(value),
    stance: (value) => STANCES.indexOf(value),
    review: (value) => REVIEWS.indexOf(value),
  };
  const wanted = {};
  for (const facet of FACETS)
    if (chosen[facet]?.length) wanted[facet] = new Set(chosen[facet].map(known[facet]));
  return wanted;
};

/* A tag fits if one and the same tag has all that is wanted; `but` is a facet left aside.
   Suggestions are nobody's claims: they fit only where they are asked for. */
const fits = (tag, wanted, but) =>
  OF_TAGS.every((facet) => {
    if (facet === but) return true;
    if (wanted[facet]) return wanted[facet].has(tag[facet]);
    return facet !== "review" || tag.review === 0;
  });

/* Whether a tag has all that was chosen. */
export const tagFilter = (collection, chosen) => {
  const wanted = numbers(collection, chosen, []);
  return (tag) => fits(tag, wanted);
};

/* What a set of tags says to the choice: whether it fits, and the values it would add. */
const judge = (set, wanted) => {
  const asked = OF_TAGS.some((facet) => wanted[facet]);
  const values = OF_TAGS.map((facet) => {
    const own = set.filter((tag) => fits(tag, wanted, facet));
    return [...new Set(own.map((tag) => tag[facet]))];
  });
  return { fits: !asked || set.some((tag) => fits(tag, wanted)), values, times: 0 };
};

const essayFails = (collection, wanted) => {
  const { authorsOf, yearOf } = collection;
  return Array.from(authorsOf, (authors, essay) => [
    Boolean(wanted.author) && !authors.some((author) => wanted.author.has(author)),
    Boolean(wanted.essay) && !wanted.essay.has(essay),
    Boolean(wanted.year) && !wanted.year.has(yearOf[essay]),
  ]);
};

/* The passages whose essays fit the choice of authors, essays and years. */
export const ofEssays = (collection, passages, chosen, essays) => {
  const fails = essayFails(collection, numbers(collection, chosen, essays)).map((each) => each.some(Boolean));
  return passages.filter((at) => !fails[collection.essayOf[at]]);
};

/* The passages (in rising order) that fit the choice, and for every facet the count of each value
   among those that fit the choice in all other facets. `essays` are titles, where one is chosen. */
export const narrow = async (collection, passages, chosen, essays = []) => {
  const wanted = numbers(collection, chosen, essays);
  const fails = essayFails(collection, wanted);
  const misses = fails.map((each) => each.filter(Boolean).length);
  const asked = OF_TAGS.some((facet) => wanted[facet]);
  const { essayOf, setOf, sets } = collection;
  const near = passages.filter((p) => misses[essayOf[p]] <= (asked ? 1 : 0));
  await needTags(collection, near);

  const verdicts = []; // by the number of the set
  const verdict = (passage) => (verdicts[setOf[passage]] ??= judge(sets[setOf[passage]], wanted));
  const kept = new Uint32Array(passages.length);
  let many = 0;
  const perEssay = OF_ESSAYS.map(() => new Uint32Array(collection.index.passages.length));
  for (let index = 0; index < passages.length; index += 1) {
    const passage = passages[index];
    const essay = essayOf[passage];
    if (misses[essay] > 1) continue;
    if (misses[essay] === 0) verdict(passage).times += 1;
    if (asked && !verdict(passage).fits) continue;
    if (misses[essay] === 0) kept[many++] = passage;
    for (let at = 0; at < OF_ESSAYS.length; at += 1)
      if (misses[essay] === (fails[essay][at] ? 1 : 0)) perEssay[at][essay] += 1;
  }
  return { kept: kept.subarray(0, many), counts: tally(collection, perEssay, verdicts) };
};

const tally = (collection, perEssay, verdicts) => {
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  const add = (facet, value, times) => counts[facet].set(value, (counts[facet].get(value) ?? 0) + times);
  for (let essay = 0; essay < collection.authorsOf.length; essay += 1) {
    const [byAuthor, byEssay, byYear] = perEssay.map((of) => of[essay]);
    if (byAuthor) for (const author of collection.authorsOf[essay]) add("author", author, byAuthor);
    if (byEssay) add("essay", essay, byEssay);
    if (byYear && collection.yearOf[essay]) add("year", collection.yearOf[essay], byYear);
  }
  for (const { values, times } of verdicts.filter(Boolean))
    if (times)
      for (const [at, facet] of OF_TAGS.entries())
        for (const value of values[at]) add(facet, value, times);
  return counts;
};
