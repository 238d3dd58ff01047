/* Where to say that a tag seems wrong: a mail or an issue, filled in. */
const reportAddress = (place = "", tag, passage, claim) => {
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

/* On a claim’s page, one link: it moves to the quotation that is pointed at. */
const report = () => {
  const article = one("article.claim");
  if (!article) return;
  const place = pageData().report;
  const link = make("a", { class: "wrong" }, "A tag seems wrong?");
  const point = ({ target }) => {
    const tag = one(`.source :is(${LABEL})`, target.closest("blockquote") ?? link);
    if (!tag || tag.parentElement === link.parentElement) return;
    link.href = reportAddress(place, tag, `${tag.textContent.trim()} ${tag.href}`, one("h1").textContent.trim());
    if (link.getAttribute("href")) tag.parentElement.append(" ", link);
  };
  article.addEventListener("pointerover", point);
  article.addEventListener("focusin", point);
};
