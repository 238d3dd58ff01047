/* Where to say that a tag seems wrong: a mail or an issue, filled in. */
const reportAddress = (tag, passage, claim) => {
  const place = document.body.dataset.report ?? "";
  const title = `A tag seems wrong: ${claim}`;
  const body = `Passage: ${passage}\nClaim: ${claim}\nTagged as: ${stanceOf(tag)}\n\nWhat seems wrong: `;
  if (/^https?:\/\//i.test(place)) {
    const address = new URL(place);
    address.searchParams.set("title", title);
    address.searchParams.set("body", body);
    return address.href;
  }
  const mail = place.replace(/^mailto:/i, "");
  if (!/^[^\s:/]+@[^\s:/]+$/.test(mail)) return "";
  const lines = encodeURIComponent(body).replaceAll("%0A", "%0D%0A");
  return `mailto:${mail}${mail.includes("?") ? "&" : "?"}subject=${encodeURIComponent(title)}&body=${lines}`;
};

/* On a claim’s page one link moves to the source that is pointed at. */
const report = () => {
  const article = one("article.claim");
  if (!article) return;
  const link = make("a", { class: "wrong" }, "A tag seems wrong?");
  const point = ({ target }) => {
    const source = target.closest("blockquote")?.previousElementSibling ?? target.closest("p, li");
    const [tag, place] = source ? [one(LABEL, source), one("a[href*='essays/']", source)] : [];
    if (!tag || !place || source.contains(link)) return;
    link.href = reportAddress(tag, `${place.textContent.trim()} ${place.href}`, one("h1").textContent.trim());
    if (link.getAttribute("href")) source.append(" ", link);
  };
  article.addEventListener("pointerover", point);
  article.addEventListener("focusin", point);
};
