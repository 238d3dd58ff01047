/* crossclaim: the way into the search. Nothing of it is loaded before somebody types. */
(() => {
  "use strict";

  const root = new URL("../", document.currentScript.src);
  const place = document.querySelector(".cc-search-page");
  const header = document.querySelector(".cc-find");
  const form = place?.querySelector("form") ?? header;
  if (!form) return;
  const field = form.elements.namedItem("q");
  const onPage = form !== header;
  const onDisk = location.protocol === "file:";

  const link = (path, text) => {
    const element = document.createElement("a");
    element.href = new URL(path, root).href;
    element.textContent = text;
    return element;
  };

  /* A browser forbids a page on a disk to read the files of the index. */
  const apologise = () => {
    let said = form.parentElement.querySelector(".cc-search-said");
    if (!said) {
      said = document.createElement("p");
      said.className = "cc-search-said cc-panel";
      said.setAttribute("role", "status");
      form.append(said);
    }
    said.replaceChildren(
      "A page that is opened from a disk cannot search; ",
      link("claims/index.html", "the claim index"),
      " lists every claim with its paragraphs.",
    );
  };

  let started = null;
  const begin = () => {
    if (onDisk) return apologise();
    const module = new URL(`assets/search/${onPage ? "page" : "panel"}.js`, root);
    started ??= import(module).then(({ start }) => start(onPage ? place : form));
    started.catch((error) => {
      started = null;
      console.warn(error);
    });
    return started;
  };

  if (onPage) {
    for (const hidden of place.querySelectorAll("[hidden]")) hidden.hidden = false;
    place.querySelector(".cc-browse")?.addEventListener("click", begin);
    if (onDisk || location.search) begin();
    else field.focus({ preventScroll: true });
  }
  field.addEventListener("input", () => started ?? begin());
  form.addEventListener("submit", (event) => {
    if (onDisk) return; // the form leads to the claim index, as it does without a script
    event.preventDefault();
    if (onPage) begin();
    else {
      const target = new URL("search.html", root);
      if (field.value.trim()) target.searchParams.set("q", field.value.trim().slice(0, 500));
      location.assign(target);
    }
  });

  addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === "k";
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], dialog");
    if (!asked && (key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    if (field.checkVisibility?.() ?? field.offsetParent) {
      field.focus();
      field.select();
    } else if (!onDisk) location.assign(new URL("search.html", root));
  });
})();
