/* What was found, as elements: claims, passages, and passages side by side by author. */

import { passage, STANCES } from "./collection.js";
import { make, marked, page, plural, stance } from "./elements.js";
import { tagFilter } from "./facets.js";

const LONG = 700; // characters of a passage in a list, and in a column
const SHORT = 260;
const SIDE_BY_SIDE = 4; // so many authors always have a column each

const claimLink = (answer, claim, kind = "cc-hit-claim") => {
  const [id, name, , sentence = null] = answer.collection.index.claims[claim];
  const attributes = { class: kind, href: page(`claims/${id}.html`), title: sentence };
  return make("a", attributes, ...marked(name, answer));
};

/* A claim that was found, and a way to keep only its passages. */
export const claimItem = (answer, claim, only) => {
  const count = answer.counts.claim.get(claim) ?? 0;
  const item = make("li", { class: "cc-hit cc-hit-is-claim" });
  const link = claimLink(answer, claim, "cc-hit-link");
  item.append(make("span", { class: "cc-hit-kind" }, "Claim"), " ", link);
  if (only && count) {
    const many = plural(count, "paragraph");
    const button = make("button", { type: "button", class: "cc-hit-only" }, `Only its ${many}`);
    button.addEventListener("click", () => only(answer.collection.index.claims[claim][0]));
    item.append(" ", button);
  }
  return item;
};

const names = (found) => found.authors.map(([, name]) => name).join(" and ");

const placeLink = (found, text) =>
  make("a", { class: "cc-hit-link", href: `${page(`essays/${found.essay}.html`)}#${encodeURIComponent(found.id)}` }, ...text);

const textOf = (answer, found, most) =>
  make("p", { class: "cc-hit-text", lang: found.language || null, dir: "auto" }, ...marked(found.text, answer, most));

const tagList = (answer, found) => {
  if (!found.tags.length) return null;
  const items = found.tags.map((tag) => {
    const item = make("li", {}, stance(STANCES[tag.stance], tag.review === 0), " ");
    item.append(claimLink(answer, tag.claim));
    return item;
  });
  return make("ul", { class: "cc-hit-tags" }, ...items);
};

/* One passage: whose it is and where, its words, what it claims. */
const passageItem = (answer, found, most = LONG) => {
  const where = [make("b", {}, names(found)), " · ", found.title, ` ¶ ${found.number}`];
  const place = make("p", { class: "cc-hit-place" }, placeLink(found, where));
  if (found.date) place.append(" ", make("span", { class: "cc-hit-date" }, found.date));
  return make("li", { class: "cc-hit" }, place, textOf(answer, found, most), tagList(answer, found));
};

export const passageItems = async (answer, records, most) => {
  const found = await Promise.all(records.map((record) => passage(answer.collection, record)));
  return found.map((each) => passageItem(answer, each, most));
};

const cell = (answer, { found, tag }) => {
  const place = make("p", { class: "cc-hit-place" });
  if (tag) place.append(stance(STANCES[tag.stance], tag.review === 0), " ");
  place.append(placeLink(found, [`${found.title} ¶ ${found.number}`]));
  return make("li", { class: "cc-hit" }, place, textOf(answer, found, SHORT));
};

/* One claim's passages, a column for each author. */
const row = (answer, title, byAuthor, everyone) => {
  const few = everyone.length <= SIDE_BY_SIDE;
  const shown = few ? everyone : everyone.filter((name) => byAuthor.has(name));
  const columns = shown.map((name) => {
    const cells = (byAuthor.get(name) ?? []).map((each) => cell(answer, each));
    const list = cells.length ? make("ul", {}, ...cells) : make("p", { class: "cc-hit-none" }, "nothing here");
    return make("section", {}, make("h3", {}, name), list);
  });
  const grid = make("div", { class: "cc-by-author" }, ...columns);
  grid.style.setProperty("--columns", Math.min(shown.length, SIDE_BY_SIDE));
  return make("section", { class: "cc-by-claim" }, make("h2", {}, title), grid);
};

/* The passages grouped by claim, the claims with most authors first, and beside it by author. */
export const byAuthor = async (answer, records, chosen) => {
  const found = await Promise.all(records.map((record) => passage(answer.collection, record)));
  const everyone = [...new Set(found.flatMap((each) => each.authors.map(([, name]) => name)))];
  const rows = new Map();
  const put = (key, name, entry) => {
    if (!rows.has(key)) rows.set(key, new Map());
    if (!rows.get(key).has(name)) rows.get(key).set(name, []);
    rows.get(key).get(name).push(entry);
  };
  const fits = tagFilter(answer.collection, chosen);
  for (const each of found) {
    const tags = each.tags.filter(fits);
    for (const [, name] of each.authors) {
      for (const tag of tags) put(tag.claim, name, { found: each, tag });
      if (!tags.length) put(-1, name, { found: each, tag: null });
    }
  }
  const size = (of) => [...of.values()].reduce((sum, list) => sum + list.length, 0);
  const ordered = [...rows].sort(
    ([one, a], [other, b]) => (one < 0) - (other < 0) || b.size - a.size || size(b) - size(a) || one - other,
  );
  return ordered.map(([claim, columns]) => {
    const title = claim < 0 ? "No claim" : claimLink(answer, claim);
    return row(answer, title, columns, everyone);
  });
};
