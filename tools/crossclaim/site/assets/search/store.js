/* The files of the search, asked for one by one and kept while the page is open. */

const folder = new URL("data/", import.meta.url);
const kept = new Map();
let version = "";
const ZLIB = 0x78; // how packed files begin, and no JSON does

/* JSON, unpacked here unless the host has done so already. */
const unpacked = async (response) => {
  const packed = new Uint8Array(await response.arrayBuffer());
  if (packed[0] !== ZLIB) return JSON.parse(new TextDecoder().decode(packed));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
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

/* The names of the files of words that begin at these places in the alphabet: the CRC-32 of each
   beginning, or the next number that no other has; as in site/search/division.py. */
export const fileNames = (starts) => {
  const taken = new Set();
  for (const start of starts) {
    let code = -1;
    for (const byte of new TextEncoder().encode(start)) {
      code ^= byte;
      for (let bit = 0; bit < 8; bit += 1) code = (code >>> 1) ^ (code & 1 ? 0xedb88320 : 0);
    }
    code = ~code >>> 0;
    while (taken.has(code)) code = (code + 1) >>> 0;
    taken.add(code);
  }
  return [...taken].map((code) => code.toString(16).padStart(8, "0"));
};

const FIRST = 35; // the code points of numbers, as in site/search/packing.py
const BACKSLASH = 92;
const LAST_SURROGATE = 0xdfff;

/* A row of numbers that is written as characters. */
export const numbers = (text) =>
  Uint32Array.from(text, (character) => {
    const point = character.codePointAt(0);
    return point - FIRST - (point > BACKSLASH ? 1 : 0) - (point > LAST_SURROGATE ? 0x800 : 0);
  });
