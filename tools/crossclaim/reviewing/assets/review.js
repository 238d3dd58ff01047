// The review's keyboard. Every action is a form's button or a link: a key presses it, the answer
// takes the page's place, and the focus goes to the paragraph's panel. Without this the page works.
"use strict";

const page = () => document.getElementById("page");
const live = () => document.getElementById("live");
const wide = window.matchMedia("(min-width: 60rem)");
let waiting = Promise.resolve(); // keys typed while an answer is under way wait for it

function tell(text) {
  live().textContent = "";
  if (text) setTimeout(() => { live().textContent = text; }, 60);
}

// The answer in the page's place. Paragraphs that are the same stay, so that nothing jumps.
function show(text, address) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const next = fresh.getElementById("page");
  if (!next) {
    note(fresh.body.textContent.trim());
    return;
  }
  document.title = fresh.title;
  const now = page();
  const essay = now.querySelector(".essay");
  const other = next.querySelector(".essay");
  const same = essay && other && essay.children.length === other.children.length
    && now.querySelector("h1").textContent === next.querySelector("h1").textContent;
  if (same) {
    [...other.children].forEach((part, at) => {
      if (!essay.children[at].isEqualNode(part)) essay.children[at].replaceWith(part.cloneNode(true));
    });
    other.replaceWith(essay);
  }
  now.replaceWith(next);
  if (address) history.replaceState(null, "", address.replace(/[?&]said=[^&]*/, ""));
  settle();
}

function settle(first = false) {
  const main = document.querySelector("main");
  const focus = document.querySelector("[data-focus]");
  if (focus && !(first && focus.matches("[tabindex]"))) {
    focus.focus({ preventScroll: wide.matches });
    if ("select" in focus.dataset) focus.select();
  }
  const here = document.querySelector(".passage.here");
  if (here && wide.matches) {
    const box = here.getBoundingClientRect();
    if (box.top < 120 || box.bottom > window.innerHeight - 60) here.scrollIntoView({ block: "center" });
  } else if (!wide.matches) window.scrollTo(0, 0);
  document.querySelector(".panel")?.scrollTo(0, 0);
  focus?.closest("form, .help")?.scrollIntoView({ block: "nearest" });
  tell(main?.dataset.said);
}

// A sentence on the page as it is, where the answer was no page.
function note(sentence) {
  let place = document.querySelector(".said.note");
  if (!place) {
    place = document.createElement("p");
    place.className = "said amiss note";
    (document.querySelector(".panel") ?? document.querySelector("main")).prepend(place);
  }
  place.textContent = sentence;
  tell(sentence);
}

async function ask(address, options) {
  try {
    const answer = await fetch(address, options);
    const text = await answer.text();
    const stays = options && !answer.redirected;
    show(text, stays ? "" : answer.url);
  } catch {
    note("The review has ended, so nothing was written: start “crossclaim review” again.");
  }
}

function send(form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.append(button.name, button.value);
  const method = button?.getAttribute("formmethod") ?? form.method;
  if (method === "get") return ask(`${form.action}?${data}`);
  return ask(form.action, { method: "POST", body: data });
}

function press(element) {
  if (!element || element.disabled) return undefined;
  if (element.matches("a")) return ask(element.href);
  if (!element.hasAttribute("formnovalidate") && !element.form.reportValidity()) return undefined;
  return send(element.form, element);
}

let busy = 0;
function queue(what) {
  busy += 1;
  waiting = waiting.then(what).catch(() => {}).then(() => { busy -= 1; });
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target, submitter } = event;
  queue(() => send(target, submitter));
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href]");
  const passage = event.target.closest(".passage");
  if (link) {
    event.preventDefault();
    queue(() => ask(link.href));
  } else if (passage && !String(getSelection())) queue(() => ask(passage.querySelector("a").href));
});

function holder(key) {
  const named = `[data-key~="${CSS.escape(key)}"]`;
  return document.querySelector(`.picked ${named}`)
    ?? [...document.querySelectorAll(named)].find((e) => !e.closest("[data-tag]"));
}

function choose(by) {
  const tags = [...document.querySelectorAll("[data-tag]")];
  if (!tags.length) return;
  const at = tags.findIndex((tag) => tag.classList.contains("picked"));
  const next = Math.min(Math.max(at + by, 0), tags.length - 1);
  tags.forEach((tag, number) => {
    tag.classList.toggle("picked", number === next);
    if (number === next) tag.setAttribute("aria-current", "true");
    else tag.removeAttribute("aria-current");
  });
  tags[next].scrollIntoView({ block: "nearest" });
  tell(tags[next].querySelector(".what").textContent + tags[next].querySelector(".claim").textContent);
}

