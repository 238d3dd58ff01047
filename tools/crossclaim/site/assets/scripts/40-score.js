/* The score: one stop for the Tab key, arrows from mark to mark, a line that tells what is pointed
   at, and its order. */

const makersOf = (row) => parseInt(row.lastElementChild.textContent, 10);
const passagesOf = (row) => +(row.dataset.passages ?? all("td a", row).length);

/* The orders by the names they have in the address: what a reader calls them, and the keys by
   which rows are sorted, the smallest first. */
const scoreOrders = new Map([
  ["", ["by theme", null]],
  ["shared", ["most shared", (row) => [-makersOf(row), -passagesOf(row)]]],
  ["first", ["first appearance", (row) => [+row.dataset.first]]],
  ["passages", ["most paragraphs", (row) => [-passagesOf(row)]]],
  ["few", ["fewest authors", (row) => [makersOf(row), passagesOf(row)]]],
]);

/* The order of two lists of numbers, by the first that differ. */
const compareKeys = (one, other) => one.map((key, n) => key - other[n]).find(Boolean) ?? 0;

/* The item whose middle is nearest to x. */
const nearest = (items, middleOf, x) =>
  items.reduce((best, item) => (Math.abs(middleOf(item) - x) < Math.abs(middleOf(best) - x) ? item : best));

const middle = (element) => {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
};

/* The links of a table that can be seen, by row. */
const linkRows = (table) =>
  all("tr", table)
    .map((row) => all("a", row).filter((link) => link.getClientRects().length))
    .filter((links) => links.length);

/* Where an arrow key leads from a link, with x the column to keep to; itself at an edge. */
const stepFrom = (rows, link, key, x) => {
  const r = rows.findIndex((links) => links.includes(link));
  if (r < 0) return link;
  const n = rows[r].indexOf(link);
  const last = rows[r].length - 1;
  const along = { ArrowLeft: Math.max(n - 1, 0), ArrowRight: Math.min(n + 1, last), Home: 0, End: last };
  if (Object.hasOwn(along, key)) return rows[r][along[key]];
  const other = rows[r + { ArrowUp: -1, ArrowDown: 1 }[key]];
  return other ? nearest(other, middle, x) : link;
};

/* All links of a table are one stop for the Tab key, the arrow keys go on from there. */
const oneStop = (table) => {
  let stop = null;
  let column = 0;
  const settle = (link) => {
    stop?.setAttribute("tabindex", "-1");
    stop = link ?? null;
    stop?.setAttribute("tabindex", "0");
  };
  for (const link of all("a", table)) link.tabIndex = -1;
  table.addEventListener("focusin", ({ target }) => target.matches("a") && settle(target));
  table.addEventListener("keydown", (event) => {
    if (held(event) || !event.target.matches("a")) return;
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const level = !["ArrowUp", "ArrowDown"].includes(event.key);
    if (level || !column) column = middle(event.target);
    const next = stepFrom(linkRows(table), event.target, event.key, column);
    next.focus();
    if (level) column = middle(next);
  });
  table.addEventListener("pointerdown", () => (column = 0));
  /* Again after rows or columns were hidden. */
  return () => {
    if (!stop?.getClientRects().length) settle(all("td a", table).find((link) => link.getClientRects().length));
  };
};

/* What is pointed at or has the focus: its words below the score, its row and column shaded. */
const tellOf = (link) => link.ariaLabel || [link.textContent, link.title].filter(Boolean).join(": ");

const pointing = (frame) => {
  const line = make("p", { class: "tell", "aria-hidden": "true" });
  const band = make("i", { class: "band", "aria-hidden": "true", hidden: "" });
  const head = one("thead", frame);
  frame.append(band);
  frame.after(line);
  let row = null;
  const show = (link) => {
    row?.classList.remove("on");
    row = link?.closest("tbody tr") ?? null;
    row?.classList.add("on");
    line.textContent = link ? tellOf(link) : "";
    band.hidden = !link?.closest("td");
    if (band.hidden) return;
    const mark = link.getBoundingClientRect();
    band.style.left = `${mark.left - frame.getBoundingClientRect().left + frame.scrollLeft}px`;
    band.style.width = `${mark.width}px`;
    band.style.top = `${head.offsetHeight}px`;
    band.style.height = `${head.parentElement.offsetHeight - head.offsetHeight}px`;
  };
  const focused = () => (frame.contains(document.activeElement) ? document.activeElement.closest("table a") : null);
  frame.addEventListener("pointerover", ({ target }) => show(target.closest("table a") ?? focused()));
  frame.addEventListener("pointerleave", () => show(focused()));
  frame.addEventListener("focusin", () => show(focused()));
  frame.addEventListener("focusout", () => show(null));
};

/* Puts rows in order: each back under its theme, or, sorted by keys, all in a body of their own. */
const arrangeRows = (table, places, sorted, keysOf) => {
  sorted.remove();
  if (keysOf) {
    const keys = new Map(places.map(({ row }) => [row, keysOf(row)]));
    sorted.replaceChildren(...[...keys.keys()].sort((a, b) => compareKeys(keys.get(a), keys.get(b))));
    table.append(sorted);
  } else for (const { row, body } of places) body.append(row);
  for (const body of table.tBodies) {
    const rows = all("tr", body).filter((row) => row.cells.length > 1);
    body.hidden = !rows.some((row) => !row.hidden);
  }
};

const choice = (name, label, options) =>
  make("label", {}, label, make("select", { name }, ...options.map(([value, text]) => make("option", { value }, text))));

/* A frame that scrolls can be reached and scrolled by the keyboard. */
const scrolling = (frame) =>
  new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
  }).observe(one("table", frame));

const oneScore = (score) => {
  const frame = one(".frame", score);
  const table = one("table", frame);
  const places = [...table.tBodies].flatMap((body) =>
    all("tr", body).filter((row) => row.cells.length > 1).map((row) => ({ row, body })),
  );
  const sorted = make("tbody");
  const full = score.classList.contains("full");
  const orders = [...scoreOrders].filter(([name]) => full || !["few", "passages"].includes(name));
  const order = choice("order", "Order", orders.map(([name, [text]]) => [name, text]));
  const select = one("select", order);
  one(".key", score).append(order);
  const settle = oneStop(table);
  const filter = full ? filterControls(score, places.map(({ row }) => row), () => show()) : null;

  const show = () => {
    const asked = state("order");
    select.value = orders.some(([name]) => name === asked) ? asked : "";
    const rank = filter?.();
    const by = scoreOrders.get(select.value)[1];
    arrangeRows(table, places, sorted, by ?? (rank && ((row) => [rank(row)])));
    settle();
  };
  select.addEventListener("change", () => {
    remember({ order: select.value }, true);
    show();
  });
  addEventListener("popstate", show);
  pointing(frame);
  scrolling(frame);
  show();
};

const scores = () => all(".score").forEach(oneScore);
