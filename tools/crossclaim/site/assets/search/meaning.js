/* What is near in meaning: for a common word, the words of the collection that are near it. */

import { fileNames, load, numbers } from "./store.js";
import { stretchOf } from "./wordlist.js";

const LEAST = { claims: 0.45, passages: 0.55 }; // cosines, as in site/search/near_words.py
const IN_TURN = 0.3; // what it counts that a claim's words are met, beside the query's

/* Words with a digit after each: 0 is just near enough. */
const nearList = (text, least) =>
  (text ? text.split(" ") : []).map((item) => [item.slice(0, -1), least + (Number(item.at(-1)) / 9.99) * (1 - least)]);

/* What is known of a common word: { own, claims, passages }, the first its form in the collection, the
   others lists of the words there that are near: [word, cosine]; null of a word that the vocabulary
   does not know. */
export const nearTo = async (index, form) => {
  if (!index.near.length) return null;
  index.nearFiles ??= fileNames(index.near);
  const lines = await load(`near-${index.nearFiles[stretchOf(index.near, form)]}`);
  const line = lines.find((each) => each.split("\t")[0].split(" ").includes(form));
  if (line === undefined) return null;
  const [, own = "", claims = "", passages = ""] = line.split("\t");
  return { own, claims: nearList(claims, LEAST.claims), passages: nearList(passages, LEAST.passages) };
};

/* Each claim's texts as lists of words, and how telling each word is of claims. */
const claimWords = async (index) => {
  if (!index.claimWords) {
    const [list, all] = await load("claim-words");
    const words = list.split(" ");
    const texts = all.map((of) => of.map((text) => Array.from(numbers(text), (number) => words[number])));
    const having = new Map();
    for (const of of texts) for (const word of new Set(of.flat())) having.set(word, (having.get(word) ?? 0) + 1);
    const telling = (word) => Math.log(1 + texts.length / (0.5 + (having.get(word) ?? 0)));
    index.claimWords = { texts, telling };
  }
  return index.claimWords;
};

/* How well a text of a claim answers words, of which each has words near it: { score, led }. What
   counts is the best for each word, and in turn for each of the text's own; `led` are the words
   that led to others, with those: [word, other]. */
const likeness = (asked, text, telling) => {
  let met = 0;
  let all = 0;
  const best = new Map();
  const led = [];
  for (const { form, near, weight } of asked) {
    let [to, most] = ["", 0];
    for (const word of text) {
      const cosine = near.get(word) ?? 0;
      if (cosine > most) [to, most] = [word, cosine];
      best.set(word, Math.max(best.get(word) ?? 0, cosine));
    }
    if (most > 0 && most < 1) led.push([form, to]);
    met += weight * most;
    all += weight;
  }
  let back = 0;
  let own = 0;
  for (const word of text) {
    back += telling(word) * (best.get(word) ?? 0);
    own += telling(word);
  }
  return { score: (1 - IN_TURN) * (met / all) + IN_TURN * (back / own), led };
};

const best = (all) => all.reduce((one, other) => (other.score > one.score ? other : one), { score: 0, led: [] });

/* How like the query each claim is, by its best text: { score, led }, the score from 0 to 1. */
export const likenessOfClaims = async (index, forms) => {
  const { texts, telling } = await claimWords(index);
  const asked = await Promise.all(
    forms.map(async (form) => {
      const known = await nearTo(index, form);
      const own = known?.own || form;
      return { form, near: new Map([...(known?.claims ?? []), [own, 1]]), weight: telling(own) };
    }),
  );
  return texts.map((of) => best(of.map((text) => likeness(asked, text, telling))));
};