// In the search field arrows go through what was found and Enter adds it.
function inSearch(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    queue(() => looked); // what was typed last is looked up first
    queue(() => pass(by));
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.target.blur();
    queue(() => looked);
    queue(() => press(document.querySelector("[data-enter]")));
  }
}

function pass(by) {
  const options = [...document.querySelectorAll("#found input")];
  const at = options.findIndex((option) => option.checked);
  const next = options[Math.min(Math.max(at + by, 0), options.length - 1)];
  if (!next) return;
  next.checked = true;
  chosen(next);
  next.closest("label").scrollIntoView({ block: "nearest" });
  tell(next.closest("label").querySelector(".claim").textContent);
}

function chosen(option) {
  const stance = option.form.querySelector(`[name=stance][value=${option.dataset.stance}]`);
  if (stance) stance.checked = true;
}

// A key that opens a field: what is typed before it is there goes into it, and is no other key.
let ahead = null;
function openField(event) {
  event.preventDefault();
  const key = named(event);
  ahead = "";
  queue(() => press(holder(key)));
  queue(() => {
    const field = document.activeElement;
    if (ahead && field?.matches("[data-focus][name]")) {
      field.value = ahead;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    ahead = null;
  });
}

// A letter is the large one only with Shift: the Caps Lock key accepts no more than meant.
function named(event) {
  const latin = /^[a-z]$/i.test(event.key);
  const letter = latin ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1]; // of any other script
  if (!letter || (!latin && !/^\p{L}$/u.test(event.key))) return event.key;
  return event.shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (ahead !== null && event.key.length === 1) {
    ahead += event.key;
    event.preventDefault();
    return;
  }
  const field = event.target.closest("textarea, select, input:not([type=radio])");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    const main = event.target.form.querySelector("button.main");
    if (main) {
      event.preventDefault();
      event.target.blur(); // the next key is no letter of this field any more
      queue(() => press(main));
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    if (holder("Escape")) event.preventDefault();
    field?.blur();
    queue(() => press(holder("Escape")));
    return;
  }
  if (field) {
    if (field.type === "search") inSearch(event);
    return;
  }
  if (page().dataset.keys !== "on") return;
  const radio = event.target.matches("input[type=radio]");
  if (radio && event.key.startsWith("Arrow")) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    queue(() => choose(event.key === "ArrowLeft" ? -1 : 1));
    return;
  }
  if (event.key === " " || event.key === "Enter" || event.key === "Tab") return;
  const key = named(event);
  const moves = ["j", "k", "ArrowDown", "ArrowUp"].includes(key);
  if (event.repeat && (!moves || busy)) {  // a key held down moves on, and does nothing else
    if (holder(key)) event.preventDefault();
    return;
  }
  if ((key === "/" || key === "c") && holder(key)) {
    openField(event);
    return;
  }
  if (key.length > 1 && !moves) return;
  if (holder(key)) event.preventDefault();
  // Which button a key means is looked up when its turn comes: the page may be another by then.
  queue(() => press(holder(key)));
});

// What is typed in a field with an address of its own is looked up as it is typed.
let looked = Promise.resolve();
let found = () => {};
let pause;
document.addEventListener("input", (event) => {
  const { target } = event;
  if (target.id === "id") target.dataset.own = "yes";
  if (target.matches("#found input")) chosen(target);
  if (!target.dataset.live) return;
  clearTimeout(pause);
  const earlier = found; // what waits for a search that was never sent waits for this one
  looked = new Promise((done) => {
    const both = () => { earlier(); done(); };
    found = both;
    pause = setTimeout(() => look(target).then(both, both), 90);
  });
});

async function look(field) {
  const at = field.form.querySelector("[name=at]").value;
  const asked = new URLSearchParams({ at, [field.name]: field.value });
  const answer = await fetch(`${field.dataset.live}?${asked}`);
  if (!answer.ok || !field.isConnected) return;
  const into = document.getElementById(field.dataset.into);
  into.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
  const near = into.querySelector("[data-proposed]");
  const id = document.getElementById("id");
  if (near && id && !id.dataset.own) id.value = near.dataset.proposed;
  const first = into.querySelector("input:checked");
  if (first) chosen(first);
  const many = into.querySelectorAll("input[type=radio]").length;
  if (field.type === "search") tell(first ? `${many} found: ${into.querySelector(".claim").textContent}` : "No claim has these words.");
}

settle(true);
