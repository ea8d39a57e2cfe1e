// How texts are spelled for search: the counterpart of src/search/spelling.rs, held to the same table of cases.
// In come texts, out go folded texts, words and the keys of ids. Nothing here depends on a language or touches a page.

const LONGEST_WORD = 40;
const LETTERS = new Map(Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ς: "σ", "’": "'" }));
const DROPPED =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SPECIAL = /[ßæœøłđðþħıς’]/g;
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
// A run without spaces; else a word, in which a full stop may stand between digits.
const RUNS = new RegExp(
  `(?<run>(?:(?=${UNSPACED.source})[\\p{Alphabetic}\\p{N}\\p{M}])+)|(?<word>(?:(?!${UNSPACED.source})[\\p{Alphabetic}\\p{N}\\p{M}]|(?<=[0-9])\\.(?=[0-9]))+)`,
  "gu",
);

/** A text without case, compatibility forms, diacritics and invisible characters. */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(DROPPED, "")
    .replace(SPECIAL, (letter) => LETTERS.get(letter))
    .normalize("NFC");

/** The words of a folded text in their order. */
export function words(folded) {
  const found = [];
  for (const { 0: text, index, groups } of folded.matchAll(RUNS)) {
    const letters = [...text];
    if (groups.run && letters.length > 1) {
      for (let at = 1; at < letters.length; at += 1) found.push(letters[at - 1] + letters[at]);
    } else if (groups.run || letters.length > 1 || !(folded[index - 1] === "'" || folded[index + text.length] === "'")) {
      found.push(letters.slice(0, LONGEST_WORD).join(""));
    }
  }
  return found;
}

/** What an id is compared by: one space for each run of what separates its parts. */
export const idKey = (folded) => folded.split(/[\s._\-/:]+/u).filter(Boolean).join(" ");

/** The key that a name would have as a record's id. */
export const slug = (name) => name.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join("-");

/** Whether one slip makes one word of the other: a letter too many, too few, wrong, or two neighbours exchanged. */
export function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let [left, right] = [a.length, b.length];
  while (left > start && right > start && a[left - 1] === b[right - 1]) [left, right] = [left - 1, right - 1];
  const [one, other] = [a.slice(start, left), b.slice(start, right)];
  if (one.length <= 1 && other.length <= 1) return one !== other || one === "";
  return one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0];
}
