/* The search's own page: words and filters in, results and an address out. */

import { make, page as address, plural, style, walk } from "./elements.js";
import { search } from "./engine.js";
import { FACETS } from "./facets.js";
import { filters } from "./filters.js";
import { LONGEST } from "./query.js";
import { byAuthor, claimItem, passageItems } from "./results.js";
import { isEmpty, readState, writeState } from "./state.js";

const STEP = 10; // passages that are shown at once; by author, so many times as many
const COLUMNS = 6;
const CLAIMS = 3; // claims that are shown before somebody asks for all
const SETTLED = 1000; // milliseconds without a change, after which typing is a step of its own
const SORT_NAMES = { relevance: "Best first", essay: "By essay", date: "Newest first" };
const VIEW_NAMES = { passages: "Paragraphs", authors: "By author" };

/* One of a few: radio buttons in a row. */
const choice = (legend, name, names, change) => {
  const labels = Object.entries(names).map(([value, text]) => {
    const tick = make("input", { type: "radio", name, value });
    return make("label", {}, tick, make("span", {}, text));
  });
  const title = make("span", { class: "cc-choice-of", "aria-hidden": "true" }, legend);
  const set = make("div", { class: "cc-choice", role: "radiogroup", "aria-label": legend }, title, ...labels);
  set.addEventListener("change", (event) => change(event.target.value));
  return { set, show: (value) => set.querySelectorAll("input").forEach((tick) => (tick.checked = tick.value === value)) };
};

