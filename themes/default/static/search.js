// The search: entries by id and name, then the full text. In come what a reader types and the files of the index, out go hits in order.
// Nothing here touches a page or knows how files are fetched; docs/data.md says what the index is.

import { fold, idKey, isNear, slug, words } from "./spelling.js";

/** The kinds of entries in the order that numbers them, each with the group in which it is shown. */
const KINDS = new Map([
  ["element", "elements"],
  ["certification", "certifications"],
  ["mapping", "certifications"],
  ["organization", "organizations"],
  ["framework", "frameworks"],
  ["release", "frameworks"],
  ["crosswalk", "frameworks"],
  ["page", "pages"],
  ["notice", "pages"],
  ["step", "steps"],
]);
const ORDER = [...KINDS.keys()];
/** How well something answers, the best first. */
const [EXACT_ID, ID_PREFIX, EXACT_NAME, NAME_PREFIX, ALL_WORDS, NEARLY] = [0, 1, 2, 3, 4, 5];
/** How well a word answers another. */
const [SAME, BEGINS, NEAR, NOT] = [0, 1, 2, 9];
/** With fewer hits than this, slips are looked for too. */
const FEW = 5;
/** A slip is forgiven in words of so many letters. */
const FORGIVEN = 4;
/** No query fetches more parts than this, of entries or of texts for one word. */
const [PARTS, SHARDS] = [6, 4];
const EXPANSIONS = 40;
const END = "\uffff";

const collator = new Intl.Collator("en", { numeric: true });
const count = (list, is) => list.reduce((all, one) => all + is(one), 0);

/** What a reader asked for. */
class Query {
  constructor(text) {
    this.text = fold(text).trim().replace(/\s+/g, " ");
    this.words = [...new Set(words(this.text))];
    this.key = idKey(this.text);
    this.grades = this.words.map(() => new Map());
  }

  get isEmpty() {
    return this.words.length === 0 && this.key === "";
  }

  /** How well a word answers the word asked for. */
  grade(at, word) {
    const known = this.grades[at];
    if (!known.has(word)) {
      const asked = this.words[at];
      // A number with another digit is another number.
      const isForgiven = asked.length >= FORGIVEN && word.length >= FORGIVEN - 1 && !/\p{N}/u.test(asked + word);
      const grade = word === asked ? SAME : word.startsWith(asked) ? BEGINS : isForgiven && isNear(asked, word) ? NEAR : NOT;
      known.set(word, grade);
    }
    return known.get(word);
  }

  best(at, list) {
    return list.reduce((best, word) => Math.min(best, this.grade(at, word)), NOT);
  }
}

/** A list of what held since when, from its flat form: release or -1, text or 0, and so on. */
function spans(cell) {
  if (cell === undefined || cell === 0) return [];
  if (!Array.isArray(cell)) return [{ text: cell, from: 0, to: null }];
  const found = [];
  for (let at = 0; at < cell.length; at += 2) {
    const to = at + 2 < cell.length ? Math.max(cell[at + 2] - 1, -1) : null;
    if (cell[at + 1] !== 0) found.push({ text: cell[at + 1], from: cell[at], to });
  }
  return found;
}

