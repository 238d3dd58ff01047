/* crossclaim: what a script adds to pages that read without one. The
   files of this folder are one script, in one function. */

const root = new URL("../", document.currentScript?.src || location.href);
const html = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

const press = (text, action, attributes = {}) => {
  const button = make("button", { type: "button", ...attributes }, text);
  button.addEventListener("click", action);
  return button;
};

/* A feature that fails leaves the others alone. */
const start = (name, feature) => {
  try {
    feature();
  } catch (error) {
    console.warn(`${name}:`, error);
  }
};

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const byHash = (hash) => document.getElementById(decoded(hash.slice(1)));

/* What this browser remembers, where it does. */
const kept = (name) => {
  try {
    return localStorage.getItem(`crossclaim-${name}`);
  } catch {
    return null;
  }
};
const keep = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(`crossclaim-${name}`);
    else localStorage.setItem(`crossclaim-${name}`, value);
  } catch {
    /* for this page alone */
  }
};

/* The address holds the state of a view, so that it can be shared and gone back to. */
const state = (key) => new URLSearchParams(location.search).get(key) ?? "";
const remember = (changes, push) => {
  const address = new URL(location);
  for (const [key, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(key, value);
    else address.searchParams.delete(key);
  }
  if (address.href === location.href) return;
  try {
    if (push) history.pushState("crossclaim", "", address);
    else history.replaceState(history.state, "", address);
  } catch {
    /* on a disk, in some browsers */
  }
};

/* The page’s address, without the state of a view. */
const permanent = (hash = "") => {
  const address = new URL(one("link[rel=canonical]")?.href ?? location.href);
  address.search = "";
  address.hash = hash;
  return address.href;
};

const boxOf = (element) => element.getBoundingClientRect();
const held = (event) => event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
const typing = (event) => event.target.closest?.("input, select, textarea, [contenteditable], dialog");

/* Said to screen readers; the region is there before its words. */
const said = make("p", { class: "hidden", role: "status" });
const say = (text) => {
  if (!said.isConnected) one("main").append(said);
  setTimeout(() => (said.textContent = text), 50);
};
