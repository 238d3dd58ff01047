/* Cite a paragraph, or the words that are selected; copy the text alone. */
const spaced = (text) => text.replace(/\s+/g, " ");

/* A range’s text without the buttons below. */
const textOf = (range) => {
  const part = range.cloneContents();
  for (const button of all("button", part)) button.remove();
  return part.textContent;
};

/* A paragraph’s text before, in and after a range; whole words, since a browser looks for no others. */
const wordsOf = (range, p) => {
  const [whole, before, inside] = [0, 1, 2].map(() => document.createRange());
  for (const piece of [whole, before, inside]) piece.selectNodeContents(p);
  const { startContainer: a, startOffset: i, endContainer: b, endOffset: j } = range;
  if (!whole.comparePoint(a, i)) inside.setStart(a, i);
  if (!whole.comparePoint(b, j)) inside.setEnd(b, j);
  before.setEnd(inside.startContainer, inside.startOffset);
  const text = textOf(whole);
  let start = textOf(before).length;
  let end = start + textOf(inside).length;
  if (!/[\p{L}\p{N}]/u.test(text.slice(start, end))) return null;
  const cuts = (place) => /^[\p{L}\p{M}\p{N}]{2}$/u.test(text.slice(place - 1, place + 1));
  while (/\s/.test(text[start])) start += 1;
  while (/\s/.test(text[end - 1])) end -= 1;
  while (cuts(start)) start -= 1;
  while (cuts(end)) end += 1;
  return [text.slice(0, start), text.slice(start, end), text.slice(end)].map(spaced);
};

/* A text directive (WICG, “Text fragments”): long quotations by their first and last five words, those
   that the page has twice with what stands beside them. */
const directive = (first, last, whole) => {
  const encoded = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");
  const [before, words, after] = first;
  const [from, to] = [words.split(" "), last[1].split(" ")];
  const long = first !== last || (words.length > 120 && from.length > 10);
  const begin = long ? from.slice(0, 5).join(" ") : words;
  const ahead = before.match(/(\S+ ?){0,3}$/)[0];
  const behind = long ? "" : after.match(/^( ?\S+){0,3}/)[0];
  const beside = [["", ""], [ahead, ""], ["", behind], [ahead, behind]];
  const [prefix, suffix] = beside.find(([a, b]) => whole.split(a + begin + b).length < 3) ?? beside[3];
  return [
    prefix && `${encoded(prefix)}-`,
    encoded(begin),
    long && encoded(to.slice(-5).join(" ")),
    suffix && `-${encoded(suffix)}`,
  ].filter(Boolean).join();
};

const quotationOf = (range) => {
  const pieces = passages
    .map(({ p, number }) => ({ p, number, words: range.intersectsNode(p) && wordsOf(range, p) }))
    .filter(({ words }) => words);
  if (!pieces.length) return null;
  const [first, last] = [pieces[0], pieces.at(-1)];
  return {
    last: last.p,
    number: [...new Set([first.number, last.number])].join("–"),
    words: pieces.map(({ words }) => words[1]).join(" "),
    hash: `${encodeURIComponent(first.p.id)}:~:text=${directive(first.words, last.words, spaced(essay.textContent))}`,
  };
};

const formsOf = (citation, { number, words, hash }) => {
  const address = permanent(hash);
  const fill = (text) => text.replaceAll("{paragraph}", () => number).replaceAll("{address}", () => address);
  const quote = words && `“${words.replaceAll("“", "‘").replaceAll("”", "’")}” `;
  const names = { plain: "plain text", bibtex: "BibTeX", csl: "CSL-JSON" };
  return [
    ["link", address],
    ...Object.keys(names)
      .filter((form) => citation?.[form])
      .map((form) => [names[form], (form === "plain" ? quote : "") + fill(citation[form])]),
  ];
};

/* Where a browser copies notes though they are not selected, they are taken out. */
const copyText = (event) => {
  const part = getSelection().rangeCount && !typing(event) && getSelection().getRangeAt(0).cloneContents();
  const extra = part ? all("button, .notes, nav, script", part) : [];
  if (!extra.length || !one("p[id]", part)) return;
  for (const element of extra) element.remove();
  const sheet = make("div", { class: "sheet" }, part); // laid out, it has lines
  document.body.append(sheet);
  event.clipboardData.setData("text/plain", sheet.innerText.trim());
  sheet.remove();
  event.preventDefault();
};

const cite = () => {
  if (!passages.length) return;
  const { citation } = JSON.parse(one("#cc-page")?.value || "{}");

  const title = make("h2");
  const list = make("div");
  const done = make("p", { role: "status" });
  const shut = press("Close", () => dialog.close());
  const dialog = make("dialog", { class: "citing", closedby: "any" }, title, list, done, shut);
  document.body.append(dialog);

  const take = async (name, box) => {
    try {
      await navigator.clipboard.writeText(box.textContent);
      done.textContent = `Copied: ${name}.`;
    } catch {
      getSelection().selectAllChildren(box);
      done.textContent = "Selected, to be copied as usual.";
    }
  };
  const open = (quotation) => {
    title.textContent = dialog.ariaLabel = `Cite ¶${quotation.number}`;
    done.textContent = "";
    list.replaceChildren(
      ...formsOf(citation, quotation).map(([name, text]) => {
        const box = make("pre", { tabindex: "0", role: "group", "aria-label": name }, text);
        return make("section", {}, press(`Copy ${name}`, () => take(name, box)), box);
      }),
    );
    dialog.showModal();
  };

  /* Two buttons, moved about: at a paragraph’s number, at selected words. */
  let pointed = null;
  let quotation = null;
  const whole = ({ number, p }) => ({ number: String(number), words: "", hash: encodeURIComponent(p.id) });
  const pilcrow = press("", () => open(whole(pointed)), { class: "pilcrow" });
  const words = press("Cite", () => open(quotation), { class: "quote" });
  words.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is selected

  const point = ({ target, buttons }) => {
    if (buttons) return; // somebody is selecting
    const p = target.closest?.("p[id], p.notes");
    const passage = p && passages.find((each) => each.p === p || each.notes === p);
    if (!passage || passage === pointed || pilcrow.matches(":focus-visible")) return;
    pointed = passage;
    pilcrow.textContent = `¶${passage.number}`;
    pilcrow.ariaLabel = `Cite ¶${passage.number}`;
    passage.p.append(pilcrow);
  };
  essay.addEventListener("pointerover", point);
  essay.addEventListener("focusin", point);

  const selected = () => {
    if (dialog.open || words.matches(":focus, :active")) return;
    const range = getSelection().rangeCount && getSelection().getRangeAt(0);
    quotation = range && !range.collapsed && quotationOf(range);
    if (!quotation) return words.remove();
    const { last } = quotation;
    if (words.parentNode !== last) last.append(words);
    const box = boxOf(last);
    const end = [...range.getClientRects()].findLast(({ bottom }) => bottom <= box.bottom + 2);
    if (!end) return;
    words.style.top = `${end.bottom - box.top + 4}px`;
    words.style.left = `${Math.max(0, Math.min(end.right - box.left, box.width) - words.offsetWidth)}px`;
  };
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    words.textContent = "Cite";
    timer = setTimeout(selected, 200);
  });
  document.addEventListener("copy", (event) => {
    copyText(event);
    if (words.isConnected) say("Copied. “Cite” has the source.");
    words.textContent = "Cite what is copied";
    selected();
  });
};
