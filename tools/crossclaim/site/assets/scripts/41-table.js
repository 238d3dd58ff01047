/* The score of all claims, filtered in place. */

/* A text's words without case, accents and signs. */
const plainWords = (text) =>
  (text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");

/* What a row's claim is looked up by, from the most telling on: its label, the words that people
   use for it, its sentence, what counts as making it. */
const claimTexts = (row) => {
  const { textContent: name, title } = one("th a", row);
  const { also = "", about = "" } = row.dataset;
  const named = `${name} ${also}`;
  return [name, named, `${named} ${title}`, `${named} ${title} ${about}`].map(plainWords);
};

/* How well a claim's texts fit what was typed: 0, it is the claim's name; -1, they do not fit. */
const rankTexts = (texts, typed) => {
  if (!typed || texts[0] === typed) return 0;
  const words = typed.split(" ");
  const first = texts.findIndex((text) => words.every((word) => text.includes(word)));
  return first < 0 ? first : first + 1;
};

/* The columns that a choice of authors leaves: their numbers among a row's cells. */
const columnsOf = (heads, authors) =>
  heads.flatMap((head, n) => {
    const own = (head.dataset.authors ?? "").split(" ");
    return own[0] && (!authors.length || authors.some((author) => own.includes(author))) ? [n] : [];
  });

/* Makes the controls. Gives a function that hides what does not fit what the address asks for, and
   gives the rank of a row where words were typed. */
const filterControls = (score, rows, changed) => {
  const table = one("table", score);
  const heads = [...table.tHead.rows[0].cells];
  const named = new Map(
    heads.flatMap((head) => (head.dataset.authors ?? "").split(" ").filter(Boolean).map((id, n) => [id, all("a", head)[n].textContent])),
  );
  const themes = all("[scope=rowgroup]", table).map((head) => head.textContent);
  const stances = all(".key span, thead span", score).map((span) => [span.className, span.textContent]);
  const words = make("input", { type: "search", name: "words", autocomplete: "off" });
  const people = [...named];
  const controls = [
    make("label", {}, "Claims with the words", words),
    choice("theme", "Theme", [["", "all"], ...themes.map((theme) => [theme, theme])]),
    choice("stance", "Stance", [["", "any"], ...stances]),
    ...(people.length > 1
      ? [choice("one", "Author", [["", "all"], ...people]), choice("other", "and author", [["", "none"], ...people])]
      : []),
  ];
  const report = make("p", { role: "status" });
  const box = one(".filters", score);
  box.append(...controls, report);
  const field = (name) => one(`[name=${name}]`, box);
  const texts = new Map();
  const textsOf = (row) => {
    if (!texts.has(row)) texts.set(row, claimTexts(row));
    return texts.get(row);
  };
  const themeOf = new Map(rows.map((row) => [row, one("[scope=rowgroup]", row.parentElement).textContent]));

  const change = (event) => {
    const { name, value } = event.target;
    const authors = ["one", "other"].map((author) => field(author)?.value).filter(Boolean).join(",");
    remember(name === "one" || name === "other" ? { authors } : { [name]: value }, event.type === "change");
    changed();
  };
  box.addEventListener("input", (event) => event.target === words && change(event));
  box.addEventListener("change", (event) => event.target !== words && change(event));

  return () => {
    const [theme, stance] = ["theme", "stance"].map(state);
    const authors = state("authors").split(",").filter((author) => named.has(author));
    for (const name of ["theme", "stance"]) field(name).value = state(name);
    if (document.activeElement !== words) words.value = state("words");
    if (people.length > 1) [field("one").value, field("other").value] = [authors[0] ?? "", authors[1] ?? ""];
    const typed = plainWords(state("words"));
    const columns = new Set(columnsOf(heads, authors));
    const narrowed = authors.length > 0;
    table.classList.toggle("narrowed", narrowed);
    const shownColumn = (n) => !narrowed || n === 0 || n === heads.length - 1 || columns.has(n);
    heads.forEach((head, n) => (head.hidden = !shownColumn(n)));
    const ranks = new Map();
    let count = 0;
    for (const row of rows) {
      const cells = [...row.cells];
      cells.forEach((cell, n) => (cell.hidden = !shownColumn(n)));
      const marks = cells.filter((cell) => !cell.hidden).flatMap((cell) => all("td > a", cell));
      ranks.set(row, rankTexts(textsOf(row), typed));
      row.hidden = !(
        ranks.get(row) >= 0 &&
        (!theme || themeOf.get(row) === theme) &&
        (!stance || marks.some((mark) => mark.classList.contains(stance))) &&
        (!narrowed || marks.length)
      );
      count += row.hidden ? 0 : 1;
    }
    const asked = typed || theme || stance || narrowed;
    report.textContent = asked ? `${count} of ${rows.length} claims${count ? "" : ": none fits"}` : "";
    return typed ? (row) => ranks.get(row) : null;
  };
};
