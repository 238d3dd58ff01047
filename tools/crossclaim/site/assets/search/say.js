/* What is said of an answer, to eyes and ears alike. */

import { plural } from "./elements.js";

const LONGEST = 60; // characters of a query that are repeated
const quoted = (text) => `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;

const QUESTIONS = {
  says: "Who says",
  denies: "Who denies",
  grants: "Who grants",
  reports: "Who reports",
  for: "Arguments for",
  against: "Arguments against",
};

const NOBODY = {
  says: "Nobody here says",
  denies: "Nobody here denies",
  grants: "Nobody here grants",
  reports: "Nobody here reports",
  for: "Nobody here argues for",
  against: "Nobody here argues against",
};

/* Whose passages are, as a count of authors, and of the essays that name none. */
const whose = ({ collection, passages }) => {
  const essays = [...new Set(Array.from(passages, (passage) => collection.essayOf[passage]))];
  const authors = new Set(essays.flatMap((essay) => collection.authorsOf[essay]));
  const nameless = essays.filter((essay) => !collection.authorsOf[essay].length).length;
  const by = authors.size ? [`by ${plural(authors.size, "author")}`] : [];
  return [...by, ...(nameless ? [`in ${plural(nameless, "essay")} without an author`] : [])].join(" and ");
};

/* How the words were understood, where that is otherwise than typed: sentences, or none. */
export const understoodAs = ({ question, nobody, spelled, words, text }) => {
  if (nobody) return `${NOBODY[nobody.kind]} ${quoted(nobody.text)}.`;
  const asked = question ? `${QUESTIONS[question.kind]} ${quoted(text)}.` : "";
  const instead = question ? question.text : words.trim();
  return spelled ? `${asked} Searched for ${quoted(spelled)} instead of ${quoted(instead)}.`.trim() : asked;
};

/* What was found, in one sentence or two. */
export const summary = (answer) => {
  const { passages, claims, near, authors, elsewhere, words } = answer;
  if (passages.length) {
    const found = `${plural(passages.length, "paragraph")} ${whose(answer)}`;
    return claims.length ? `${found}, ${plural(claims.length, "claim")}.` : `${found}.`;
  }
  if (elsewhere) return `No paragraph fits these filters; without them, ${plural(elsewhere, "paragraph")} would.`;
  if (claims.length) return `${plural(claims.length, "claim")}; no paragraph has all of these words.`;
  if (authors.length) return plural(authors.length, "author");
  if (near) return `Nothing has all of these words; this is near in meaning.`;
  return words.trim() ? `Nothing was found for ${quoted(words.trim())}.` : "No paragraph fits these filters.";
};

/* Whether there is nothing to show. */
export const isNothing = ({ passages, claims, near, authors, essays, elsewhere }) =>
  !(passages.length || claims.length || near || authors.length || essays.length || elsewhere);
