/* The argument map: a claim that is pointed at or has the focus lights its lines and the claims at
   their other ends; arrow keys lead from claim to claim, so that the map is one stop for Tab. */
const argumentMap = () => {
  const columns = one(".map-columns");
  if (!columns) return;
  const lines = all("path[data-ends]", columns).map((line) => ({ line, ends: line.dataset.ends.split(" ") }));
  const stacks = all("ul", columns).map((list) => [...list.children]);
  const boxes = new Map(stacks.flat().map((box) => [/\/claims\/([^/]+)\.html$/.exec(one("a", box).href)[1], box]));
  const names = new Map([...boxes].map(([name, box]) => [box, name]));
  let lit = null;

  const light = (box) => {
    if (box === lit) return;
    lit = box;
    const own = lines.filter(({ ends }) => ends.includes(names.get(box)));
    const near = new Set(own.flatMap(({ ends }) => ends).map((name) => boxes.get(name)));
    columns.classList.toggle("lit", Boolean(box));
    for (const { line, ends } of lines) line.classList.toggle("own", ends.includes(names.get(box)));
    for (const each of boxes.values()) {
      each.classList.toggle("own", each === box);
      each.classList.toggle("near", each !== box && near.has(each));
    }
    columns.querySelector("svg").append(...own.map(({ line }) => line)); // above the others
  };

  /* Only the links of one box, the one last in focus, are stops for Tab. */
  const settle = (box) => {
    for (const each of boxes.values()) for (const link of all("a", each)) link.tabIndex = each === box ? 0 : -1;
  };

  const beside = (box, key) => {
    const column = stacks.findIndex((stack) => stack.includes(box));
    const row = stacks[column].indexOf(box);
    if (key === "ArrowUp") return stacks[column][row - 1];
    if (key === "ArrowDown") return stacks[column][row + 1];
    const stack = stacks[column + { ArrowLeft: -1, ArrowRight: 1 }[key]];
    return stack && stack[Math.min(row, stack.length - 1)];
  };

  const focused = () => document.activeElement.closest(".map-columns li");

  columns.addEventListener("pointerover", ({ target }) => light(target.closest("li") ?? focused()));
  columns.addEventListener("pointerleave", () => light(focused()));
  columns.addEventListener("focusin", ({ target }) => {
    settle(target.closest("li"));
    light(target.closest("li"));
  });
  columns.addEventListener("focusout", ({ relatedTarget }) => {
    if (!columns.contains(relatedTarget)) light(null);
  });
  columns.addEventListener("keydown", (event) => {
    if (!event.key.startsWith("Arrow") || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = beside(event.target.closest("li"), event.key);
    event.preventDefault();
    if (next) one("a", next).focus();
  });
  if (stacks[0]) settle(stacks[0][0]);
};
