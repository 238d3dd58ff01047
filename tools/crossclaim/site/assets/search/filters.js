/* The facets: every value with how many passages it would leave. */

import { STANCES } from "./collection.js";
import { make, said } from "./elements.js";
import { FACETS, REVIEWS } from "./facets.js";
import { load } from "./store.js";

const TITLES = { author: "Author", claim: "Claim", theme: "Theme", stance: "Stance", essay: "Essay", year: "Year", review: "Review" };
const FOLDED = ["essay", "year", "review"];
const SHOWN = 8; // values that are listed before somebody asks for all
const LISTED = 1000;

const doubled = (values) => values.map((value) => [value, value]);

/* A facet's values by their numbers: [value in the address, name]; years stand for themselves. */
export const named = async ({ index }, facet) =>
  ({
    author: index.authors,
    claim: index.claims,
    theme: doubled(index.themes),
    stance: STANCES.map((stance) => [stance, said(stance)]),
    essay: facet === "essay" ? await load("titles") : [],
    review: doubled(REVIEWS),
  })[facet];

/* Facets' boxes in `place`; `choose(facet, value, on)` is called when one is ticked. */
export const filters = (place, choose) => {
  const boxes = new Map();
  let answer = null;
  let chosen = null;

  const box = (facet) => {
    const summary = make("summary", {}, TITLES[facet], make("span", { class: "cc-facet-chosen" }));
    const list = make("ul");
    const more = make("button", { type: "button", class: "cc-facet-more", hidden: "" });
    const seek = make("input", { type: "search", "aria-label": `Find in ${TITLES[facet]}`, placeholder: "Find …", hidden: "" });
    const details = make("details", { class: "cc-facet", "data-facet": facet, hidden: "" }, summary, seek, list, more);
    details.open = !FOLDED.includes(facet);
    const entry = { details, list, more, seek, all: false };
    more.addEventListener("click", () => {
      entry.all = !entry.all;
      fill(facet);
    });
    seek.addEventListener("input", () => fill(facet));
    details.addEventListener("toggle", () => answer && fill(facet));
    list.addEventListener("change", ({ target }) => choose(facet, target.value, target.checked));
    boxes.set(facet, entry);
    return details;
  };

  const value = (facet, name, key, count) => {
    const on = chosen[facet].includes(key);
    const tick = make("input", { type: "checkbox", name: facet, value: key });
    tick.checked = on;
    const label = make("label", {}, tick, make("span", { class: "cc-facet-name" }, name));
    label.append(" ", make("span", { class: "cc-facet-count" }, String(count)));
    return make("li", { class: on ? "cc-facet-on" : "" }, label);
  };

  /* Chosen values first, so that none is out of sight; then by count. */
  const ordered = (facet, names, counts) => {
    const rows = [...counts].map(([at, count]) => {
      const [key, name] = names?.[at] ?? [String(at), String(at)];
      return { at, count, key, name };
    });
    const known = new Set(rows.map(({ key }) => key));
    for (const key of chosen[facet].filter((each) => !known.has(each))) {
      const name = names?.find(([own]) => own === key)?.[1] ?? key;
      rows.push({ at: -1, count: 0, key, name });
    }
    const on = ({ key }) => chosen[facet].includes(key);
    const byYear = (one, other) => other.at - one.at;
    const byCount = (one, other) => other.count - one.count || one.at - other.at;
    return rows.sort((one, other) => on(other) - on(one) || (facet === "year" ? byYear : byCount)(one, other));
  };

  const fill = async (facet) => {
    const { details, list, more, seek } = boxes.get(facet);
    const entry = boxes.get(facet);
    const counts = answer.counts[facet];
    details.querySelector(".cc-facet-chosen").textContent = chosen[facet].length ? ` (${chosen[facet].length})` : "";
    details.hidden = counts.size < 2 && !chosen[facet].length; // one value chooses nothing
    if (details.hidden || (!details.open && !chosen[facet].length)) return; // names may have to be loaded
    const now = answer;
    const names = await named(answer.collection, facet);
    if (now !== answer) return;
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    const wanted = seek.value.trim().toLocaleLowerCase();
    const rows = ordered(facet, names, counts).filter((row) => row.name.toLocaleLowerCase().includes(wanted));
    const most = entry.all || wanted ? LISTED : Math.max(SHOWN, chosen[facet].length);
    list.replaceChildren(...rows.slice(0, most).map((row) => value(facet, row.name, row.key, row.count)));
    more.hidden = wanted !== "" || rows.length <= Math.max(SHOWN, chosen[facet].length);
    const many = rows.length > LISTED ? `The first ${LISTED} of ${rows.length}` : `All ${rows.length}`;
    more.textContent = entry.all ? "Fewer" : many;
    more.setAttribute("aria-expanded", String(entry.all));
    seek.hidden = !wanted && counts.size <= 20;
    if (focused === null) return;
    const tick = [...list.querySelectorAll("input")].find(({ value }) => value === focused);
    (tick ?? (details.hidden ? place : details).querySelector("summary")).focus();
  };

  place.append(...FACETS.map(box));
  return (newAnswer, newChosen) => {
    [answer, chosen] = [newAnswer, newChosen];
    return Promise.all(FACETS.map(fill));
  };
};
