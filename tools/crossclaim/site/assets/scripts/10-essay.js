/* An essay’s passages in order; in their notes labels by claim, and names after each. */
const STANCES = { asserts: "asserts", illustrates: "illustrates", concedes: "grants", reports: "reports", rejects: "rejects" };
const LABEL = Object.keys(STANCES).map((stance) => `a.${stance}`).join();
const stanceOf = (link) => Object.keys(STANCES).find((stance) => link.classList.contains(stance)) ?? "";
const claimOf = (link) => decoded(link.pathname?.match(/\/claims\/([^/]+)\.html$/)?.[1] ?? "");

const essay = one("article.essay");
const passages = [];
for (const p of essay ? all("p[id], p.notes", essay) : []) {
  if (!p.matches(".notes")) passages.push({ p, number: passages.length + 1, labels: new Map() });
  else if (passages.length) {
    const passage = passages.at(-1);
    passage.notes = p;
    for (const label of all(LABEL, p)) if (claimOf(label)) passage.labels.set(claimOf(label), label);
  }
}
for (const cell of all("nav.bar a")) {
  const passage = passages.find(({ p }) => p === byHash(cell.hash));
  if (passage) passage.cell = cell;
}

const namesOf = (label) => {
  const names = [];
  for (let next = label?.nextElementSibling; next && !next.matches(LABEL); next = next.nextElementSibling)
    if (next.matches("a")) names.push(next);
  return names;
};

/* Where the text begins, below what sticks to the top. */
const topEdge = () => {
  const top = one("nav.bar") ?? one(".head");
  return top ? boxOf(top).bottom : 0;
};
