/* The files of the search, asked for one by one and kept while the page is open. */

const folder = new URL("data/", import.meta.url);
const kept = new Map();
let version = "";

/* JSON, unpacked here unless the host has done so already. */
const unpacked = async (response) => {
  const packed = new Uint8Array(await response.arrayBuffer());
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return JSON.parse(new TextDecoder().decode(packed));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
};

const ask = async (name) => {
  const address = new URL(`${name}.idx`, folder);
  if (version) address.searchParams.set("v", version);
  const response = await fetch(address, version ? {} : { cache: "no-cache" });
  if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
  return unpacked(response);
};

/* One file's content; a request that failed is made again when next wanted. */
export const load = (name) => {
  if (!kept.has(name)) {
    const asked = ask(name);
    asked.catch(() => kept.delete(name));
    kept.set(name, asked);
  }
  return kept.get(name);
};

/* The table of contents; all other files are of the version it names. */
export const loadIndex = async () => {
  const index = await load("index");
  version = index.version;
  return index;
};

const FIRST = 35; // the code points of numbers, as in site/search/index_files.py
const BACKSLASH = 92;
const LAST_SURROGATE = 0xdfff;

/* A row of numbers that is written as characters. */
export const numbers = (text) =>
  Uint32Array.from(text, (character) => {
    const point = character.codePointAt(0);
    return point - FIRST - (point > BACKSLASH ? 1 : 0) - (point > LAST_SURROGATE ? 0x800 : 0);
  });
