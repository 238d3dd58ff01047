/* A text as the words of the search: the same rule as search/words.py, which says why. */

const UNSPACED =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}" +
  "\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc\\uff70]";
const UNSEEN = "\\u00ad\\u200b-\\u200d\\u2060";
const PART = new RegExp(`${UNSPACED}\\p{M}*|(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}${UNSEEN}])+`, "gu");
const ALONE = new RegExp(`^${UNSPACED}`, "u");
const JOINERS = "-‐‑'’ʼ＇";
const MARKS =
  "\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7" +
  "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670";
const DROPPED = new RegExp(`[${MARKS}${UNSEEN}]`, "gu");
const OTHERWISE = { ß: "ss", ς: "σ", ı: "i", œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d" };
const APART = new RegExp(`[${Object.keys(OTHERWISE).join("")}]`, "gu");

/* Begins the form of an abbreviation, as in language/abbreviations.py. */
export const SIGN = "=";

export const fold = (word) =>
  word
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(DROPPED, "")
    .replace(APART, (letter) => OTHERWISE[letter]);

/* Whether a word is a letter of a script that sets no spaces. */
export const unspaced = (word) => ALONE.test(word);

/* The text's words, each a list of its parts: { form, start, end }. */
export const compounds = (text) => {
  const found = [];
  let end = -2;
  for (const { 0: word, index } of text.matchAll(PART)) {
    const part = { form: fold(word), start: index, end: index + word.length };
    if (index - end === 1 && JOINERS.includes(text[end])) found.at(-1).push(part);
    else found.push([part]);
    end = part.end;
  }
  return found;
};

/* The form of a whole compound: “frontline” for “front-line”. */
export const whole = (parts) => parts.map((part) => part.form).join("");
