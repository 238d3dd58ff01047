/* Making elements. Text is always set as text: nothing anybody typed or wrote becomes markup. */

import { compounds, SIGN, whole } from "./words.js";

export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
};

export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const root = new URL("../../", import.meta.url);
export const page = (path) => new URL(path, root).href;

/* Where rows of forms stand among words that follow one another: [start, end]. */
const rowsIn = (words, rows) =>
  words.flatMap((_, at) =>
    rows
      .filter((row) => row.every((form, next) => words[at + next]?.form === form))
      .map((row) => [words[at].start, words[at + row.length - 1].end]),
  );

const capital = (text, word) => /\p{Lu}/u.test(text[word.start]);

/* Where an abbreviation stands, or the names whose initials it has, with small words between. */
const abbreviated = (text, words, letters) => {
  const names = words.filter((word) => capital(text, word));
  const written = words.filter(({ form, end, start }) => form === letters && text.slice(start, end) === text.slice(start, end).toUpperCase());
  const rows = names.flatMap((_, at) => {
    const row = names.slice(at, at + letters.length);
    return row.map(({ form }) => form[0]).join("") === letters ? [[row[0].start, row.at(-1).end]] : [];
  });
  return [...written.map(({ start, end }) => [start, end]), ...rows];
};

/* The stretches of a text that answer a query: [start, end], in order and apart. */
const hits = (text, { forms, phrases, led }, near) => {
  const words = compounds(text);
  const parts = words.flat();
  const wholes = words.map((of) => ({ form: whole(of), start: of[0].start, end: of.at(-1).end }));
  const pairs = wholes.slice(1).map((next, at) => ({ ...next, form: wholes[at].form + next.form, start: wholes[at].start }));
  const found = [...parts, ...wholes, ...pairs].filter(({ form }) => forms.has(form) || (near && led.has(form))).map(({ start, end }) => [start, end]);
  found.push(...rowsIn(parts, phrases), ...rowsIn(wholes, phrases));
  for (const form of forms) if (form.startsWith(SIGN)) found.push(...abbreviated(text, parts, form.slice(1)));
  found.sort(([one, last], [other, next]) => one - other || next - last);
  const apart = [];
  for (const [start, end] of found) if (start >= (apart.at(-1)?.[1] ?? 0)) apart.push([start, end]);
  return apart;
};

const LEAD = 90; // characters kept before the first word that was found

const EDGE = 30; // characters within which a piece is cut between words, where there are any

/* Where a piece of a long text begins and ends so that what was found shows. */
const piece = (text, first, most) => {
  if (text.length <= most) return [0, text.length];
  let start = Math.max(0, Math.min(first - LEAD, text.length - most));
  const after = text.indexOf(" ", start) + 1;
  if (start > 0 && after > 0 && after - start < EDGE) start = after;
  let end = Math.min(text.length, start + most);
  const before = text.lastIndexOf(" ", end);
  if (end < text.length && end - before < EDGE) end = before;
  return [start, end];
};

/* A text with what answers the query marked, and words near it if `near`; of a long one, at most so
   many characters. */
export const marked = (text, answer, { most = Infinity, near = false } = {}) => {
  const found = hits(text, answer, near);
  const [start, end] = piece(text, found[0]?.[0] ?? 0, most);
  const nodes = start > 0 ? ["… "] : [];
  let at = start;
  for (const [from, to] of found) {
    if (from < start || to > end) continue;
    nodes.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
    at = to;
  }
  nodes.push(text.slice(at, end));
  if (end < text.length) nodes.push(" …");
  return nodes.filter(Boolean);
};

const ENDS = 4; // words by which the beginning and the end of a stretch are told

/* The part of an address that opens a page at a passage's deciding words (a text fragment, which
   browsers that know none leave aside); "" where none are marked. */
export const fragment = ({ text, deciding }) => {
  if (!deciding.length) return "";
  const [start, end] = deciding[0];
  const words = [...text].slice(start, end).join("").split(/\s+/u);
  const parts = words.length <= 2 * ENDS ? [words] : [words.slice(0, ENDS), words.slice(-ENDS)];
  const written = parts.map((part) => encodeURIComponent(part.join(" ")).replaceAll("-", "%2D"));
  return `:~:text=${written.join(",")}`;
};

/* What a reader sees for a stance. */
export const said = (name) => (name === "concedes" ? "grants" : name);

/* A stance's word beside the sign that it has on every page. */
export const stance = (name, reviewed = true) => {
  const sign = make("span", { class: `sign ${name}`, "aria-hidden": "true" });
  const kind = `cc-hit-stance ${name}${reviewed ? "" : " cc-hit-suggested"}`;
  return make("span", { class: kind }, sign, reviewed ? said(name) : `${said(name)}? (suggested)`);
};

/* The search's own styles, once. */
let styled = null;
export const style = () => {
  styled ??= new Promise((resolve) => {
    const link = make("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve); // unstyled results are better than none
    document.head.append(link);
  });
  return styled;
};

/* ↓ and ↑ walk from the field through the results and back; Escape goes back at once. */
export const walk = (field, within, links) => {
  within.addEventListener("keydown", (event) => {
    const list = links();
    const at = list.indexOf(document.activeElement);
    const typing = document.activeElement === field;
    if (event.altKey || event.ctrlKey || event.metaKey || (at < 0 && !typing)) return;
    if (event.key === "ArrowDown" && list[at + 1]) list[at + 1].focus();
    else if (event.key === "ArrowUp" && at > 0) list[at - 1].focus();
    else if ((event.key === "ArrowUp" || event.key === "Escape") && at >= 0) field.focus();
    else return;
    event.preventDefault();
  });
};
