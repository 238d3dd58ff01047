/* The field in the header: the first few results below it, as one types. */

import { make, page, style, walk } from "./elements.js";
import { search } from "./engine.js";
import { LONGEST } from "./query.js";
import { authorItem, claimItem, passageItems } from "./results.js";
import { summary, understoodAs } from "./say.js";

const CLAIMS = 2;
const PASSAGES = 4;
const SHORT = 160; // characters of a passage

export const start = async (form) => {
  await style();
  const field = form.elements.namedItem("q");
  const said = make("p", { class: "cc-search-said", role: "status" });
  const list = make("ul", { class: "cc-hits" });
  const all = make("a", { class: "cc-hit-link cc-panel-all" });
  const panel = make("div", { class: "cc-panel", hidden: "" }, said, list, all);
  form.append(panel);
  let turn = 0;

  const hide = () => {
    turn += 1;
    panel.hidden = true;
  };

  const show = async () => {
    const words = field.value.slice(0, LONGEST);
    if (!words.trim()) return hide();
    const own = (turn += 1);
    const query = new URLSearchParams({ q: words });
    try {
      const answer = await search({ words });
      const near = answer.near ?? { claims: [], passages: [] };
      const authors = answer.authors.map((at) => authorItem(answer, at));
      const claims = answer.claims.slice(0, CLAIMS).map((at) => claimItem(answer, at));
      const others = near.claims.slice(0, CLAIMS - claims.length).map((at) => claimItem(answer, at, null, true));
      const exact = await passageItems(answer, [...answer.passages.slice(0, PASSAGES)], { most: SHORT });
      const close = await passageItems(answer, [...near.passages.slice(0, PASSAGES - exact.length)], { most: SHORT, near: true });
      if (own !== turn) return;
      said.textContent = `${understoodAs(answer)} ${summary(answer)}`.trim();
      list.replaceChildren(...authors, ...claims, ...exact, ...others, ...close);
      list.hidden = !list.children.length;
      all.href = `${page("search.html")}?${query}`;
      all.textContent = "All results, with filters";
    } catch (error) {
      if (own !== turn) return;
      console.warn(error);
      said.textContent = "The search could not be loaded; try again, or go to the claim index.";
      list.replaceChildren();
      all.href = page("claims/index.html");
      all.textContent = "The claim index";
    }
    panel.hidden = false;
  };

  field.addEventListener("input", show);
  field.addEventListener("focus", () => field.value.trim() && panel.hidden && show());
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !form.contains(relatedTarget) && hide());
  document.addEventListener("pointerdown", ({ target }) => !form.contains(target) && hide());
  /* Escape closes the panel and keeps the words; pressed again, the browser empties the field. */
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.activeElement !== field || panel.hidden) return;
    event.preventDefault();
    hide();
  });
  panel.addEventListener("click", ({ target }) => target.closest("a") && hide());
  walk(field, form, () => (panel.hidden ? [] : [...panel.querySelectorAll(".cc-hit-link")]));
  return show();
};