export const start = async (place) => {
  await style();
  const form = place.querySelector("form");
  const field = form.elements.namedItem("q");
  const said = place.querySelector(".cc-search-said");
  const body = place.querySelector(".cc-search-body");

  let state = readState(location.search);
  let turn = 0;
  let shown = STEP;
  let allClaims = false;
  let lastChange = 0;

  /* — the parts of the page — */
  const fold = make("details", { class: "cc-filters" }, make("summary", {}, "Filters"));
  const clear = make("button", { type: "button", class: "cc-clear", hidden: "" }, "Clear all filters");
  fold.append(clear);
  fold.open = matchMedia("(min-width: 60em)").matches;
  const showFilters = filters(fold, (facet, value, on) => {
    const kept = state.chosen[facet].filter((each) => each !== value);
    change({ chosen: { ...state.chosen, [facet]: on ? [...kept, value] : kept } });
  });
  clear.addEventListener("click", async () => {
    fold.querySelector("summary").focus();
    await change({ chosen: Object.fromEntries(FACETS.map((f) => [f, []])) });
  });
  const sort = choice("Order", "sort", SORT_NAMES, (value) => change({ sort: value }));
  const view = choice("View", "view", VIEW_NAMES, (value) => change({ view: value }));
  const claims = make("ul", { class: "cc-hits cc-claim-hits", "aria-label": "Claims" });
  const moreClaims = make("button", { type: "button", class: "cc-more-claims", hidden: "" });
  moreClaims.addEventListener("click", async () => {
    if (busy()) return;
    allClaims = true;
    await show((turn += 1));
    claims.querySelectorAll(".cc-hit-link")[CLAIMS]?.focus();
  });
  const list = make("div", { class: "cc-found-passages" });
  const more = make("button", { type: "button", class: "cc-more", hidden: "" });
  const busy = () => body.getAttribute("aria-busy") === "true";
  more.addEventListener("click", async () => {
    if (busy()) return;
    const before = list.querySelectorAll(".cc-hits > .cc-hit").length;
    shown += STEP;
    history.replaceState({ shown }, "");
    await show((turn += 1));
    const next = list.querySelectorAll(".cc-hits > .cc-hit")[before];
    if (before && next) next.querySelector("a").focus();
    else if (more.hidden) list.querySelector("a")?.focus();
  });
  const tools = make("div", { class: "cc-found-tools", hidden: "" }, view.set, sort.set);
  const browsed = body.contains(document.activeElement);
  body.replaceChildren(fold, make("div", { class: "cc-found-all" }, claims, moreClaims, tools, list, more));
  if (browsed) fold.querySelector("summary").focus();
  walk(field, place, () => [...place.querySelectorAll(".cc-search-body .cc-hit-link")]);

  /* — what is said of a result, to eyes and ears alike — */
  const link = (text, target) => make("a", { href: target }, text);
  const here = (words) => `${location.pathname}${writeState({ ...state, words })}`;

  const corrected = (answer) => {
    if (!answer.spelled) return [];
    const mended = link(answer.spelled, here(answer.spelled));
    mended.addEventListener("click", (event) => {
      event.preventDefault();
      field.value = answer.spelled;
      change({ words: answer.spelled });
      field.focus();
    });
    return [" Did you mean ", mended, "?"];
  };

  const summary = (answer) => {
    const count = answer.passages.length;
    if (isEmpty(state)) return ["Type words, or choose a filter."];
    if (count && !answer.partial) {
      const authors = plural(answer.authors, "author");
      const found = [`${plural(count, "paragraph")} by ${authors}`];
      if (answer.claims.length) found.push(`, ${plural(answer.claims.length, "claim")}`);
      return [...found, "."];
    }
    if (count) {
      const closest = count === 1 ? "this one comes" : `these ${count} come`;
      const none = answer.elsewhere ? "With these filters no paragraph" : "No paragraph";
      return [`${none} has all of this; ${closest} closest.`, ...corrected(answer)];
    }
    if (answer.elsewhere)
      return [`No paragraph fits these filters; without them, ${plural(answer.elsewhere, "paragraph")} would.`];
    if (answer.claims.length) return [`No paragraph, but ${plural(answer.claims.length, "claim")}.`, ...corrected(answer)];
    const typed = state.words.trim();
    const short = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
    const nothing = short ? `Nothing was found for “${short}”.` : "No paragraph fits these filters.";
    return [nothing, ...corrected(answer), ...(answer.near.length ? [" The nearest claims:"] : [])];
  };

  /* How many authors the passages have; their counts ignore a choice of authors, so they are met. */
  const authorsOf = ({ collection, passages }) => {
    const met = new Uint8Array(collection.authorsOf.length);
    for (let at = 0; at < passages.length; at += 1) met[collection.essayOf[passages[at]]] = 1;
    return new Set(collection.authorsOf.filter((_, essay) => met[essay]).flat()).size;
  };

  let answer = null;

  const show = async (own) => {
    const only = async (claim) => {
      field.focus();
      await change({ chosen: { ...state.chosen, claim: [claim] } });
    };
    const chosenClaims = state.chosen.claim.length > 0;
    const ownClaims = allClaims ? answer.claims : answer.claims.slice(0, CLAIMS);
    const found = [...ownClaims, ...answer.near].map((at) => claimItem(answer, at, chosenClaims ? null : only));
    const columns = state.view === "authors";
    const most = columns ? shown * COLUMNS : shown;
    const records = isEmpty(state) ? [] : [...answer.passages.slice(0, most)];
    const made = columns ? await byAuthor(answer, records, state.chosen) : await passageItems(answer, records);
    if (own !== turn) return;
    claims.replaceChildren(...found);
    claims.hidden = !found.length;
    moreClaims.hidden = ownClaims.length === answer.claims.length;
    moreClaims.textContent = `All ${answer.claims.length} claims`;
    list.replaceChildren(...(columns || !made.length ? made : [make("ol", { class: "cc-hits", "aria-label": "Paragraphs" }, ...made)]));
    const left = isEmpty(state) ? 0 : answer.passages.length - records.length;
    more.hidden = left <= 0;
    more.textContent = `More of the remaining ${left}`;
    tools.hidden = !records.length;
    await showFilters(answer, state.chosen);
    const chosen = FACETS.reduce((sum, facet) => sum + state.chosen[facet].length, 0);
    fold.querySelector("summary").textContent = chosen ? `Filters (${chosen})` : "Filters";
    clear.hidden = !chosen;
  };

  const run = async () => {
    const own = (turn += 1);
    shown = history.state?.shown ?? STEP;
    allClaims = false;
    sort.show(state.sort);
    view.show(state.view);
    body.setAttribute("aria-busy", "true");
    try {
      const found = await search(state);
      if (own !== turn) return;
      answer = { ...found, authors: authorsOf(found) };
      await show(own);
      if (own !== turn) return;
      said.replaceChildren(...summary(answer));
      body.removeAttribute("aria-busy");
    } catch (error) {
      if (own !== turn) return;
      body.removeAttribute("aria-busy");
      const index = link("The claim index", address("claims/index.html"));
      console.warn(error);
      said.replaceChildren("The search could not be loaded; try again. ", index, " lists every claim with its paragraphs.");
    }
  };

  /* A change of words while somebody types replaces the address; all else is a step to go back. */
  const change = (changes, typing = false) => {
    const now = Date.now();
    const same = typing && now - lastChange < SETTLED;
    lastChange = typing ? now : 0;
    state = { ...state, ...changes };
    state.words = state.words.slice(0, LONGEST);
    const target = location.pathname + writeState(state);
    if (target !== location.pathname + location.search)
      history[same ? "replaceState" : "pushState"](null, "", target);
    return run();
  };

  field.addEventListener("input", () => change({ words: field.value }, true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lastChange = 0;
    if (field.value.slice(0, LONGEST) !== state.words) change({ words: field.value });
  });
  addEventListener("popstate", () => {
    state = readState(location.search);
    field.value = state.words;
    lastChange = 0;
    run();
  });

  if (field.value && field.value !== state.words) return change({ words: field.value }, true);
  field.value = state.words;
  return run();
};
