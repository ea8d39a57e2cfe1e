// Looks for queries that break the search of a built site, guided by the code that they reach: `node fuzz/queries.mjs SECONDS SITE...`.
// In come sites and seconds of processor time, out go counts, and every query that throws, takes a second of it, answers differently when asked again or leads to no file of the site.
// The engine's own counters of blocks say what a query reached; a query that reached something new, or something much more often, is kept and varied.

import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [seconds, ...sites] = process.argv.slice(2);
if (!(Number(seconds) > 0) || sites.length === 0) throw new Error("node fuzz/queries.mjs SECONDS SITE...");

// The theme's modules, in a folder that says what they are.
const modules = mkdtempSync(join(tmpdir(), "certalog-queries-"));
cpSync(join(dirname(fileURLToPath(import.meta.url)), "../themes/default/static"), modules, { recursive: true });
writeFileSync(join(modules, "package.json"), '{ "type": "module" }');
const { Index, grouped } = await import(join(modules, "search.js"));

/** Numbers that look like chance and are the same each time. */
let state = 7n;
function below(limit) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(limit));
}
const of = (list) => list[below(list.length)];

/** What a query may be made of besides the words of a site. */
const PIECES = [
  "", " ", "  ", "\t", "\n", ".", "..", "-", "/", "%", "+", "*", "?", "(", "[a-z", "\\", "\"", "'", "<b>", "&amp;", "$&", "\0",
  "__proto__", "constructor", "toString", "hasOwnProperty", "1", "1.", "1.1", "1.1.1.1.1.1.1", "0", "-0", "NaN", "4.5", "v8", "８.０", "٣",
  "é", "e\u0301", "\u0301".repeat(40), "ß", "ẞ", "İ", "ı", "ﬁ", "Ǆ", "漢字", "한국", "한국", "ไทย", "עברית", "عربي", "\u200d", "\u202e", "😀", "👩‍👩‍👧", "\ud800", "\udc00", "\uffff",
  "a".repeat(300), "ab ".repeat(200), "zzzzzzzzzz", "x",
];

const load = (site) => async (path) => JSON.parse(readFileSync(join(site, path.split("?")[0]), "utf8"));
const indexes = await Promise.all(sites.map(async (site) => ({ site, index: await Index.open(load(site)) })));

/** Names and ids of the sites, of their first parts alone where the index is divided. */
async function namesOf({ site, index }) {
  const entries = index.all ?? [];
  const some = index.all ? [] : [(await load(site)("search/entries-0.json")).entries];
  const names = some.flatMap((part) => Object.values(part).flatMap(({ name, id }) => [...(name ?? []), ...(id ?? [])]));
  return [...entries.flatMap(({ name, id }) => [name, id]), ...names].filter((text) => typeof text === "string" && text);
}
const words = (await Promise.all(indexes.map(namesOf))).flat();

function vary(text) {
  const at = below(text.length + 1);
  const upTo = at + below(5);
  switch (below(7)) {
    case 0: return text.slice(0, at) + of(PIECES) + text.slice(at);
    case 1: return text.slice(0, at) + text.slice(upTo);
    case 2: return text.slice(0, at) + text.slice(at, upTo).repeat(1 + below(9)) + text.slice(upTo);
    case 3: return `${text} ${of(words)}`;
    case 4: return of(words).slice(0, at) + text.slice(at);
    case 5: return text.slice(0, at) + String.fromCharCode(below(0x10000)) + text.slice(upTo);
    default: return [...text].reverse().join("");
  }
}

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

const seen = new Set();
/** How much of what was reached since the last time had not been reached before. */
async function news() {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  let fresh = 0;
  for (const { url, functions } of result.filter(({ url }) => url.includes(modules))) {
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges.filter(({ count }) => count > 0)) {
        const key = `${url}:${startOffset}-${endOffset}:${Math.floor(Math.log2(count))}`;
        if (!seen.has(key)) fresh += 1;
        seen.add(key);
      }
    }
  }
  return fresh;
}

async function answers({ site, index }, text) {
  const { query, hits } = await index.find(text);
  const known = new Set(hits.map(({ entry }) => entry.address));
  const texts = await index.texts(query, known);
  grouped(hits);
  for (const { entry } of [...hits.slice(0, 20), ...texts.hits]) {
    const path = decodeURI(entry.address.split("#")[0]);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!existsSync(join(site, file))) throw new Error(`leads to ${entry.address}, which is no file`);
  }
  return JSON.stringify([...hits, ...texts.hits].map(({ entry }) => [entry.kind, entry.id, entry.address]));
}

/** Processor time of this program in milliseconds: what else the machine does is no fault of a query. */
const now = () => process.cpuUsage().user / 1000;

const kept = ["", ...PIECES, ...Array.from({ length: 40 }, () => of(words))];
const end = now() + Number(seconds) * 1000;
let asked = 0;
let finds = 0;
let slowest = [0, ""];
while (now() < end) {
  const text = asked < kept.length ? kept[asked] : vary(of(kept)).slice(0, 2000);
  asked += 1;
  for (const each of indexes) {
    const start = now();
    try {
      const first = await answers(each, text);
      const took = now() - start;
      if (took > slowest[0]) slowest = [took, text];
      if (took > 1000) throw new Error(`took ${Math.round(took)} ms`);
      if (asked % 16 === 0 && (await answers(each, text)) !== first) throw new Error("answers differently when asked again");
    } catch (error) {
      finds += 1;
      console.log(`${each.site}: ${JSON.stringify(text)}: ${error.stack ?? error}`);
    }
  }
  if ((await news()) > 0 && asked > kept.length) kept.push(text);
}
console.log(
  `${Math.round(now() / 1000)} s of processor time, ${asked} queries, ${kept.length} kept, ${seen.size} blocks and counts reached, ` +
    `slowest ${Math.round(slowest[0])} ms (${JSON.stringify(slowest[1].slice(0, 60))}), ${finds} finds`,
);
process.exitCode = finds > 0 ? 1 : 0;