/** Something that can be found. */
class Entry {
  constructor(kind, group, at, frameworks) {
    this.kind = kind;
    this.group = KINDS.get(kind);
    this.name = group.name[at];
    this.key = group.key?.[at] || slug(this.name);
    this.ids = spans(group.ids?.[at]).map((id) => ({ ...id, key: idKey(fold(id.text)) }));
    this.of = group.of?.[at] || "";
    const isOfFramework = !["organization", "crosswalk", "page", "notice"].includes(kind);
    this.framework = isOfFramework ? frameworks[group.framework?.[at] ?? 0] : null;
    const last = this.ids[this.ids.length - 1];
    this.id = last?.text ?? "";
    // An element stands in a release; what is about one release names it.
    this.release = kind === "element" ? (last?.to ?? this.framework.releases.length - 1) : (group.release?.[at] ?? 0);
    this.address = this.#address();
    const names = spans(group.names?.[at]).filter(({ text }) => text !== this.name);
    this.folded = fold(this.name);
    this.words = words(this.folded);
    this.others = names.map((name) => ({ ...name, folded: fold(name.text) }));
    const owner = kind === "step" ? "" : this.of;
    this.otherWords = [...this.others.map((name) => name.folded), fold(owner)].flatMap(words);
    this.around = words(fold([this.#around(), kind === "step" ? this.of : ""].join(" ")));
  }

  get version() {
    return this.framework?.releases[this.release]?.[0] ?? "";
  }

  #around() {
    if (!this.framework) return "";
    const { name, short, one, many } = this.framework;
    return this.kind === "element" ? `${name} ${short} ${one} ${many}` : `${name} ${short} ${this.version}`;
  }

  #address() {
    const { kind, key } = this;
    const mapping = `certifications/${key}/mapping/`;
    if (kind === "element") return `${this.framework.elements}${key}/`;
    if (kind === "certification") return `certifications/${key}/`;
    if (kind === "mapping") return mapping;
    if (kind === "step") return `${mapping}#${encodeURIComponent(`s-${this.id.replace(/[\t\n\f\r ]/g, "\u00a0")}`)}`;
    if (kind === "release") return this.framework.releases[this.release][1];
    return { organization: "organizations/", framework: "frameworks/", crosswalk: "crosswalks/", notice: "notices/", page: "" }[kind] + key + "/";
  }

  /** How this answers a query: tier, what decides within it, and which of its ids or names did. */
  answer(query, isForgiving) {
    const answers = [...this.#byId(query), ...this.#byName(query), ...this.#byWords(query, isForgiving)];
    return answers.sort((a, b) => a.tier - b.tier || a.minor - b.minor)[0];
  }

  *#byId({ key, text }) {
    if (key === "") return;
    if (this.kind !== "element" && this.kind !== "step" && this.key === text) yield { tier: EXACT_ID, minor: 0 };
    const newest = (this.framework?.releases.length ?? 1) - 1;
    for (const id of this.ids) {
      // How many releases ago it held last; longer than that where nobody knows.
      const age = newest - (id.to ?? newest);
      const isFormer = id.to !== null;
      if (id.key === key) yield { tier: EXACT_ID, minor: age, id };
      else if (key.length > 1 && id.key.startsWith(key)) {
        yield { tier: ID_PREFIX, minor: (id.key[key.length] === " " ? 0 : 1) + (isFormer ? 2 : 0), id };
      }
    }
  }

  *#byName({ text }) {
    const all = [{ folded: this.folded }, ...this.others.map((name) => ({ folded: name.folded, name }))];
    for (const { folded, name } of all) {
      const other = name ? 2 : 0;
      if (folded === "" || text === "") continue;
      if (folded === text) yield { tier: EXACT_NAME, minor: other, name };
      else if (folded.startsWith(text)) yield { tier: NAME_PREFIX, minor: other + (words(folded)[0] && /[\p{L}\p{N}]/u.test(folded[text.length]) ? 1 : 0), name };
    }
  }

  *#byWords(query, isForgiving) {
    let [minor, near, own] = [0, 0, 0];
    for (const at of query.words.keys()) {
      const here = query.best(at, this.words);
      const other = here === SAME ? NOT : query.best(at, this.otherWords);
      const around = Math.min(here, other) === SAME ? NOT : query.best(at, this.around);
      // A slip in the name of what is around would make everything answer.
      const grade = Math.min(here, other, around === NEAR ? NOT : around);
      if (grade === NOT || (grade === NEAR && !isForgiving)) return;
      if (grade === NEAR) near += 1;
      if (Math.min(here, other) === grade) own += 1;
      minor += grade === SAME ? 0 : 1;
      if (here !== grade) minor += other === grade ? 3 : 2;
    }
    if (own > 0) yield { tier: near ? NEARLY : ALL_WORDS, minor: minor + 4 * Math.max(0, near - 1), name: this.#told(query) };
  }

