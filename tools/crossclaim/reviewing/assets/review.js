// The review's keyboard. Every action is a form's button or a link: a key presses it, the answer
// takes the page's place, and the focus goes to the paragraph's panel. Without this the page works.
"use strict";

const page = () => document.getElementById("page");
const liveRegion = () => document.getElementById("live");
const wide = window.matchMedia("(min-width: 60rem)");
let queue = Promise.resolve(); // keys typed while an answer is under way wait for it

function announce(text) {
  liveRegion().textContent = "";
  if (text) setTimeout(() => { liveRegion().textContent = text; }, 60);
}

// The answer in the page's place. Paragraphs that are the same stay, so that nothing jumps.
function replacePage(text, address) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const next = fresh.getElementById("page");
  if (!next) {
    showMessage(fresh.body.textContent.trim());
    return;
  }
  document.title = fresh.title;
  const now = page();
  const essay = now.querySelector(".essay");
  const other = next.querySelector(".essay");
  const same = essay && other && essay.children.length === other.children.length
    && now.querySelector("h1").textContent === next.querySelector("h1").textContent;
  if (same) {
    [...other.children].forEach((part, index) => {
      if (!essay.children[index].isEqualNode(part)) essay.children[index].replaceWith(part.cloneNode(true));
    });
    other.replaceWith(essay);
  }
  now.replaceWith(next);
  if (address) history.replaceState(null, "", address.replace(/[?&]message=[^&]*/, ""));
  restoreFocus();
}

function restoreFocus(first = false) {
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
  announce(main?.dataset.message);
}

// A sentence on the page as it is, where the answer was no page.
function showMessage(sentence) {
  let place = document.querySelector(".message.note");
  if (!place) {
    place = document.createElement("p");
    place.className = "message failed note";
    (document.querySelector(".panel") ?? document.querySelector("main")).prepend(place);
  }
  place.textContent = sentence;
  announce(sentence);
}

async function load(address, options) {
  try {
    const answer = await fetch(address, options);
    const text = await answer.text();
    const stays = options && !answer.redirected;
    replacePage(text, stays ? "" : answer.url);
  } catch {
    showMessage("The review has ended, so nothing was written: start “crossclaim review” again.");
  }
}

function send(form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.append(button.name, button.value);
  const method = button?.getAttribute("formmethod") ?? form.method;
  if (method === "get") return load(`${form.action}?${data}`);
  return load(form.action, { method: "POST", body: data });
}

function press(element) {
  if (!element || element.disabled) return undefined;
  if (element.matches("a")) return load(element.href);
  if (!element.hasAttribute("formnovalidate") && !element.form.reportValidity()) return undefined;
  return send(element.form, element);
}

let enqueued = 0;
function enqueue(what) {
  enqueued += 1;
  queue = queue.then(what).catch(() => {}).then(() => { enqueued -= 1; });
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target, submitter } = event;
  enqueue(() => send(target, submitter));
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href]");
  const passage = event.target.closest(".passage");
  if (link) {
    event.preventDefault();
    enqueue(() => load(link.href));
  } else if (passage && !String(getSelection())) enqueue(() => load(passage.querySelector("a").href));
});

function elementFor(key) {
  const named = `[data-key~="${CSS.escape(key)}"]`;
  return document.querySelector(`.picked ${named}`)
    ?? [...document.querySelectorAll(named)].find((e) => !e.closest("[data-tag]"));
}

function pickTag(by) {
  const tags = [...document.querySelectorAll("[data-tag]")];
  if (!tags.length) return;
  const picked = tags.findIndex((tag) => tag.classList.contains("picked"));
  const next = Math.min(Math.max(picked + by, 0), tags.length - 1);
  tags.forEach((tag, number) => {
    tag.classList.toggle("picked", number === next);
    if (number === next) tag.setAttribute("aria-current", "true");
    else tag.removeAttribute("aria-current");
  });
  tags[next].scrollIntoView({ block: "nearest" });
  announce(tags[next].querySelector(".what").textContent + tags[next].querySelector(".claim").textContent);
}

// In the search field arrows go through the results and Enter adds the chosen one.
function searchKey(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    enqueue(() => lookup); // what was typed last is looked up first
    enqueue(() => pickResult(by));
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.target.blur();
    enqueue(() => lookup);
    enqueue(() => press(document.querySelector("[data-enter]")));
  }
}

