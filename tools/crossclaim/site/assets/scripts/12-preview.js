/* A claim that is pointed at shows its sentence, and the other authors’ deciding words. */
const preview = () => {
  const links = all(`.essay .notes > :is(${LABEL}), .essay .argues :is(${LABEL}), article:is(.claim, .author, .compare) a`);
  const shown = new Set(links.filter((link) => claimOf(link) && link.pathname !== location.pathname));
  if (!shown.size) return;

  const spans = new Map(all(".argues [id] > a + span").map((span) => [span.parentElement.id, span]));
  const spanOf = (link) => spans.get(`cc-claim-${claimOf(link)}`);
  [...spans.values()].forEach((span, index) => (span.id = `cc-sentence-${index}`));
  for (const link of shown)
    if (spanOf(link) && link.closest(".notes")) link.setAttribute("aria-describedby", spanOf(link).id);

  /* A file: the sentence, or not; then ["Bingham", "asserts", "essays/….html#id", "words"], … */
  const files = new Map();
  const fileOf = (claim) => {
    if (location.protocol === "file:") return Promise.resolve([]);
    if (!files.has(claim)) {
      const address = new URL(`assets/claims/${encodeURIComponent(claim)}.json`, root);
      files.set(claim, fetch(address).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []));
    }
    return files.get(claim);
  };

  const own = all(".byline a").map((link) => ` ${link.textContent.trim()}`);
  const other = ([name, , place]) =>
    !own.some((author) => author.endsWith(` ${name}`)) && new URL(place, root).pathname !== location.pathname;
  const voice = ([name, stance, , words]) =>
    make("p", {}, make("span", { class: stance }), `${name} ${STANCES[stance]}: “${words}”`);

  const card = make("div", { class: "preview", id: "cc-preview", role: "tooltip", hidden: "" });
  one("main").append(card);
  let link = null;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    card.hidden = true;
    if (link?.getAttribute("aria-describedby") === "cc-preview") link.removeAttribute("aria-describedby");
    link = null;
  };
  const place = () => {
    card.style.left = card.style.top = "0";
    const zero = boxOf(card);
    const box = boxOf(link);
    const foot = Math.max(...[link, ...namesOf(link)].map((part) => boxOf(part).bottom)); // the names stay in reach
    const left = Math.max(8, Math.min(box.left, html.clientWidth - zero.width - 8));
    const above = foot + zero.height + 8 > innerHeight && box.top - zero.height - 6 > topEdge();
    card.style.left = `${left - zero.left}px`;
    card.style.top = `${(above ? box.top - zero.height - 6 : foot + 6) - zero.top}px`;
  };
  const fill = (sentence, voices) => {
    const known = link.closest(".argues") || sentence === link.textContent.trim();
    card.replaceChildren(...(sentence && !known ? [make("p", {}, sentence)] : []), ...voices.map(voice));
    card.hidden = !card.childElementCount;
    if (card.hidden) return;
    if (!link.hasAttribute("aria-describedby")) link.setAttribute("aria-describedby", "cc-preview");
    place();
  };
  const show = async (target) => {
    if (link === target) return clearTimeout(timer);
    hide();
    link = target;
    const sentence = spanOf(target)?.textContent.trim();
    if (sentence) fill(sentence, []);
    const entries = await fileOf(claimOf(target));
    if (link !== target || !Array.isArray(entries)) return;
    const voices = entries.filter((entry) => Array.isArray(entry) && entry[3] && other(entry));
    fill(sentence ?? entries.find((entry) => typeof entry === "string"), voices.slice(0, 3));
  };
  const later = (wait, action) => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };

  const linkOf = ({ target }) => {
    const a = target.closest?.("a");
    return shown.has(a) && a;
  };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const target = linkOf(event);
    if (target) later(350, () => show(target));
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (link !== document.activeElement) later(300, hide);
  });
  document.addEventListener("focusin", (event) => {
    const target = linkOf(event);
    if (target && target.matches(":focus-visible")) show(target);
    else hide();
  });
  document.addEventListener("click", (event) => card.contains(event.target) || hide());
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || card.hidden) return;
    event.preventDefault(); // this key has done its work
    hide();
  });
};
