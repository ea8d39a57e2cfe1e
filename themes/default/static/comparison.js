// What certifications say of the same elements, as data. In come two to four certifications, out go lines, words and sums.
// Nothing here touches a page; scores are whole numbers of their smallest step, never floats.

import { counted as ofForms, decimal as said, fill, isOne, number, words as all } from "./words.js";

const words = all.compare;

/** The groups of lines in their order; from ONE on, one a certification. */
export const [BOTH, SOME, ONE, NEITHER] = [0, 1, 2, 9];

export const counted = (count, noun) => fill(words.named, { count: number(count), name: isOne(count) ? noun.one : noun.many });
export const list = (things) => [things.slice(0, -1).join(words.comma), ...things.slice(-1)].filter(Boolean).join(words.last);
const count = (values) => new Set(values).size;

/** How many digits stand after the point. */
const places = (decimal) => (decimal.split(".")[1] ?? "").length;
/** A decimal as a whole number of 1/10^at. */
export const units = (decimal, at) => BigInt(decimal.replace(".", "") + "0".repeat(at - places(decimal)));

/** And back, with `least` digits after the point or as many as it needs. */
export function decimal(value, at, least) {
  const digits = String(value < 0n ? -value : value).padStart(at + 1, "0");
  const [whole, fraction] = [digits.slice(0, digits.length - at), digits.slice(digits.length - at)];
  const needed = Math.max(least, fraction.replace(/0+$/, "").length);
  return (value < 0n ? "-" : "") + whole + (needed ? `.${fraction.slice(0, needed)}` : "");
}

/** A mean to `to` digits, halves away from zero. */
export function mean(values, at, to) {
  const sum = values.reduce((all, value) => all + value, 0n);
  const [above, below] = [2n * (sum < 0n ? -sum : sum) * 10n ** BigInt(to), 2n * BigInt(values.length) * 10n ** BigInt(at)];
  const rounded = (above + below / 2n) / below;
  return decimal(sum < 0n ? -rounded : rounded, to, to);
}

export const isAssessed = (row) => row?.kind === "score" || row?.kind === "rating";
const covers = (row) => isAssessed(row) || (row?.kind === "coverage" && row.coverage.submitted > 0);
export const coverage = (row) => row.coverage && fill(words.of, row.coverage);

/** Certifications side by side. */
export class Comparison {
  constructor(sides) {
    this.sides = sides;
    this.all = [...sides.keys()];
    this.noun = sides[0].framework.noun;
    this.isPair = sides.length === 2;
    const ways = [(side) => side.organization.name, (side) => side.title, (side) => side.id];
    this.labels = sides.map(ways.find((way) => count(sides.map(way)) === sides.length));
    this.at = Math.max(0, ...sides.flatMap((side) => side.rows.map((row) => places(row.score ?? ""))));
    this.step = places(sides[0].scale?.step ?? "");
    this.hasOneScale = this.isOneScale(this.all);
    this.join();
    // Summary rows would count an element twice.
    const counts = (row) => isAssessed(row) && !row.summary;
    this.common = this.lines.filter((line) => this.all.every((index) => counts(line.rows[index])));
  }

  isOneScale(indexes) {
    const scale = ({ framework, scale }) => scale && JSON.stringify([framework.id, scale.id]);
    const scales = indexes.map((index) => scale(this.sides[index]));
    return scales[0] !== null && count(scales) === 1;
  }

