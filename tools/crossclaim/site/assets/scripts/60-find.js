/* The way into the search, from every page. Nothing of it is loaded before somebody types. */

const find = () => {
  const place = one(".cc-search-page");
  const form = place ? one("form", place) : one(".cc-find");
  if (!form) return;
  const field = form.elements.namedItem("q");
  const onDisk = location.protocol === "file:";
  const addressOf = (path) => new URL(path, root);

  /* A browser forbids a page on a disk to read the files of the index. */
  const apologise = () => {
    const said = one(".cc-search-said", form.parentElement) ?? make("p", { class: "cc-search-said cc-panel", role: "status" });
    if (!said.isConnected) form.append(said);
    said.replaceChildren(
      "A browser lets no page on a disk read the index: to search, run “python -m http.server” in this folder and open http://localhost:8000. ",
      make("a", { href: addressOf("claims/index.html").href }, "The claim index"),
      " lists every claim with its paragraphs.",
    );
  };

  let started = null;
  const begin = (browsing = false) => {
    if (onDisk) return apologise();
    const module = addressOf(`assets/search/${place ? "page" : "panel"}.js`);
    started ??= import(module).then(({ start: run }) => run(place ?? form, browsing));
    started.catch((error) => {
      started = null;
      console.warn(error);
    });
    return started;
  };

  if (place) {
    const help = one(".cc-search-help", place);
    help.hidden = location.search !== "";
    const suggestions = one(".cc-search-try", help);
    if (suggestions) suggestions.hidden = onDisk; // they need the search
    if (suggestions) one("button", suggestions).addEventListener("click", () => begin(true));
    if (onDisk || location.search) begin();
    else field.focus({ preventScroll: true });
  }
  field.addEventListener("input", () => started ?? begin());
  form.addEventListener("submit", (event) => {
    if (onDisk) return; // the form leads to the claim index, as it does without a script
    event.preventDefault();
    if (place) return begin();
    const target = addressOf("search.html");
    if (field.value.trim()) target.searchParams.set("q", field.value.trim().slice(0, 500));
    location.assign(target);
  });

  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (field.checkVisibility?.() ?? field.offsetParent) {
      field.focus();
      field.select();
    } else if (!onDisk) location.assign(addressOf("search.html"));
  });
};