function pickResult(by) {
  const options = [...document.querySelectorAll("#results input")];
  const checked = options.findIndex((option) => option.checked);
  const next = options[Math.min(Math.max(checked + by, 0), options.length - 1)];
  if (!next) return;
  next.checked = true;
  selectStance(next);
  next.closest("label").scrollIntoView({ block: "nearest" });
  announce(next.closest("label").querySelector(".claim").textContent);
}

function selectStance(option) {
  const stance = option.form.querySelector(`[name=stance][value=${option.dataset.stance}]`);
  if (stance) stance.checked = true;
}

// A key that opens a field: what is typed before it is there goes into it, and is no other key.
let typedAhead = null;
function openField(event) {
  event.preventDefault();
  const key = keyName(event);
  typedAhead = "";
  enqueue(() => press(elementFor(key)));
  enqueue(() => {
    const field = document.activeElement;
    if (typedAhead && field?.matches("[data-focus][name]")) {
      field.value = typedAhead;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    typedAhead = null;
  });
}

// A letter is the large one only with Shift: the Caps Lock key accepts no more than meant.
function keyName(event) {
  const latin = /^[a-z]$/i.test(event.key);
  const letter = latin ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1]; // of any other script
  if (!letter || (!latin && !/^\p{L}$/u.test(event.key))) return event.key;
  return event.shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (typedAhead !== null && event.key.length === 1) {
    typedAhead += event.key;
    event.preventDefault();
    return;
  }
  const field = event.target.closest("textarea, select, input:not([type=radio])");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    const main = event.target.form.querySelector("button.main");
    if (main) {
      event.preventDefault();
      event.target.blur(); // the next key is no letter of this field any more
      enqueue(() => press(main));
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    if (elementFor("Escape")) event.preventDefault();
    field?.blur();
    enqueue(() => press(elementFor("Escape")));
    return;
  }
  if (field) {
    if (field.type === "search") searchKey(event);
    return;
  }
  if (page().dataset.keys !== "on") return;
  const radio = event.target.matches("input[type=radio]");
  if (radio && event.key.startsWith("Arrow")) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    enqueue(() => pickTag(event.key === "ArrowLeft" ? -1 : 1));
    return;
  }
  if (event.key === " " || event.key === "Enter" || event.key === "Tab") return;
  const key = keyName(event);
  const moves = ["j", "k", "ArrowDown", "ArrowUp"].includes(key);
  if (event.repeat && (!moves || enqueued)) {  // a key held down moves on, and does nothing else
    if (elementFor(key)) event.preventDefault();
    return;
  }
  if ((key === "/" || key === "c") && elementFor(key)) {
    openField(event);
    return;
  }
  if (key.length > 1 && !moves) return;
  if (elementFor(key)) event.preventDefault();
  // Which button a key means is looked up when its turn comes: the page may be another by then.
  enqueue(() => press(elementFor(key)));
});

// What is typed in a field with an address of its own is looked up as it is typed.
let lookup = Promise.resolve();
let lookedUp = () => {};
let pause;
document.addEventListener("input", (event) => {
  const { target } = event;
  if (target.id === "id") target.dataset.own = "yes";
  if (target.matches("#results input")) selectStance(target);
  if (!target.dataset.live) return;
  clearTimeout(pause);
  const earlier = lookedUp; // what waits for a search that was never sent waits for this one
  lookup = new Promise((done) => {
    const both = () => { earlier(); done(); };
    lookedUp = both;
    pause = setTimeout(() => lookUp(target).then(both, both), 90);
  });
});

async function lookUp(field) {
  const passage = field.form.querySelector("[name=at]").value;
  const query = new URLSearchParams({ at: passage, [field.name]: field.value });
  const answer = await fetch(`${field.dataset.live}?${query}`);
  if (!answer.ok || !field.isConnected) return;
  const into = document.getElementById(field.dataset.into);
  into.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
  const hints = into.querySelector("[data-proposed]");
  const id = document.getElementById("id");
  if (hints && id && !id.dataset.own) id.value = hints.dataset.proposed;
  const first = into.querySelector("input:checked");
  if (first) selectStance(first);
  const many = into.querySelectorAll("input[type=radio]").length;
  if (field.type === "search") announce(first ? `${many} found: ${into.querySelector(".claim").textContent}` : "No claim has these words.");
}

restoreFocus(true);
