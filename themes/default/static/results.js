// What the search found, as parts of a page. In come hits, out go nodes: texts become text nodes and nothing else.
// The index of a site is opened here, once for a page, when somebody first searches.

import { counted, fill, words } from "./words.js";

const EXCERPT = 150;
const BLOCKS = "p, li, td, th, dd, dt, blockquote, figcaption, h2, h3, h4";

/** An element with attributes and children; what is empty is left out. */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const key in attributes) if (attributes[key] !== undefined) node.setAttribute(key, attributes[key]);
  node.append(...children.flat(2).filter(Boolean));
  return node;
}

const bdi = (text) => h("bdi", {}, text);
const opened = new Map();
/** What looks things up, fetched with the index: a page on which nobody searches needs neither. */
let lookup;
let spelling;
let cache = "default";

/** The index of the site at a root. What failed, or belonged to another build, is fetched anew the next time. */
export function indexOf(root) {
  if (!opened.has(root)) {
    const mode = cache;
    const load = async (path) => {
      const response = await fetch(root + path, { cache: mode });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return response.json();
    };
    const open = async () => {
      [lookup, spelling] = await Promise.all([import("./search.js"), import("./spelling.js")]);
      return lookup.Index.open(load);
    };
    opened.set(root, open());
  }
  return opened.get(root);
}

/** Everything that answers a text: groups in order, and the words of the texts apart, since they take longer. */
export async function search(root, text, limit) {
  try {
    const index = await indexOf(root);
    const { query, hits, isPartial } = await index.find(text);
    const texts = index.texts(query, new Set(hits.map(({ entry }) => entry.address)), limit).catch(() => ({ hits: [], total: 0 }));
    return { query, groups: lookup.grouped(hits), total: hits.length, isPartial, texts };
  } catch (error) {
    opened.delete(root);
    cache = "reload";
    throw error;
  }
}

/** What a group is called. */
export const groupWords = ({ kind, title }) => (title ? title[0].toUpperCase() + title.slice(1) : words.search[kind]);

export const totalWords = (total, isPartial) => (isPartial ? fill(words.search.at_least, { count: total }) : counted(words.search.results, total));

/** The releases from one to another. */
function releases({ releases: all }, from, to) {
  const [first, last] = [all[Math.max(from, 0)][0], all[to ?? all.length - 1][0]];
  return first === last ? first : fill(words.search.range, { first, last });
}

/** Why an entry was found under an id or a name that it does not have any more. */
function* reasons({ entry, id, name }) {
  if (id && id.text !== entry.id) {
    const isGone = entry.ids[entry.ids.length - 1].to !== null;
    if (id.from < 0) yield fill(words.search.formerly, { id: id.text });
    else yield fill(isGone ? words.search.was_in : words.search.formerly_in, { id: id.text, releases: releases(entry.framework, id.from, id.to) });
  }
  if (!name) return;
  if (name.from < 0 || entry.kind !== "element") yield fill(words.search.called, { name: name.text });
  else yield fill(words.search.called_in, { name: name.text, releases: releases(entry.framework, name.from, name.to) });
}

/** What there is to know of an entry in one line. */
function note({ entry }) {
  const release = entry.framework ? `${entry.framework.short} ${entry.version}` : "";
  const known = {
    element: [release],
    certification: [entry.of, release],
    mapping: [words.search.mapping, entry.of, release],
    step: [entry.of],
  };
  return known[entry.kind] ?? [words.search[entry.kind]];
}

/** What a hit says below its name: where it belongs, and why it was found. */
const notes = (hit) => h("small", {}, [...note(hit), ...reasons(hit)].filter(Boolean).flatMap((words, at) => [at > 0 && " · ", bdi(words)]));

const idOf = ({ entry }) => entry.id && h("span", { class: "id" }, entry.id);

/** A hit as the content of an option. */
export const option = (hit) => [h("span", {}, idOf(hit), " ", bdi(hit.entry.name)), notes(hit)];

/** A hit as a line of a list, with the link in it; what has no name is linked by its id. */
export function line(root, hit, room) {
  const { name, address } = hit.entry;
  const link = h("a", { href: root + address }, name ? bdi(name) : idOf(hit));
  return { link, item: h("li", {}, name && [idOf(hit), " "], link, notes(hit), room) };
}

/** A text with the words marked that answer a query, cut to what stands around the first of them. */
function marked(text, query) {
  const spans = [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:\.[0-9]+)*/gu)].map((token) => ({
    start: token.index,
    end: token.index + token[0].length,
    is: spelling.words(spelling.fold(token[0])).some((word) => query.words.some((_, at) => query.grade(at, word) < 2)),
  }));
  const first = spans.find(({ is }) => is)?.start ?? 0;
  const from = spans.findLast(({ start }) => start <= Math.max(0, first - EXCERPT / 3))?.start ?? 0;
  const to = spans.find(({ end }) => end >= from + EXCERPT)?.end ?? text.length;
  const nodes = [from > 0 && "… "];
  let done = from;
  for (const { start, end } of spans.filter(({ is, start, end }) => is && start >= from && end <= to)) {
    nodes.push(text.slice(done, start), h("mark", {}, text.slice(start, end)));
    done = end;
  }
  return [...nodes, text.slice(done, to), to < text.length && " …"];
}

/** How many words of a query a text has. */
const answers = (text, query) => {
  const found = spelling.words(spelling.fold(text));
  return query.words.filter((_, at) => found.some((word) => query.grade(at, word) < 2)).length;
};

const pages = new Map();

/** A page as its author wrote it, fetched once and read, never shown. */
function pageAt(address) {
  if (!pages.has(address)) {
    const page = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return new DOMParser().parseFromString(await response.text(), "text/html");
    });
    page.catch(() => pages.delete(address));
    pages.set(address, page);
  }
  return pages.get(address);
}

/** The passage of a page that answers a query best: its words, and the place of it. */
export async function passage(root, { entry }, query) {
  const page = await pageAt(root + entry.address);
  let [best, most] = [null, 0];
  for (const block of page.querySelectorAll(BLOCKS)) {
    if (!block.closest("main") || block.closest("nav") || block.querySelector(BLOCKS)) continue;
    const text = block.textContent;
    const found = answers(text, query);
    // Of two that answer alike, the one that says more.
    const worth = found && found + Math.min(text.length, EXCERPT) / (EXCERPT + 1);
    if (worth > most) [best, most] = [block, worth];
  }
  if (!best) return { nodes: [], fragment: "" };
  const place = best.closest("[id]");
  const isPlace = place && !["main", "body"].includes(place.localName);
  return {
    nodes: marked(best.textContent.replace(/\s+/g, " ").trim(), query),
    fragment: isPlace ? `#${encodeURIComponent(place.id)}` : "",
  };
}

/** Fills in the passages of text hits, one page after the other, as long as they are wanted. */
export async function fillPassages(root, shown, query, isWanted) {
  for (const { hit, link, room } of shown) {
    if (!isWanted()) return;
    try {
      const { nodes, fragment } = await passage(root, hit, query);
      room.replaceChildren(...nodes.filter(Boolean));
      link.href = root + hit.entry.address + fragment;
    } catch {
      // The hit stands without a passage.
    }
  }
}
