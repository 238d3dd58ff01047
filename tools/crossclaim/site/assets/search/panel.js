/* The field in the header: the first few results below it, as one types. */

import { make, page, plural, style, walk } from "./elements.js";
import { search } from "./engine.js";
import { LONGEST } from "./query.js";
import { claimItem, passageItems } from "./results.js";

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

  const summary = (answer) => {
    const count = answer.passages.length;
    const spelled = answer.spelled ? ` Did you mean “${answer.spelled}”?` : "";
    if (!count && !answer.claims.length) return `Nothing was found.${spelled}${answer.near.length ? " The nearest claims:" : ""}`;
    const found = plural(count, "paragraph");
    return answer.partial ? `No paragraph has all of this; ${found} come closest.${spelled}` : `${found}.`;
  };

  const show = async () => {
    const words = field.value.slice(0, LONGEST);
    if (!words.trim()) return hide();
    const own = (turn += 1);
    const query = new URLSearchParams({ q: words });
    try {
      const answer = await search({ words });
      const claims = [...answer.claims, ...answer.near].slice(0, CLAIMS).map((at) => claimItem(answer, at));
      const passages = await passageItems(answer, [...answer.passages.slice(0, PASSAGES)], SHORT);
      if (own !== turn) return;
      said.textContent = summary(answer);
      list.replaceChildren(...claims, ...passages);
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
