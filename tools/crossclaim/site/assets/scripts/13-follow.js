/* A claim that is followed: its paragraphs are lit, and a bar at the foot leads through them and on to
   the next author. The address says which claim. */
const follow = () => {
  if (!passages.length) return;
  let followed = "";
  let lit = [];
  let here = 0;

  const where = make("span", { class: "where" });
  const name = make("span");
  const next = make("a", { class: "next" });
  const page = make("a", {}, "claim page");
  const wrong = make("a", {}, "A tag seems wrong?");
  const walk = [
    press("←", () => go(here - 1), { "aria-label": "Previous paragraph" }),
    press("→", () => go(here + 1), { "aria-label": "Next paragraph" }),
  ];
  const shut = press("×", () => close(), { "aria-label": "Close" });
  shut.prepend(make("kbd", {}, "Esc"), " ");
  const foot = make("aside", { class: "follow", role: "region", tabindex: "-1", hidden: "" });
  foot.append(name, where, ...walk, next, page, wrong, shut);
  document.body.append(foot);

  const middle = ({ p }) => {
    const { top, bottom } = boxOf(p);
    return Math.abs((top + bottom - innerHeight) / 2);
  };
  const inView = ({ p }) => {
    const { top, bottom } = boxOf(p);
    return bottom > topEdge() && top < innerHeight - foot.offsetHeight;
  };
  const nearest = (some) => some.toSorted((a, b) => middle(a) - middle(b))[0];

  /* The foot’s words, at one of the paragraphs that are lit. */
  const stand = (index) => {
    here = index;
    const label = lit[here].labels.get(followed);
    const other = [lit[here], ...lit].map(({ labels }) => namesOf(labels.get(followed))[0]).find(Boolean);
    name.className = stanceOf(label);
    name.textContent = label.textContent.trim();
    foot.ariaLabel = `Followed claim: ${name.textContent}`;
    where.textContent = lit.length > 1 ? `${here + 1} of ${lit.length} here` : "only here";
    for (const button of walk) button.hidden = lit.length < 2;
    next.hidden = !other;
    if (other) {
      next.href = other.href; // with the claim
      next.replaceChildren(`${other.textContent.trim()} →`, make("kbd", {}, "n"));
      next.ariaLabel = `Next: ${other.textContent.trim()}`;
    }
    page.href = label.href;
    const passage = `¶${lit[here].number} ${permanent(lit[here].p.id)}`;
    wrong.href = reportAddress(label, passage, name.textContent);
    wrong.hidden = !wrong.getAttribute("href");
  };

  /* A claim that this essay does not take up changes nothing. */
  const show = (claim) => {
    lit = passages.filter(({ labels }) => claim && labels.has(claim));
    followed = lit.length ? claim : "";
    for (const passage of passages) {
      for (const element of [passage.p, passage.notes, passage.cell]) {
        element?.classList.toggle("lit", lit.includes(passage));
        element?.classList.toggle("dim", Boolean(followed) && !lit.includes(passage));
      }
      for (const [own, label] of passage.labels) {
        const on = own === followed;
        label.ariaCurrent = on || null;
        for (const other of namesOf(label)) other.search = on ? new URLSearchParams({ claim }) : "";
      }
    }
    html.classList.toggle("following", Boolean(followed));
    foot.hidden = !followed;
    if (!followed) return;
    stand(lit.indexOf(nearest(lit)));
    say(`${name.textContent}: ${lit.length} of ${passages.length} paragraphs`);
  };

  const scroll = () => lit[here].p.scrollIntoView({ block: "center" });
  const go = (index) => {
    stand((index + lit.length) % lit.length);
    scroll();
    say(`Paragraph ${lit[here].number}, ${where.textContent}`);
  };
  const close = () => {
    const back = foot.contains(document.activeElement) && lit[here].labels.get(followed);
    remember({ claim: "" });
    show("");
    if (back) back.focus({ preventScroll: true });
  };

  essay.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target.matches(".notes")) return event.target.classList.toggle("open"); // its one line
    if (!link?.matches(LABEL) || held(event)) return;
    const claim = claimOf(link);
    if (claim === followed || !passages.some(({ labels }) => labels.has(claim))) return; // to its page
    event.preventDefault();
    remember({ claim }, !history.state); // one step back, however many claims were followed
    show(claim);
    const own = lit.findIndex(({ notes }) => notes?.contains(link));
    if (own >= 0) stand(own);
    else if (!lit.some(inView)) scroll();
    if (!event.detail) foot.focus({ preventScroll: true }); // chosen by key
  });

  addEventListener("keydown", (event) => {
    if (!followed || event.defaultPrevented || typing(event) || held(event) || one("dialog[open]")) return;
    if (event.key === "Escape") close();
    else if (event.key === "n" && !next.hidden) next.click();
  });
  addEventListener("scrollend", () => {
    if (!followed || inView(lit[here])) return;
    const seen = lit.filter(inView);
    if (seen.length) stand(lit.indexOf(nearest(seen)));
  });
  addEventListener("popstate", () => state("claim") === followed || show(state("claim")));

  show(state("claim"));
  if (followed && !location.hash && !lit.some(inView)) scroll();
};
