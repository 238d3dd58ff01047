/* What was found, as elements: authors, essays, claims, passages, and passages side by side. */

import { nameOf, passage, STANCES } from "./collection.js";
import { fragment, make, marked, page, plural, stance } from "./elements.js";
import { tagFilter } from "./facets.js";
import { load } from "./store.js";
import { compounds } from "./words.js";

const LONG = 700; // characters of a passage in a list, and in a column
const SHORT = 260;
const SIDE_BY_SIDE = 4; // columns
const NAMED = 4; // authors without a column who are named at once
const MANY = 300; // claims whose sentences are only loaded when one is pointed at
const LITTLE = 3; // essays by the authors who were found
const LED = 2; // words that are told to have led to others

/* What a row is; on the search's page a heading says it. */
const kind = (text) => make("span", { class: "cc-hit-kind" }, text);

/* A person who was found, with a way to keep only what he or she wrote. */
export const authorItem = ({ collection, counts }, author, only) => {
  const [id, name] = collection.index.authors[author];
  const link = make("a", { class: "cc-hit-link", href: page(`authors/${id}.html`) }, name);
  const item = make("li", { class: "cc-hit cc-hit-is-author" }, kind("Author"), " ", link);
  const count = counts.author.get(author) ?? 0;
  if (only && count) item.append(" ", onlyButton(count, () => only(id)));
  return item;
};

const onlyButton = (count, choose) => {
  const button = make("button", { type: "button", class: "cc-hit-only" }, `Only the ${plural(count, "paragraph")}`);
  button.addEventListener("click", choose);
  return button;
};

/* What the authors who were found wrote, if it is little. */
const writtenBy = ({ collection, authors }) => {
  const own = [...collection.authorsOf.keys()].filter((essay) => collection.authorsOf[essay].some((by) => authors.includes(by)));
  return own.length <= LITTLE ? own : [];
};

/* Essays by those who were found, and by their titles, those whose titles the query nearly is. */
export const essayItems = async (answer) => {
  const { collection, question, words, text } = answer;
  const written = writtenBy(answer);
  const essays = [...new Set([...written, ...answer.essays])];
  const named = await Promise.all(essays.map(async (essay) => ({ essay, named: await nameOf(collection, essay) })));
  const asked = compounds(question ? words : text).length;
  const fitting = named.filter(({ essay, named: [, title] }) => written.includes(essay) || 2 * asked >= compounds(title).length);
  return fitting.map(({ essay, named: [id, title] }) => {
    const names = collection.authorsOf[essay].map((author) => collection.index.authors[author][1]).join(" and ");
    const link = make("a", { class: "cc-hit-link", href: page(`essays/${id}.html`) }, ...marked(title, answer));
    return make("li", { class: "cc-hit cc-hit-is-essay" }, kind("Essay"), " ", link, names && ` · ${names}`);
  });
};

const claimLink = (answer, claim, css = "cc-hit-claim", near = false) => {
  const [id, name] = answer.collection.index.claims[claim];
  const link = make("a", { class: css, href: page(`claims/${id}.html`) }, ...marked(name, answer, { near }));
  const describe = async () => (link.title = (await load("sentences"))[claim]);
  if (answer.collection.index.claims.length <= MANY) describe();
  else for (const event of ["pointerenter", "focus"]) link.addEventListener(event, describe, { once: true });
  return link;
};

/* Which words led to others: “over-engineering → gold-plating”. */
const ledLine = (pairs) => {
  if (!pairs.length) return null;
  const words = pairs.slice(0, LED).map(([from, to]) => `${from} → ${to}`);
  return make("span", { class: "cc-hit-led" }, words.join(", "));
};

/* A claim that was found, and a way to keep only its passages; `near` says that it was by meaning. */
export const claimItem = (answer, claim, only, near = false) => {
  const item = make("li", { class: "cc-hit cc-hit-is-claim" }, kind("Claim"), " ", claimLink(answer, claim, "cc-hit-link", near));
  const led = near ? ledLine(answer.ledToClaim[claim]) : null;
  if (led) item.append(" ", led);
  const count = answer.counts.claim.get(claim) ?? 0;
  if (only && count) item.append(" ", onlyButton(count, () => only(answer.collection.index.claims[claim][0])));
  return item;
};

/* A link that opens the essay at the passage, and there at its deciding words. */
const placeLink = (found, text) => {
  const place = `${page(`essays/${found.essay}.html`)}#${encodeURIComponent(found.id)}`;
  return make("a", { class: "cc-hit-link", href: place + fragment(found) }, ...text);
};

const textOf = (answer, found, how) =>
  make("p", { class: "cc-hit-text", lang: found.language || null, dir: "auto" }, ...marked(found.text, answer, how));

/* A passage's tags, those first that the query is about. */
const tagList = (answer, found) => {
  if (!found.tags.length) return null;
  const worth = ({ claim }) => answer.worth[claim] ?? 0;
  const items = found.tags.toSorted((one, other) => worth(other) - worth(one)).map((tag) => {
    const item = make("li", {}, stance(STANCES[tag.stance], tag.review === 0), " ");
    item.append(claimLink(answer, tag.claim));
    return item;
  });
  return make("ul", { class: "cc-hit-tags" }, ...items);
};

