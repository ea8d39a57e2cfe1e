// What certifications say of the same elements, as data. In come two to four certifications, out go lines, words and sums.
// Nothing here touches a page; scores are whole numbers of their smallest step, never floats.

/** The groups of lines in their order; from ONE on, one a certification. */
export const [BOTH, SOME, ONE, NEITHER] = [0, 1, 2, 9];

export const counted = (count, noun) => `${count} ${count === 1 ? noun.one : noun.many}`;
export const list = (words) => [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
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
export const coverage = (row) => row.coverage && `${row.coverage.submitted} of ${row.coverage.total} submitted`;

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
      line.isOne = found > 0 && line.words !== "same";
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
    if (line.framework.id !== framework.id) return "Other framework";
    const at = (version) => framework.releases.indexOf(version);
    const state = line.states.filter((one) => at(one.from) <= at(release)).pop();
    if (state?.id) return "Not in scope";
    const words = { withdrawn: "No longer in", untraced: "Not traced to" };
    return `${words[state?.absence] ?? "Not known in"} ${release}`;
  }

  /** How those who cover an element differ: in words, and by how much where that is a number. */
  difference({ covering, rows }) {
    if (covering.length === 0) return [this.isPair ? "neither" : "none of them", 0n];
    if (covering.length === 1) return [`only ${this.labels[covering[0]]}`, 0n];
    const [words, by] = this.among(covering, rows);
    if (covering.length === this.all.length) return [words, by];
    const without = list(this.labels.filter((_, index) => !covering.includes(index)));
    return [`without ${without}${words === "same" ? "" : `; ${words}`}`, by];
  }

  among(indexes, rows) {
    const told = (words, of) => [count(indexes.map((index) => of(rows[index]))) === 1 ? "same" : words, 0n];
    const of = (kind) => indexes.filter((index) => rows[index].kind === kind);
    const stated = of("coverage");
    if (stated.length === indexes.length) return told("other coverage", coverage);
    if (stated.length) return [`coverage only from ${list(stated.map((index) => this.labels[index]))}`, 0n];
    const isScored = of("score").length === indexes.length;
    if (!this.isOneScale(indexes) || !(isScored || of("rating").length === indexes.length)) return ["unlike scales", 0n];
    if (!isScored) return told("other rating", (row) => row.rating?.label);
    const values = indexes.map((index) => units(rows[index].score, this.at));
    const sorted = [...values].sort((a, b) => (a < b ? 1 : -1));
    const by = sorted[0] - sorted[sorted.length - 1];
    if (by === 0n) return ["same", by];
    const first = this.labels[indexes[values.indexOf(sorted[0])]];
    const points = decimal(by, this.at, this.step);
    if (indexes.length === 2) return [`${first} ${points} higher`, by];
    return [`${points} apart${sorted[0] > sorted[1] ? `, ${first} highest` : ""}`, by];
  }

  lead() {
    const words = this.sides.map(({ totals }, index) => `${this.labels[index]}${index ? "" : " submitted"} ${totals.assessed}`);
    const { length } = this.common;
    const verb = length === 1 ? "was" : "were";
    return `${counted(length, this.noun)} ${verb} assessed for ${this.isPair ? "both" : "all"}. In all, ${list(words)}.`;
  }

  /** What keeps the certifications from being compared number by number. */
  notes() {
    const notes = [];
    const releases = [...new Set(this.sides.map((side) => side.release))];
    if (count(this.sides.map((side) => side.framework.id)) > 1) {
      notes.push("The certifications were assessed against different frameworks, which share no row.");
    } else if (releases.length > 1) {
      notes.push(`The releases differ, ${list(releases)}. A ${this.noun.one} is one row through its history, whatever its id and name in each.`);
    }
    if (!this.hasOneScale) {
      notes.push("The scales differ: scores are shown and not subtracted, and there is no common mean.");
    }
    for (const release of releases) {
      const lost = this.lines.filter((line) => line.reasons.includes(`Not traced to ${release}`)).length;
      if (lost) notes.push(`${counted(lost, this.noun)} ${lost === 1 ? "is" : "are"} not traced to release ${release}.`);
    }
    return notes;
  }

  groupWords(group) {
    if (group === BOTH) return `Covered by ${this.isPair ? "both" : "all"}`;
    if (group === SOME) return "Covered by some";
    return group === NEITHER ? `Covered by ${this.isPair ? "neither" : "none"}` : `Only ${this.labels[group - ONE]}`;
  }
}

/** The lines as CSV. A spreadsheet runs a text that starts like a formula; an apostrophe keeps it a text. */
export function csv({ labels, all }, lines) {
  const field = (value) => {
    const text = String(value ?? "");
    const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?[\d.]+$/.test(text);
    return `"${isFormula ? "'" : ""}${text.replaceAll('"', '""')}"`;
  };
  const heads = labels.flatMap((label) => ["id", "score", "result", "coverage"].map((of) => `${label}: ${of}`));
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
  rows.unshift(["Key", "Id", "Name", "Domain", ...heads, "Difference"]);
  return `\ufeff${rows.map((fields) => `${fields.map(field).join(",")}\r\n`).join("")}`;
}
