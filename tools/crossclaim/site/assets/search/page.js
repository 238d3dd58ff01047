/* The search's own page: words and filters in, results and an address out. */

import { make, page as address, style, walk } from "./elements.js";
import { search } from "./engine.js";
import { FACETS } from "./facets.js";
import { filters } from "./filters.js";
import { LONGEST } from "./query.js";
import { authorItem, byAuthor, claimItem, essayItems, passageItems } from "./results.js";
import { isNothing, summary, understoodAs } from "./say.js";
import { isEmpty, readState, writeState } from "./state.js";

const STEP = 10; // passages that are shown at once; by author, so many times as many
const COLUMNS = 6;
const CLAIMS = 3; // claims that are shown before somebody asks for all
const NEAR = 5; // passages near in meaning
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

/* A part of what was found, with a heading: { section, list }. */
const group = (title, list) => {
  const heading = make("h2", { id: `cc-found-${title.split(" ")[0].toLowerCase()}` }, title);
  const section = make("section", { class: "cc-group", "aria-labelledby": heading.id, hidden: "" }, heading, list);
  return { section, list, fill: (items) => {
    list.replaceChildren(...items);
    section.hidden = !items.length;
  } };
};

const hits = (name = "ul", css = "") => make(name, { class: `cc-hits ${css}`.trim() });