/* The words of a passage to which others led, with those; the nearest first. */
const ledIn = ({ led }, { text }) => {
  const met = new Map();
  for (const { form } of compounds(text).flat())
    if (led.has(form)) met.set(`${led.get(form).from} ${led.get(form).word}`, { ...led.get(form), form });
  return [...met.values()].sort((one, other) => other.cosine - one.cosine).map(({ from, form }) => [from, form]);
};

/* What names no author is called by its title. */
const inQuotes = (title) => `“${title.replaceAll("“", "‘").replaceAll("”", "’")}”`;

/* One passage: whose it is and where, its words, what it claims. */
const passageItem = (answer, found, { most = LONG, near = false }) => {
  const names = found.authors.map(([, name]) => name).join(" and ");
  const where = [make("b", {}, names || inQuotes(found.title)), names && ` · ${found.title}`, ` ¶ ${found.number}`];
  const place = make("p", { class: "cc-hit-place" }, placeLink(found, where));
  if (found.date) place.append(" ", make("span", { class: "cc-hit-date" }, found.date));
  const led = near ? ledLine(ledIn(answer, found)) : null;
  if (led) place.append(" ", led);
  return make("li", { class: "cc-hit" }, place, textOf(answer, found, { most, near }), tagList(answer, found));
};

export const passageItems = async (answer, records, how = {}) => {
  const found = await Promise.all(records.map((record) => passage(answer.collection, record)));
  return found.map((each) => passageItem(answer, each, how));
};

const cell = (answer, { found, tag }) => {
  const place = make("p", { class: "cc-hit-place" });
  if (tag) place.append(stance(STANCES[tag.stance], tag.review === 0), " ");
  place.append(placeLink(found, [`${found.title} ¶ ${found.number}`]));
  return make("li", { class: "cc-hit" }, place, textOf(answer, found, { most: SHORT }));
};

/* Those who have nothing here, named or folded. */
const silent = (others) => {
  if (!others.length) return null;
  const text = others.join(", ");
  if (others.length <= NAMED) return make("p", { class: "cc-hit-none" }, `Nothing here: ${text}`);
  return make("details", { class: "cc-hit-none" }, make("summary", {}, `Nothing here: ${others.length} authors`), text);
};

/* One claim's passages, a column for each author who has any, and for each essay that names none. */
const row = (answer, title, byAuthor, everyone, titles) => {
  const shown = [...everyone, ...titles.keys()].filter((name) => byAuthor.has(name));
  const columns = shown.map((name) => {
    const list = make("ul", {}, ...byAuthor.get(name).map((each) => cell(answer, each)));
    return make("section", {}, make("h4", {}, titles.get(name) ?? name), list);
  });
  const grid = make("div", { class: "cc-by-author" }, ...columns);
  grid.style.setProperty("--columns", Math.min(shown.length, SIDE_BY_SIDE));
  const others = silent(everyone.filter((name) => !byAuthor.has(name)));
  return make("section", { class: "cc-by-claim" }, make("h3", {}, title), grid, others);
};

/* The passages grouped by claim, the claims with most authors first, and beside it by author. */
export const byAuthor = async (answer, records, chosen) => {
  const found = await Promise.all(records.map((record) => passage(answer.collection, record)));
  const everyone = [...new Set(found.flatMap((each) => each.authors.map(([, name]) => name)))];
  // What stands for the writers of an essay that names none is nobody's name, and nobody is counted.
  const own = (each) => `essays/${each.essay}`;
  const titles = new Map(found.filter((each) => !each.authors.length).map((each) => [own(each), inQuotes(each.title)]));
  const rows = new Map();
  const put = (key, name, entry) => {
    if (!rows.has(key)) rows.set(key, new Map());
    if (!rows.get(key).has(name)) rows.get(key).set(name, []);
    rows.get(key).get(name).push(entry);
  };
  const fits = tagFilter(answer.collection, chosen);
  for (const each of found) {
    const tags = each.tags.filter(fits);
    for (const name of each.authors.length ? each.authors.map(([, name]) => name) : [own(each)]) {
      for (const tag of tags) put(tag.claim, name, { found: each, tag });
      if (!tags.length) put(-1, name, { found: each, tag: null });
    }
  }
  const size = (of) => [...of.values()].reduce((sum, list) => sum + list.length, 0);
  const people = (of) => everyone.filter((name) => of.has(name)).length;
  const worth = (claim) => answer.worth[claim] ?? 0;
  const ordered = [...rows].sort(
    ([one, a], [other, b]) =>
      (one < 0) - (other < 0) || people(b) - people(a) || worth(other) - worth(one) || size(b) - size(a) || one - other,
  );
  return ordered.map(([claim, columns]) => {
    const title = claim < 0 ? "No claim" : claimLink(answer, claim);
    return row(answer, title, columns, everyone, titles);
  });
};
