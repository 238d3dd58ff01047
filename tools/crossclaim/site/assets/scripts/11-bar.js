/* The bar follows the reading; one stop for the keyboard, arrow keys go through its cells. */
const bar = () => {
  const nav = one("nav.bar");
  const stops = passages.filter(({ cell }) => cell);
  const cells = stops.map(({ cell }) => cell);
  if (!cells.length) return;

  const stopAt = (stop) => cells.forEach((cell) => (cell.tabIndex = cell === stop ? 0 : -1));

  /* The first paragraph with a line below the bar; or, at the page’s end, the one led to. */
  const mark = () => {
    const line = boxOf(nav).bottom + 24;
    const ended = scrollY + innerHeight > html.scrollHeight - 2;
    const aimed = ended && stops.find(({ p }) => p === byHash(location.hash) && boxOf(p).top > line - 24);
    const current = (aimed || stops.find(({ p }) => boxOf(p).bottom > line))?.cell;
    for (const cell of cells) cell.ariaCurrent = cell === current ? "location" : null;
    if (current && !nav.contains(document.activeElement)) stopAt(current);
  };
  /* What a cell’s paragraph does, from its notes, when somebody asks. */
  const tell = ({ target }) => {
    const passage = stops.find(({ cell }) => cell === target);
    if (!passage || target.title) return;
    const tags = [...passage.labels.values()].map((label) => `${STANCES[stanceOf(label)]} ${label.textContent.trim()}`);
    target.title = `¶${passage.number}` + (tags.length ? `: ${tags.join("; ")}` : "");
  };

  nav.addEventListener("pointerover", tell);
  nav.addEventListener("focusin", (event) => {
    tell(event);
    if (cells.includes(event.target)) stopAt(event.target);
  });
  nav.addEventListener("keydown", (event) => {
    const here = cells.indexOf(event.target);
    const next = cells[{ ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: cells.length - 1 }[event.key]];
    if (here < 0 || !next || held(event)) return;
    event.preventDefault();
    next.focus();
  });
  addEventListener("scroll", mark, { passive: true });
  addEventListener("resize", mark);
  stopAt(cells[0]);
  mark();
};
