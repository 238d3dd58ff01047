/* Making elements. Text is always set as text: nothing anybody typed or wrote becomes markup. */

import { compounds, whole } from "./words.js";

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

/* The stretches of a text that answer a query: [start, end], in order and apart. */
const hits = (text, { forms, phrases }) => {
  const words = compounds(text);
  const parts = words.flat();
  const wholes = words.map((of) => ({ form: whole(of), start: of[0].start, end: of.at(-1).end }));
  const pairs = wholes.slice(1).map((next, at) => ({ ...next, form: wholes[at].form + next.form, start: wholes[at].start }));
  const found = [...parts, ...wholes, ...pairs].filter(({ form }) => forms.has(form)).map(({ start, end }) => [start, end]);
  found.push(...rowsIn(parts, phrases), ...rowsIn(wholes, phrases));
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

/* A text with what answers the query marked; of a long one, at most so many characters. */
export const marked = (text, answer, most = Infinity) => {
  const found = hits(text, answer);
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