export const start = async (place, browsing = false) => {
  await style();
  const form = place.querySelector("form");
  const field = form.elements.namedItem("q");
  const said = place.querySelector(".cc-search-said");
  const body = place.querySelector(".cc-search-body");
  const help = place.querySelector(".cc-search-help");

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
  const people = group("Authors and essays", hits());
  const claims = group("Claims", hits("ul", "cc-claim-hits"));
  const moreClaims = make("button", { type: "button", class: "cc-more-claims", hidden: "" });
  claims.section.append(moreClaims);
  moreClaims.addEventListener("click", async () => {
    if (busy()) return;
    allClaims = true;
    await show((turn += 1));
    claims.list.querySelectorAll(".cc-hit-link")[CLAIMS]?.focus();
  });
  const passages = group("Paragraphs", make("div", { class: "cc-found-passages" }));
  const more = make("button", { type: "button", class: "cc-more", hidden: "" });
  const busy = () => body.getAttribute("aria-busy") === "true";
  more.addEventListener("click", async () => {
    if (busy()) return;
    const before = passages.list.querySelectorAll(".cc-hits > .cc-hit").length;
    shown += STEP;
    history.replaceState({ ...history.state, shown }, "");
    await show((turn += 1));
    const next = passages.list.querySelectorAll(".cc-hits > .cc-hit")[before];
    if (before && next) next.querySelector("a").focus();
    else if (more.hidden) passages.list.querySelector("a")?.focus();
  });
  const tools = make("div", { class: "cc-found-tools" }, view.set, sort.set);
  passages.list.before(tools);
  passages.section.append(more);
  const near = group("Near in meaning", make("div"));
  const browsed = help.contains(document.activeElement);
  body.replaceChildren(
    fold,
    make("div", { class: "cc-found-all" }, people.section, claims.section, passages.section, near.section),
  );
  if (browsed) fold.querySelector("summary").focus();
  walk(field, place, () => [...body.querySelectorAll(".cc-hit-link")]);

  /* How the words were understood, and the way to have them as they are typed. */
  const understood = (answer) => {
    const text = understoodAs(answer);
    if (!text) return [];
    if (answer.nobody) return [text, " "];
    const target = `${location.pathname}${writeState({ ...state, literal: true })}`;
    const undo = make("a", { href: target }, "Search for the words as typed");
    undo.addEventListener("click", (event) => {
      event.preventDefault();
      change({ literal: true });
      field.focus();
    });
    return [text, " ", undo, ". "];
  };

  let answer = null;

  const nearItems = async () => {
    if (!answer.near) return [];
    const own = answer.near.claims.map((at) => claimItem(answer, at, null, true));
    const others = await passageItems(answer, [...answer.near.passages.slice(0, NEAR)], { near: true });
    const [claimList, list] = [hits("ul", "cc-claim-hits"), hits("ol")];
    claimList.append(...own);
    list.append(...others);
    // Passages of a claim that was found come before other claims.
    const lists = answer.claims.length ? [list, claimList] : [claimList, list];
    return lists.filter((each) => each.children.length);
  };

  const show = async (own) => {
    const only = async (facet, value) => {
      field.focus();
      await change({ chosen: { ...state.chosen, [facet]: [value] } });
    };
    const chosen = FACETS.reduce((sum, facet) => sum + state.chosen[facet].length, 0);
    const unless = (facet) => (state.chosen[facet].length ? null : (value) => only(facet, value));
    const columns = state.view === "authors";
    const records = isEmpty(state) ? [] : [...answer.passages.slice(0, columns ? shown * COLUMNS : shown)];
    const made = columns ? await byAuthor(answer, records, state.chosen) : await passageItems(answer, records);
    const essays = chosen ? [] : await essayItems(answer);
    const others = await nearItems();
    if (own !== turn) return;
    people.fill([...answer.authors.map((at) => authorItem(answer, at, unless("author"))), ...essays]);
    const ownClaims = allClaims ? answer.claims : answer.claims.slice(0, CLAIMS);
    claims.fill(ownClaims.map((at) => claimItem(answer, at, unless("claim"))));
    moreClaims.hidden = ownClaims.length === answer.claims.length;
    moreClaims.textContent = `All ${answer.claims.length} claims`;
    const list = hits("ol");
    list.append(...made);
    passages.fill(columns || !made.length ? made : [list]);
    const left = isEmpty(state) ? 0 : answer.passages.length - records.length;
    more.hidden = left <= 0;
    more.textContent = `More of the remaining ${left}`;
    near.fill(others);
    help.hidden = !isEmpty(state) && !isNothing(answer);
    fold.hidden = isEmpty(state) ? !browsing : isNothing(answer) && !chosen;
    await showFilters(answer, state.chosen);
    fold.querySelector("summary").textContent = chosen ? `Filters (${chosen})` : "Filters";
    clear.hidden = !chosen;
  };

  const run = async () => {
    const own = (turn += 1);
    const { shown: before = STEP, all = false, top = null } = history.state ?? {};
    [shown, allClaims] = [before, all];
    sort.show(state.sort);
    view.show(state.view);
    body.setAttribute("aria-busy", "true");
    try {
      const found = await search(state);
      if (own !== turn) return;
      answer = found;
      await show(own);
      if (own !== turn) return;
      said.replaceChildren(...(isEmpty(state) ? ["Type words, or choose a filter."] : [...understood(answer), summary(answer)]));
      body.removeAttribute("aria-busy");
      if (top !== null) scrollTo({ top, behavior: "instant" });
    } catch (error) {
      if (own !== turn) return;
      body.removeAttribute("aria-busy");
      const index = make("a", { href: address("claims/index.html") }, "The claim index");
      console.warn(error);
      said.replaceChildren("The search could not be loaded; try again. ", index, " lists every claim with its paragraphs.");
    }
  };

  /* Whoever comes back finds the page where it was left. */
  const remember = () => history.replaceState({ shown, all: allClaims, top: scrollY }, "");

  /* A change of words while somebody types replaces the address; all else is a step to go back. */
  const change = (changes, typing = false) => {
    const now = Date.now();
    const same = typing && now - lastChange < SETTLED;
    lastChange = typing ? now : 0;
    state = { ...state, ...(changes.words === undefined ? {} : { literal: false }), ...changes };
    state.words = state.words.slice(0, LONGEST);
    const target = location.pathname + writeState(state);
    if (target !== location.pathname + location.search) {
      if (same) history.replaceState(null, "", target);
      else {
        remember();
        history.pushState(null, "", target);
      }
    }
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
  addEventListener("pagehide", remember);
  history.scrollRestoration = "manual";

  if (field.value && field.value !== state.words) return change({ words: field.value }, true);
  field.value = state.words;
  return run();
};