  /** One line an element, whatever it is called in each release: differences first, the larger the earlier. */
  join() {
    const lines = new Map();
    for (const index of this.all) {
      const { framework, rows } = this.sides[index];
      for (const row of rows) {
        if (row.repeated) continue;
        const key = `${framework.id}/${row.element.key}`;
        if (!lines.has(key)) {
          const domain = framework.domains.find((one) => one.id === row.element.domain);
          lines.set(key, { ...row.element, framework, domain, rows: [], reasons: [] });
        }
        const line = lines.get(key);
        if ((line.rows[index]?.kind ?? "coverage") === "coverage") line.rows[index] = row;
      }
    }
    this.lines = [...lines.values()];
    for (const line of this.lines) {
      line.covering = this.all.filter((index) => covers(line.rows[index]));
      const found = line.covering.length;
      line.group = found === this.all.length ? BOTH : found > 1 ? SOME : found ? ONE + line.covering[0] : NEITHER;
      [line.words, line.by] = this.difference(line);
      line.isOne = found > 0 && line.words !== words.same;
      for (const index of this.all) line.reasons[index] = line.rows[index] ? "" : this.reason(line, this.sides[index]);
    }
    const key = (line) => [line.group, -line.by, !line.isOne, line.order];
    this.lines.sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      const at = left.findIndex((part, index) => part !== right[index]);
      return at < 0 ? 0 : left[at] < right[at] ? -1 : 1;
    });
  }

  /** Why a certification has no row for an element. */
  reason(line, { framework, release }) {
    if (line.framework.id !== framework.id) return words.other_framework;
    const at = (version) => framework.releases.indexOf(version);
    const state = line.states.filter((one) => at(one.from) <= at(release)).pop();
    if (state?.id) return words.in_scope;
    const reasons = { withdrawn: words.withdrawn, untraced: words.not_traced };
    return fill(reasons[state?.absence] ?? words.not_known, { release });
  }

  /** How those who cover an element differ: in words, and by how much where that is a number. */
  difference({ covering, rows }) {
    if (covering.length === 0) return [this.isPair ? words.neither : words.none_of_them, 0n];
    if (covering.length === 1) return [fill(words.only, { label: this.labels[covering[0]] }), 0n];
    const [difference, by] = this.among(covering, rows);
    if (covering.length === this.all.length) return [difference, by];
    const labels = list(this.labels.filter((_, index) => !covering.includes(index)));
    return [fill(difference === words.same ? words.lacking : words.lacking_and, { labels, difference }), by];
  }

  among(indexes, rows) {
    const told = (difference, of) => [count(indexes.map((index) => of(rows[index]))) === 1 ? words.same : difference, 0n];
    const of = (kind) => indexes.filter((index) => rows[index].kind === kind);
    const stated = of("coverage");
    if (stated.length === indexes.length) return told(words.coverage, coverage);
    if (stated.length) return [fill(words.coverage_only, { labels: list(stated.map((index) => this.labels[index])) }), 0n];
    const isScored = of("score").length === indexes.length;
    if (!this.isOneScale(indexes) || !(isScored || of("rating").length === indexes.length)) return [words.scales, 0n];
    if (!isScored) return told(words.rating, (row) => row.rating?.label);
    const values = indexes.map((index) => units(rows[index].score, this.at));
    const sorted = [...values].sort((a, b) => (a < b ? 1 : -1));
    const by = sorted[0] - sorted[sorted.length - 1];
    if (by === 0n) return [words.same, by];
    const first = this.labels[indexes[values.indexOf(sorted[0])]];
    const points = said(decimal(by, this.at, this.step));
    if (indexes.length === 2) return [fill(words.higher, { label: first, points }), by];
    return [fill(sorted[0] > sorted[1] ? words.apart_highest : words.apart, { points, label: first }), by];
  }

  lead() {
    const side = ({ totals }, index) =>
      fill(index ? words.other_side : words.first_side, { label: this.labels[index], count: number(totals.assessed) });
    const { length } = this.common;
    const values = { elements: counted(length, this.noun), sides: list(this.sides.map(side)) };
    return ofForms(this.isPair ? words.lead_both : words.lead_all, length, values);
  }

  /** What keeps the certifications from being compared number by number. */
  notes() {
    const notes = [];
    const releases = [...new Set(this.sides.map((side) => side.release))];
    if (count(this.sides.map((side) => side.framework.id)) > 1) {
      notes.push(words.unlike_frameworks);
    } else if (releases.length > 1) {
      notes.push(fill(words.unlike_releases, { releases: list(releases), element: this.noun.one }));
    }
    if (!this.hasOneScale) {
      notes.push(words.unlike_scales_note);
    }
    for (const release of releases) {
      const reason = fill(words.not_traced, { release });
      const lost = this.lines.filter((line) => line.reasons.includes(reason)).length;
      if (lost) notes.push(ofForms(words.untraced, lost, { elements: counted(lost, this.noun), release }));
    }
    return notes;
  }

  groupWords(group) {
    if (group === BOTH) return this.isPair ? words.cover_both : words.cover_all;
    if (group === SOME) return words.cover_some;
    if (group === NEITHER) return this.isPair ? words.cover_neither : words.cover_none;
    return fill(words.cover_only, { label: this.labels[group - ONE] });
  }
}

/** The lines as CSV. A spreadsheet runs a text that starts like a formula; an apostrophe keeps it a text. */
export function csv({ labels, all }, lines) {
  const field = (value) => {
    const text = String(value ?? "");
    // As in cells.js, which pages with this script do without: a spreadsheet may separate fields by semicolons.
    const isNumber = /^-?\d+(\.\d+)?$/.test(text);
    const safe = isNumber ? text : text.replace(/(^|;)(?=[=+\-@\t\r\n\0＝＋－＠])/g, "$1'");
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const heads = labels.flatMap((label) => [words.csv_id, words.csv_score, words.csv_result, words.csv_coverage].map((of) => fill(of, { label })));
  const rows = lines.map((line) => [
    line.key,
    line.id,
    line.name,
    line.domain?.name,
    ...all.flatMap((index) => {
      const said = line.rows[index];
      const result = said?.outcome?.words ?? said?.rating?.label ?? line.reasons[index];
      return [said?.id, said?.score, result, said && coverage(said)];
    }),
    line.words,
  ]);
  rows.unshift([words.key, words.id, words.name, words.domain, ...heads, words.difference]);
  return `\ufeff${rows.map((fields) => `${fields.map(field).join(",")}\r\n`).join("")}`;
}