  /** The other name that answers a query best, where the name that pages show answers it worse. */
  #told(query) {
    const answered = (list) => count([...query.words.keys()], (at) => query.best(at, list) !== NOT);
    const here = answered(this.words);
    return this.others.find((name) => answered(words(name.folded)) > here);
  }
}

const entriesOf = (part, frameworks) =>
  ORDER.flatMap((kind) => (part[kind]?.name ?? []).map((_, at) => new Entry(kind, part[kind], at, frameworks)));

/** Hits in order: the better first, then by kind, then those with less besides what was asked for. */
const inOrder = (a, b) =>
  a.tier - b.tier ||
  a.minor - b.minor ||
  (a.tier === ID_PREFIX ? collator.compare(a.id.text, b.id.text) : 0) ||
  ORDER.indexOf(a.entry.kind) - ORDER.indexOf(b.entry.kind) ||
  a.entry.words.length - b.entry.words.length ||
  collator.compare(a.entry.id, b.entry.id) ||
  collator.compare(a.entry.name, b.entry.name) ||
  collator.compare(a.entry.address, b.entry.address);

/** The index of a site. */
export class Index {
  #parts = new Map();

  /** `load` gives the JSON at a path below the site's root. */
  static async open(load) {
    const index = new Index();
    index.load = load;
    index.directory = await load("search/index.json");
    const { entries, frameworks } = index.directory;
    index.frameworks = frameworks;
    index.all = entries && entriesOf(entries, frameworks);
    return index;
  }

  /** A part, fetched once; what belongs to another build is refused. */
  #part(kind, number) {
    const { stamp } = this.directory;
    const path = `search/${kind}-${number}.json`;
    if (!this.#parts.has(path)) {
      const part = this.load(`${path}?${stamp}`).then((part) => {
        if (part.stamp !== stamp) throw new Error("the search index was replaced");
        return part;
      });
      // What failed may be tried again.
      part.catch(() => this.#parts.delete(path));
      this.#parts.set(path, part);
    }
    return this.#parts.get(path);
  }

