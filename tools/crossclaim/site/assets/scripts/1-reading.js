/* crossclaim: what a script adds to pages that read without one. Nothing here is needed to read. */
(() => {
  "use strict";

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  /* The address holds the state of a view, so that it can be shared and gone back to. */
  const state = (key) => new URLSearchParams(location.search).get(key) ?? "";

  const remember = (changes, push) => {
    const query = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(changes)) {
      if (value) query.set(key, value);
      else query.delete(key);
    }
    const search = query.toString();
    const address = location.pathname + (search ? `?${search}` : "") + location.hash;
    if (address === location.pathname + location.search + location.hash) return;
    history[push ? "pushState" : "replaceState"](null, "", address);
  };

  /* An essay's claims as lights: one lights its paragraphs and dims the rest. */
  const lights = () => {
    const buttons = all(".cc-light");
    if (!buttons.length) return;
    const passages = all(".cc-passage");
    const report = one(".cc-lit");

    const show = () => {
      const claim = state("claim");
      let lit = 0;
      for (const passage of passages) {
        const carries = passage.dataset.claims.split(" ").includes(claim);
        passage.classList.toggle("cc-lit-up", Boolean(claim) && carries);
        passage.classList.toggle("cc-dim", Boolean(claim) && !carries);
        lit += carries ? 1 : 0;
      }
      for (const button of buttons) {
        const own = button.closest("[data-claim]").dataset.claim === claim;
        button.setAttribute("aria-pressed", String(own));
      }
      const known = buttons.some((button) => button.getAttribute("aria-pressed") === "true");
      if (claim && !known) for (const passage of passages) passage.classList.remove("cc-dim");
      report.textContent = known ? `${lit} of ${passages.length} paragraphs are lit.` : "";
    };

    for (const button of buttons)
      button.addEventListener("click", () => {
        const { claim } = button.closest("[data-claim]").dataset;
        remember({ claim: state("claim") === claim ? "" : claim }, true);
        show();
      });
    addEventListener("popstate", show);
    show();
  };

  /* Where a browser cannot show closed details by style alone, wide windows open them. */
  const margins = () => {
    if (CSS.supports("selector(::details-content)")) return;
    const wide = matchMedia("(min-width: 60em)");
    const open = () => all("details.cc-fold").forEach((notes) => (notes.open = wide.matches));
    wide.addEventListener("change", open);
    open();
  };

  /* Hover, focus or a long press on a claim shows who stands where. */
  const previews = () => {
    const texts = new Map(all("[data-preview]").map((text) => [text.dataset.preview, text]));
    if (!texts.size) return;
    const box = make("div", { id: "cc-preview", class: "cc-preview", role: "tooltip", hidden: "" });
    one(".md-content").append(box);
    let link = null;
    let timer = 0;

    const hide = () => {
      clearTimeout(timer);
      if (link) link.removeAttribute("aria-describedby");
      link = null;
      box.hidden = true;
    };

    const show = (target) => {
      const text = texts.get(target.closest("[data-claim]")?.dataset.claim);
      if (!text) return;
      hide();
      link = target;
      box.innerHTML = text.innerHTML;
      box.hidden = false;
      link.setAttribute("aria-describedby", "cc-preview");
      const at = link.closest("li").getBoundingClientRect(); // below all that belongs to the claim
      const { offsetWidth: width, offsetHeight: height } = box;
      const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
      const below = at.bottom + height + 8 < innerHeight || at.top - height - 8 < 56;
      box.style.left = `${left}px`;
      box.style.top = `${below ? at.bottom + 6 : at.top - height - 6}px`;
    };

    const later = (action, wait) => {
      clearTimeout(timer);
      timer = setTimeout(action, wait);
    };

    for (const target of all("[data-claim] .cc-claim")) {
      const { title } = target;
      target.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "mouse") return;
        if (title) target.title = ""; // the preview says it
        later(() => show(target), 350);
      });
      target.addEventListener("pointerleave", (event) => {
        if (event.pointerType !== "mouse") return;
        if (title) target.title = title;
        later(hide, 350);
      });
      target.addEventListener("focus", () => {
        if (target.matches(":focus-visible")) show(target);
      });
      target.addEventListener("blur", () => later(hide, 150));
      target.addEventListener("touchstart", () => later(() => show(target), 450), { passive: true });
      target.addEventListener("touchend", (event) => {
        if (link === target) event.preventDefault(); // the press was long: it asked for the preview
        else clearTimeout(timer);
      });
      target.addEventListener("contextmenu", (event) => {
        if (link === target && !event.button && event.pointerType === "touch") event.preventDefault();
      });
    }
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") later(hide, 350);
    });
    box.addEventListener("focusin", () => clearTimeout(timer));
    box.addEventListener("focusout", () => later(hide, 150));
    document.addEventListener("touchstart", (event) => {
      if (link && !box.contains(event.target) && event.target !== link) hide();
    }, { passive: true });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && link) hide();
    });
    addEventListener("scroll", () => link && !box.matches(":hover, :focus-within") && hide(), { passive: true });
  };

  /* From a passage, the key “n” leads to the next author on the claim that is being followed. */
  const hops = () => {
    const followed = "crossclaim-followed";
    const keep = (claim) => {
      try {
        sessionStorage.setItem(followed, claim);
      } catch {
        /* a browser that keeps nothing follows the first claim */
      }
    };
    const kept = () => {
      try {
        return sessionStorage.getItem(followed);
      } catch {
        return null;
      }
    };
    for (const link of all(".cc-tag .cc-mark"))
      link.addEventListener("click", () => keep(link.closest("[data-claim]").dataset.claim));

    const passage = () => {
      const focused = document.activeElement?.closest(".cc-passage");
      const chosen = document.getSelection()?.anchorNode?.parentElement?.closest(".cc-passage");
      return focused ?? one(".cc-passage:hover") ?? chosen ?? one(".cc-text:target")?.closest(".cc-passage");
    };
    addEventListener("keydown", (event) => {
      if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, select, textarea, dialog")) return;
      const from = passage();
      if (!from) return;
      const wanted = [state("claim"), kept()].filter(Boolean);
      const next =
        wanted.map((claim) => one(`[data-claim="${CSS.escape(claim)}"] .cc-next`, from)).find(Boolean) ??
        one(".cc-next", from);
      event.preventDefault();
      if (next) next.click();
      else one(".cc-lit").textContent = "No other author takes up a claim of this paragraph.";
    });

    /* A paragraph that is led to takes the focus, so that the keyboard goes on from there. */
    const arrive = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.matches(".cc-text")) return;
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    };
    addEventListener("hashchange", arrive);
    arrive();
  };

  /* Copy a link to a paragraph, or cite it. */
  const citations = () => {
    const source = one("#cc-citation");
    if (!source) return;
    const forms = JSON.parse(source.textContent);
    const names = { address: "Link", plain: "Plain text", bibtex: "BibTeX", csl: "CSL-JSON" };
    const dialog = make("dialog", { class: "cc-dialog", "aria-labelledby": "cc-dialog-title" });
    const title = make("h2", { id: "cc-dialog-title" });
    const said = make("p", { role: "status" });
    const close = make("button", { type: "button", class: "cc-close" }, "Close");
    const list = make("div");
    dialog.append(title, list, said, close);
    close.addEventListener("click", () => dialog.close());
    one(".md-content").append(dialog);

    const copy = async (text, name) => {
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = `${name} copied.`;
      } catch {
        said.textContent = "This browser does not let a page copy; select the text and copy it.";
      }
    };

    for (const button of all(".cc-cite"))
      button.addEventListener("click", () => {
        const { number } = button.dataset;
        const address = new URL(one(".cc-number", button.closest(".cc-passage")).href);
        address.search = "";
        const fill = (text) => text.replaceAll("{paragraph}", number).replaceAll("{address}", address.href);
        title.textContent = `Paragraph ${number}`;
        said.textContent = "";
        list.replaceChildren(
          ...Object.entries({ address: "{address}", ...forms }).map(([form, text]) => {
            const words = fill(text);
            const action = make("button", { type: "button" }, `Copy ${names[form]}`);
            action.addEventListener("click", () => copy(words, names[form]));
            const box = make("pre", { tabindex: "0", "aria-label": names[form] }, words);
            return make("section", {}, action, box);
          }),
        );
        dialog.showModal();
      });
  };

  /* The table of claims, sorted and filtered in place. */
  const matrix = () => {
    const form = one(".cc-controls");
    if (!form) return;
    const table = document.getElementById(form.dataset.for);
    const bodies = all("tbody", table);
    const rows = bodies.flatMap((body) => all("tr:not(.cc-theme-row)", body).map((row) => ({ row, body })));
    const fields = ["words", "theme", "stance", "order"];
    const field = (name) => form.elements.namedItem(name);
    const found = one(".cc-found", form);
    const sorted = make("tbody", { role: "rowgroup" });
    const collator = new Intl.Collator();

    const authorsOf = () => state("authors").split(",").filter(Boolean);

    /* A text's words without case, accents and signs. */
    const plain = (text) =>
      (text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");

    /* What a row's claim is found by, from the most telling on: its label, the words that people
       use for it, its sentence, what counts as making it. Read when somebody types. */
    const texts = new Map();
    const textsOf = (row) => {
      if (!texts.has(row)) {
        const { textContent: name, title } = one("th a", row);
        const { also = "", about } = row.dataset;
        const named = `${name} ${also}`;
        texts.set(row, [name, named, `${named} ${title}`, `${named} ${title} ${about}`].map(plain));
      }
      return texts.get(row);
    };

    /* How well a row fits what was typed: 0, it is the claim's name; -1, it does not fit. */
    const rankOf = (row, typed) => {
      if (!typed) return 0;
      const own = textsOf(row);
      if (own[0] === typed) return 0;
      const words = typed.split(" ");
      const first = own.findIndex((text) => words.every((word) => text.includes(word)));
      return first < 0 ? first : first + 1;
    };

    const show = () => {
      const { words, theme, stance, order } = Object.fromEntries(fields.map((f) => [f, state(f)]));
      const authors = authorsOf();
      table.classList.toggle("cc-two", authors.length > 0);
      for (const cell of all("[data-author]", table))
        cell.hidden = authors.length > 0 && !authors.includes(cell.dataset.author);
      const typed = plain(words);
      const ranks = new Map(rows.map(({ row }) => [row, rankOf(row, typed)]));
      let count = 0;
      for (const { row, body } of rows) {
        const cells = all("td", row).filter((cell) => !cell.hidden);
        const fits =
          ranks.get(row) >= 0 &&
          (!theme || body.dataset.theme === theme) &&
          (!stance || cells.some((cell) => cell.dataset.stances.split(" ").includes(stance))) &&
          (!authors.length || cells.some((cell) => cell.dataset.stances));
        row.hidden = !fits;
        count += fits ? 1 : 0;
      }
      sorted.remove();
      const flat = Boolean(order || typed);
      if (flat) {
        const by = { makers: (r) => -r.dataset.makers, passages: (r) => -r.dataset.passages, few: (r) => +r.dataset.makers }[order];
        const ranked = rows.map(({ row }) => row);
        if (!by) ranked.sort((a, b) => ranks.get(a) - ranks.get(b));
        else ranked.sort((a, b) => by(a) - by(b) || collator.compare(a.textContent, b.textContent));
        sorted.replaceChildren(...ranked);
        table.append(sorted);
      } else for (const { row, body } of rows) body.append(row);
      for (const body of bodies) body.hidden = flat || !all("tr:not(.cc-theme-row):not([hidden])", body).length;
      const changed = authors.length || fields.some((name) => state(name));
      const none = count ? "" : ": none fits";
      found.textContent = changed ? `${count} of ${rows.length} claims${none}` : "";
    };

    const fill = () => {
      for (const name of fields) field(name).value = state(name);
      [field("one").value = "", field("other").value = ""] = authorsOf();
    };
    const change = (event) => {
      const { name, value } = event.target;
      const authors = [field("one").value, field("other").value].filter(Boolean).join(",");
      const changes = name === "one" || name === "other" ? { authors } : { [name]: value };
      remember(changes, event.type === "change");
      show();
    };
    form.addEventListener("input", (event) => event.target.name === "words" && change(event));
    form.addEventListener("change", (event) => event.target.name !== "words" && change(event));
    addEventListener("popstate", () => (fill(), show()));
    fill();
    show();
  };

  /* On the map, a claim that is pointed at shows its own lines. */
  const map = () => {
    const picture = one(".cc-map");
    if (!picture) return;
    const lines = all("[data-ends]", picture);
    for (const box of all(".cc-box", picture)) {
      const light = (on) => {
        picture.classList.toggle("cc-pointed", on);
        for (const line of lines)
          line.classList.toggle("cc-own", on && line.dataset.ends.split(" ").includes(box.dataset.claim));
      };
      box.addEventListener("pointerenter", () => light(true));
      box.addEventListener("pointerleave", () => light(false));
      box.addEventListener("focusin", () => light(true));
      box.addEventListener("focusout", () => light(false));
    }
  };

  for (const part of [lights, margins, previews, hops, citations, matrix, map]) part();
})();