  async #entries(kind, number) {
    const part = await this.#part(kind, number);
    part.made ??= entriesOf(part.entries, this.frameworks);
    return part.made;
  }

  /** The entries that may answer a query; `words` are what it is looked for by. */
  async #gather(keys, gathered) {
    const { parts } = this.directory;
    const under = (first, last) => [...parts.keys()].filter((at) => parts[at][1] >= first && parts[at][0] <= last);
    const wanted = keys.map((key) => {
      const beginning = under(key, key + END);
      // One or two letters begin too many words to fetch them all.
      return key.length > 2 || beginning.length <= 2 ? beginning : under(key, key);
    });
    // The rarer a word, the more it tells.
    const all = [...new Set(wanted.sort((a, b) => a.length - b.length).flat())];
    if (all.length > PARTS) gathered.isPartial = true;
    const lists = await Promise.all(all.slice(0, PARTS).map((at) => this.#entries("names", at)));
    for (const entry of lists.flat()) gathered.entries.set(entry.address + entry.id, entry);
  }

  /** The words of entries that differ from a word by one slip. */
  async #near(word) {
    const around = [word.length - 1, word.length, word.length + 1];
    const lengths = this.directory.lengths.filter((length) => around.includes(length));
    const lists = await Promise.all(lengths.map((length) => this.#part("words", length)));
    return lists.flatMap((list) => list.words).filter((known) => isNear(word, known));
  }

  /** What has the ids and names that were asked for: hits in order. */
  async find(text) {
    const query = new Query(text);
    const gathered = { entries: new Map(), isPartial: false };
    const answers = (isForgiving) => {
      const hits = [];
      for (const entry of this.all ?? gathered.entries.values()) {
        const answer = entry.answer(query, isForgiving);
        if (answer) hits.push({ entry, ...answer });
      }
      return hits.sort(inOrder);
    };
    if (query.isEmpty) return { query, hits: [], isPartial: false };
    if (!this.all) await this.#gather([...new Set([...query.words, query.key].filter(Boolean))], gathered);
    let hits = answers(false);
    if (hits.length < FEW) {
      if (!this.all) {
        const long = query.words.filter((word) => word.length >= FORGIVEN && !/\p{N}/u.test(word));
        const near = (await Promise.all(long.map((word) => this.#near(word)))).flat();
        await this.#gather(near.slice(0, PARTS), gathered);
      }
      hits = answers(true);
    }
    return { query, hits, isPartial: gathered.isPartial };
  }

  /** The pages on which a word stands, with how much it tells there: the word itself, words that it begins, else its neighbours. */
  async #pages(query, at) {
    const word = query.words[at];
    const { text, count: all } = this.directory;
    const isShort = word.length < 3 && !/[^\x00-\x7f]/.test(word);
    const last = isShort ? word : word + END;
    const under = [...text.keys()].filter((shard) => text[shard] <= last && (text[shard + 1] ?? END) >= word);
    const shards = await Promise.all(under.slice(0, SHARDS).map((shard) => this.#part("text", shard)));
    const found = [];
    for (const shard of shards) {
      for (const [place, known] of shard.words.entries()) {
        const grade = query.grade(at, known);
        if (grade === SAME || (grade === BEGINS && !isShort) || grade === NEAR) found.push({ known, grade, shard, place });
      }
    }
    found.sort((a, b) => a.grade - b.grade || a.known.length - b.known.length || (a.known < b.known ? -1 : 1));
    const isKnown = found.some(({ grade }) => grade !== NEAR);
    const pages = new Map();
    let isCut = false;
    for (const { grade, shard, place } of found.filter(({ grade }) => !isKnown || grade !== NEAR).slice(0, EXPANSIONS)) {
      const list = shard.pages[place];
      const total = shard.totals?.[place] || list.length;
      isCut ||= total > list.length;
      const worth = Math.log(1 + all / total) / (1 + grade);
      let page = 0;
      for (const number of list) {
        page += number >> 2;
        pages.set(page, Math.max(pages.get(page) ?? 0, worth * (1 + (number & 3))));
      }
    }
    return { pages, isCut };
  }

  async #numbered(number) {
    if (this.all) return this.all[number];
    const { numbered } = this.directory;
    return (await this.#entries("entries", Math.floor(number / numbered)))[number % numbered];
  }

  /** The pages whose text has all words of a query, the likelier first; `known` are the addresses of hits that are shown already. */
  async texts(query, known = new Set(), limit = 20) {
    if (query.words.length === 0) return { hits: [], total: 0 };
    const lists = await Promise.all(query.words.map((_, at) => this.#pages(query, at)));
    // A list that is cut proves nothing by what it lacks, as long as another can.
    const whole = lists.filter(({ isCut }) => !isCut);
    const needed = whole.length ? whole : lists;
    const smallest = needed.reduce((least, list) => (list.pages.size < least.pages.size ? list : least));
    const hits = [];
    for (const page of smallest.pages.keys()) {
      if (!needed.every(({ pages }) => pages.has(page))) continue;
      hits.push([page, lists.reduce((sum, { pages }) => sum + (pages.get(page) ?? 0), 0)]);
    }
    hits.sort(([a, left], [b, right]) => right - left || a - b);
    const found = await Promise.all(hits.slice(0, limit + known.size).map(([page]) => this.#numbered(page)));
    const unknown = found.filter((entry) => !known.has(entry.address));
    const shown = unknown.slice(0, limit).map((entry) => ({ entry, isText: true }));
    return { hits: shown, total: hits.length - (found.length - unknown.length) };
  }
}

/** Hits by group, the group of the best hit first. Elements are grouped by what their frameworks call them. */
export function grouped(hits) {
  const groups = new Map();
  for (const hit of hits) {
    const id = hit.entry.kind === "element" ? `elements:${hit.entry.framework.many}` : hit.entry.group;
    if (!groups.has(id)) groups.set(id, { id, title: hit.entry.kind === "element" ? hit.entry.framework.many : "", kind: hit.entry.group, hits: [] });
    groups.get(id).hits.push(hit);
  }
  return [...groups.values()];
}
