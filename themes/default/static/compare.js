// Certifications side by side. In come the choice in the address and the certifications' data, out go tables in the page.
// Texts become text nodes and nothing else; scores are whole numbers of their smallest step, never floats.

const NAMES = ["a", "b", "c", "d"];

/** An element with attributes and children; texts stay texts. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}

const name = (text) => h("bdi", {}, text);
const small = (...children) => h("small", {}, ...children);
const absent = (words) =>
  h("span", { class: "absent" }, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "hidden" }, words));
const counted = (count, noun) => `${count} ${count === 1 ? noun.one : noun.many}`;
const list = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
const capitalized = (word) => word.charAt(0).toUpperCase() + word.slice(1);

// Decimals: the digits after the point, a decimal as a whole number of 1/10^places, and back.

const places = (decimal) => (decimal.split(".")[1] ?? "").length;
const units = (decimal, to) => BigInt(decimal.replace(".", "") + "0".repeat(to - places(decimal)));

function decimal(value, at, least) {
  const digits = String(value < 0n ? -value : value).padStart(at + 1, "0");
  let fraction = digits.slice(digits.length - at, digits.length);
  while (fraction.length > least && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  const whole = digits.slice(0, digits.length - at);
  return (value < 0n ? "-" : "") + whole + (fraction === "" || at === 0 ? "" : `.${fraction}`);
}

/** The mean of a sum of 1/10^at to some decimals, halves away from zero. */
function mean(sum, count, at, to) {
  const [above, below] = [2n * (sum < 0n ? -sum : sum) * 10n ** BigInt(to), 2n * BigInt(count) * 10n ** BigInt(at)];
  const rounded = (above + below / 2n) / below;
  return decimal(sum < 0n ? -rounded : rounded, to, to);
}

// What rows say.

const isUnstated = (row) => row.score === null && row.rating === null && row.outcome === null;
const isAssessed = (row) => row !== undefined && !isUnstated(row) && row.outcome === null;
const covers = (row) =>
  row !== undefined && row.outcome === null && (!isUnstated(row) || (row.coverage !== null && row.coverage.submitted > 0));

/** Why a certification has no row for an element. */
function reason(line, side) {
  if (line.framework !== side.framework.id) return small("Other framework");
  const at = (version) => side.framework.releases.indexOf(version);
  const state = line.element.states.filter((one) => at(one.from) <= at(side.release)).pop();
  if (state?.id) return absent("Not in scope");
  line.untraced.add(state?.absence === "untraced" ? side.release : undefined);
  const words = { withdrawn: "No longer in", untraced: "Not traced to" };
  return small(`${words[state?.absence] ?? "Not known in"} ${side.release}`);
}

class Comparison {
  constructor(sides) {
    this.sides = sides;
    this.noun = sides[0].framework.noun;
    this.isPair = sides.length === 2;
    const ways = [(side) => side.organization.name, (side) => side.title, (side) => side.id];
    const tells = (way) => new Set(sides.map(way)).size === sides.length;
    this.labels = sides.map(ways.find(tells) ?? ways[2]);
    const scores = sides.flatMap((side) => side.rows.flatMap((row) => row.score ?? []));
    this.at = Math.max(0, ...scores.map(places));
    this.hasOneScale = this.isOneScale(sides.keys());
    this.lines = this.join();
  }

  isOneScale(indexes) {
    const scales = [...indexes].map((index) => {
      const { framework, scale } = this.sides[index];
      return scale === null ? null : JSON.stringify([framework.id, scale.id]);
    });
    return scales[0] !== null && scales.every((scale) => scale === scales[0]);
  }

  /** The decimals of the scale. */
  decimals(index = 0) {
    return places(this.sides[index].scale?.step ?? "");
  }

  /** One line an element, whatever it is called in each release. */
  join() {
    const lines = new Map();
    this.sides.forEach((side, index) => {
      for (const row of side.rows.filter((one) => !one.repeated)) {
        const key = `${side.framework.id}/${row.element.key}`;
        const { element } = row;
        const href = `${side.framework.elements}${element.key}/`;
        const domain = side.framework.domains.find((one) => one.id === element.domain);
        const fresh = { framework: side.framework.id, element, href, domain, rows: [], untraced: new Set() };
        const line = lines.get(key) ?? fresh;
        lines.set(key, line);
        const held = line.rows[index];
        if (held === undefined || isUnstated(held)) line.rows[index] = row;
      }
    });
    for (const line of lines.values()) {
      line.covering = [...this.sides.keys()].filter((index) => covers(line.rows[index]));
      Object.assign(line, this.difference(line));
      line.reasons = this.sides.map((side, index) => (line.rows[index] ? undefined : reason(line, side)));
      const count = line.covering.length;
      line.group = count === this.sides.length ? 0 : count === 0 ? 9 : count > 1 ? 1 : 2 + line.covering[0];
    }
    const order = (a, b) =>
      a.group - b.group ||
      (a.by === b.by ? 0 : a.by < b.by ? 1 : -1) ||
      b.isOne - a.isOne ||
      a.element.order - b.element.order;
    return [...lines.values()].sort(order);
  }

  /** The words of a difference, whether it is one, and by how much if that is a number. */
  difference({ covering, rows }) {
    const none = { words: this.isPair ? "neither" : "none of them", isOne: false, by: 0n };
    if (covering.length === 0) return none;
    if (covering.length === 1) return { words: `only ${this.labels[covering[0]]}`, isOne: true, by: 0n };
    const among = this.among(covering, rows);
    if (covering.length === this.sides.length) return among;
    const without = list(this.labels.filter((_, index) => !covering.includes(index)));
    return { words: `without ${without}${among.isOne ? `; ${among.words}` : ""}`, isOne: true, by: among.by };
  }

  among(indexes, rows) {
    const one = (words, by = 0n) => ({ words, isOne: true, by });
    const same = { words: "same", isOne: false, by: 0n };
    const unstated = indexes.filter((index) => isUnstated(rows[index]));
    const isSame = (what) => new Set(indexes.map((index) => what(rows[index]))).size === 1;
    if (unstated.length === indexes.length) {
      return isSame((row) => `${row.coverage.submitted}/${row.coverage.total}`) ? same : one("other coverage");
    }
    if (unstated.length > 0) return one(`coverage only from ${list(unstated.map((index) => this.labels[index]))}`);
    const scored = indexes.filter((index) => rows[index].score !== null);
    if (!this.isOneScale(indexes) || (scored.length > 0 && scored.length < indexes.length)) return one("unlike scales");
    if (scored.length === 0) return isSame((row) => row.rating.label) ? same : one("other rating");
    const values = indexes.map((index) => units(rows[index].score, this.at));
    const highest = values.reduce((a, b) => (a > b ? a : b));
    const by = highest - values.reduce((a, b) => (a < b ? a : b));
    if (by === 0n) return same;
    const first = this.labels[indexes[values.indexOf(highest)]];
    const points = decimal(by, this.at, this.decimals(indexes[0]));
    if (indexes.length === 2) return one(`${first} ${points} higher`, by);
    const isAlone = values.filter((value) => value === highest).length === 1;
    return one(`${points} apart${isAlone ? `, ${first} highest` : ""}`, by);
  }

  /** The lines that every side assessed and that sum up no others. */
  common() {
    const counts = (row) => isAssessed(row) && !row.summary;
    return this.lines.filter((line) => this.sides.every((_, index) => counts(line.rows[index])));
  }

  /** What the rows of a side add up to, as its own page counts them. */
  tally(index) {
    const rows = this.sides[index].rows.filter((row) => !row.repeated && !row.summary && !isUnstated(row));
    const assessed = rows.filter(isAssessed);
    const toned = (tone) => assessed.filter((row) => (row.rating?.tone ?? "none") === tone).length;
    const submitted = rows.filter((row) => row.outcome?.id === "not-submitted").length;
    return {
      rows: rows.length,
      assessed: assessed.length,
      full: toned("full"),
      partial: toned("partial"),
      none: toned("none"),
      neutral: toned("neutral"),
      notSubmitted: submitted,
      otherwise: rows.length - assessed.length - submitted,
    };
  }

  notes() {
    const notes = new Set();
    const releases = [...new Set(this.sides.map((side) => side.release))];
    if (new Set(this.sides.map((side) => side.framework.id)).size > 1) {
      notes.add("The certifications were assessed against different frameworks, which share no row.");
    } else if (releases.length > 1) {
      notes.add(
        `The releases differ, ${list(releases)}. A ${this.noun.one} is one row through its history, whatever its id and name in each.`,
      );
    }
    if (!this.hasOneScale) {
      notes.add("The scales differ: scores are shown and not subtracted, and there is no common mean.");
    }
    for (const release of releases) {
      const count = this.lines.filter((line) => line.untraced.has(release)).length;
      const verb = count === 1 ? "is" : "are";
      if (count > 0) notes.add(`${counted(count, this.noun)} ${verb} not traced to release ${release}.`);
    }
    return [...notes];
  }

  lead() {
    const count = this.common().length;
    const words = this.labels.map((label, index) => {
      return `${label} ${index === 0 ? "submitted " : ""}${this.tally(index).assessed}`;
    });
    const verb = count === 1 ? "was" : "were";
    return `${counted(count, this.noun)} ${verb} assessed for ${this.isPair ? "both" : "all"}. In all, ${list(words)}.`;
  }

  groupWords(group) {
    if (group === 0) return this.isPair ? "Covered by both" : "Covered by all";
    if (group === 1) return "Covered by some";
    if (group === 9) return this.isPair ? "Covered by neither" : "Covered by none";
    return `Only ${this.labels[group - 2]}`;
  }
}

// Tables as the rest of the site has them.

function table(id, title, note, heads, bodies) {
  const head = (cell, index) => h("th", { scope: "col", class: index === 0 ? "name" : cell[1] }, cell[0]);
  return h(
    "section",
    { class: `table ${id}`, id, tabindex: "0", "aria-labelledby": `${id}-caption` },
    h(
      "table",
      {},
      h("caption", { id: `${id}-caption` }, h("h2", {}, title), note && " ", note && small(note)),
      h("thead", {}, h("tr", {}, heads.map(head))),
      bodies,
    ),
  );
}

const row = (kind, first, ...cells) =>
  h("tr", {}, h("th", { scope: "row", class: "name" }, first), cells.map((cell) => h("td", { class: kind }, cell)));

function cell(comparison, line, index) {
  const said = line.rows[index];
  if (said === undefined) return [line.reasons[index].cloneNode(true)];
  const parts = [];
  if (said.id !== line.element.id) parts.push(h("span", { class: "id" }, said.id));
  if (said.score !== null) parts.push(h("data", { value: said.score }, said.words ?? said.score));
  const [tone, words] = said.outcome ? ["absent", said.outcome.words] : [said.rating?.tone, said.rating?.label];
  if (words) parts.push(h("span", { class: `tag ${tone}` }, words));
  else if (said.score !== null) parts.push(h("span", { class: "tag none" }, "Below every rating"));
  if (said.coverage) parts.push(small(`${said.coverage.submitted} of ${said.coverage.total} submitted`));
  if (said.name !== line.element.name) parts.push(small(name(said.name)));
  return parts.flatMap((part, at) => (at === 0 ? [part] : [" ", part]));
}

function csv(comparison, lines) {
  // A spreadsheet runs a text that starts like a formula; a quotation mark keeps it a text. Numbers stay numbers.
  const field = (value) => {
    const text = String(value ?? "");
    const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
    return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const heads = comparison.labels.flatMap((label) => ["id", "score", "result", "coverage"].map((of) => `${label}: ${of}`));
  const rows = [["Key", "Id", "Name", "Domain", ...heads, "Difference"]];
  for (const line of lines) {
    const cells = comparison.sides.flatMap((_, index) => {
      const said = line.rows[index];
      if (said === undefined) return ["", "", line.reasons[index].textContent.replace("–", ""), ""];
      const coverage = said.coverage && `${said.coverage.submitted} of ${said.coverage.total}`;
      return [said.id, said.score, said.outcome?.words ?? said.rating?.label, coverage];
    });
    const { key, id } = line.element;
    rows.push([key, id, line.element.name, line.domain?.name, ...cells, line.words]);
  }
  return `\ufeff${rows.map((cells) => cells.map(field).join(",")).join("\r\n")}\r\n`;
}

class CertalogCompare extends HTMLElement {
  #known = new Map();
  #fetched = new Map();
  #turn = 0;

  async connectedCallback() {
    this.form = this.querySelector("form");
    this.status = h("p", { role: "status", tabindex: "-1" });
    this.result = h("div", { class: "comparison" });
    this.append(this.status, this.result);
    try {
      const { certifications } = await this.#fetch(this.dataset.list);
      this.#fill(certifications);
    } catch {
      this.#say("The list of certifications could not be fetched. Load the page again to retry.", true);
      return;
    }
    this.form.querySelector("fieldset").disabled = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#compare();
    });
    addEventListener("popstate", () => this.#read());
    this.#read();
  }

  #url(path) {
    return new URL(path, new URL(this.dataset.root, document.baseURI));
  }

  #fetch(path) {
    const held = this.#fetched.get(path);
    if (held) return held;
    const coming = fetch(this.#url(path)).then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    });
    this.#fetched.set(path, coming);
    // What failed may be tried again.
    coming.catch(() => this.#fetched.delete(path));
    return coming;
  }

  #fill(certifications) {
    for (const one of certifications) this.#known.set(one.id, one);
    const words = (one) => `${one.title}, ${one.organization} (${one.framework} ${one.release})`;
    for (const choice of NAMES) {
      const options = certifications.map((one) => h("option", { value: one.id }, words(one)));
      this.form.elements[choice].append(...options);
    }
  }

  #say(words, isMistake = false) {
    this.status.textContent = words;
    this.status.className = isMistake ? "caution" : "note";
  }

  /** The form was sent: its choice becomes the address. */
  #compare() {
    const chosen = [...new Set(NAMES.map((choice) => this.form.elements[choice].value))].filter(Boolean);
    const address = new URL(location.href);
    address.hash = "";
    for (const choice of NAMES) address.searchParams.delete(choice);
    chosen.forEach((id, index) => address.searchParams.set(NAMES[index], id));
    if (address.href !== location.href) history.pushState(null, "", address);
    this.#read();
  }

  /** The address decides what is shown. */
  async #read() {
    const turn = ++this.#turn;
    const asked = new URLSearchParams(location.search);
    const ids = [...new Set(NAMES.map((choice) => asked.get(choice)))].filter(Boolean);
    const unknown = ids.filter((id) => !this.#known.has(id));
    const known = ids.filter((id) => this.#known.has(id));
    NAMES.forEach((choice, index) => (this.form.elements[choice].value = known[index] ?? ""));
    const hadFocus = this.result.contains(document.activeElement);
    const clear = (words, isMistake) => {
      this.result.replaceChildren();
      this.#say(words, isMistake);
      if (hadFocus) this.status.focus();
    };
    if (unknown.length > 0) {
      clear(`No certification here has the id ${list(unknown.map((id) => `“${id}”`))}.`, true);
      return;
    }
    if (known.length < 2) {
      const words = ids.length === 0 ? "Choose at least two certifications." : "Choose another certification to compare with.";
      clear(words, false);
      return;
    }
    this.#say("Fetching the certifications …");
    const path = (id) => `${this.dataset.list.replace(/[^/]*$/, "")}${encodeURIComponent(id)}.json`;
    const sides = await Promise.all(known.map((id) => this.#fetch(path(id)))).catch(() => null);
    if (turn !== this.#turn) return;
    if (sides === null) {
      clear("The certifications could not be fetched. Choose “Compare” to try again.", true);
      return;
    }
    this.#show(new Comparison(sides), asked);
    if (hadFocus) this.status.focus();
  }

  #show(comparison, asked) {
    const { sides, noun } = comparison;
    const heads = (first, kind) => [
      [first],
      ...sides.map((side) => [h("a", { href: this.#url(side.address) }, name(side.title)), kind]),
    ];
    this.details = table("details", "Side by side", "", [...heads(capitalized(noun.one), "status"), ["Difference", "text"]], []);
    this.result.replaceChildren(
      h("p", { class: "lead" }, comparison.lead()),
      ...comparison.notes().map((note) => h("p", { class: "caution" }, name(note))),
      h("div", { class: "pair" }, this.#facts(comparison, heads), this.#summary(comparison, heads)),
      this.#switches(comparison, asked),
      this.details,
    );
    this.#filter(comparison);
  }

  #facts({ sides }, heads) {
    const facts = (term, value) => row("text", term, ...sides.map(value));
    const body = h(
      "tbody",
      {},
      facts("Organization", (side) => name(side.organization.name)),
      facts("Framework and release", (side) => name(`${side.framework.name} ${side.release}`)),
      facts("Scale", (side) => (side.scale ? name(side.scale.name) : absent("No scale"))),
      facts("Assessed", ({ assessed }) =>
        assessed ? h("time", { datetime: assessed.date }, assessed.words) : absent("No date published"),
      ),
      facts("Status", ({ status }) => h("span", { class: `tag ${status.tone}` }, status.words)),
    );
    const title = sides.length === 2 ? "The two certifications" : "The certifications";
    return table("facts", title, "", heads("Fact", "text"), [body]);
  }

  #summary(comparison, heads) {
    const { sides, noun, hasOneScale, at } = comparison;
    const tallies = sides.map((_, index) => comparison.tally(index));
    const common = comparison.common();
    const numbers = (term, value) => row("number", term, ...sides.map((_, index) => String(value(index))));
    const body = h("tbody");
    const count = (term, of, isAlways) => {
      if (isAlways || tallies.some((tally) => tally[of] > 0)) body.append(numbers(term, (index) => tallies[index][of]));
    };
    count(`${capitalized(noun.many)} with a result`, "rows", true);
    count("Submitted", "assessed", true);
    count("Full", "full", true);
    count("Partial", "partial", true);
    count("Not conformant", "none", false);
    count("Other ratings", "neutral", false);
    count("Not submitted", "notSubmitted", true);
    count("Without a result for another reason", "otherwise", false);
    const average = (index) => {
      const scores = common.map((line) => line.rows[index].score).filter((score) => score !== null);
      if (!hasOneScale) return absent("Unlike scales");
      if (scores.length === 0) return absent("Nothing was scored by all");
      const sum = scores.reduce((all, score) => all + units(score, at), 0n);
      return mean(sum, scores.length, at, comparison.decimals() + 1);
    };
    body.append(
      numbers(`Assessed by ${comparison.isPair ? "both" : "all"}`, () => common.length),
      row("number", "Mean of those", ...sides.map((_, index) => average(index))),
      numbers("Submitted and left out of it", (index) => tallies[index].assessed - common.length),
    );
    const note = `each ${noun.one} counted once; rows that sum up others are left out`;
    return table("summary", "Summary", note, heads("Count", "number"), [body]);
  }

  #switches(comparison, asked) {
    const change = () => this.#filter(comparison);
    const box = (key, words) => {
      const input = h("input", { type: "checkbox", name: key });
      input.checked = asked.get(key) === "1";
      input.addEventListener("change", change);
      return h("label", {}, input, h("span", {}, words));
    };
    const domains = new Map(comparison.lines.flatMap(({ domain }) => (domain ? [[domain.id, domain.name]] : [])));
    const select = h(
      "select",
      { name: "domain" },
      h("option", { value: "" }, "All"),
      [...domains].map(([id, words]) => h("option", { value: id }, words)),
    );
    select.value = domains.has(asked.get("domain")) ? asked.get("domain") : "";
    select.addEventListener("change", change);
    const button = (words, act) => {
      const node = h("button", { type: "button" }, words);
      node.addEventListener("click", act);
      return node;
    };
    this.switches = h(
      "form",
      { class: "choose", "aria-label": "What is shown" },
      box("differences", "Only differences"),
      box("gaps", "Only gaps"),
      h("label", {}, h("span", {}, "Domain"), select),
      button("Copy link", () => this.#copy()),
      button("Download CSV", () => this.#download(comparison)),
    );
    this.switches.addEventListener("submit", (event) => event.preventDefault());
    return this.switches;
  }

  /** Shows the lines that the switches leave, and writes the switches to the address. */
  #filter(comparison) {
    const { differences, gaps, domain } = this.switches.elements;
    const address = new URL(location.href);
    const write = (key, value) =>
      value ? address.searchParams.set(key, value) : address.searchParams.delete(key);
    write("differences", differences.checked && "1");
    write("gaps", gaps.checked && "1");
    write("domain", domain.value);
    if (address.href !== location.href) history.replaceState(null, "", address);
    this.shown = comparison.lines.filter(
      (line) =>
        (!differences.checked || line.isOne) &&
        (!gaps.checked || line.covering.length < comparison.sides.length) &&
        (!domain.value || line.domain?.id === domain.value),
    );
    const bodies = [];
    for (const line of this.shown) {
      if (bodies.length === 0 || bodies[bodies.length - 1].group !== line.group) {
        bodies.push({ group: line.group, lines: [] });
      }
      bodies[bodies.length - 1].lines.push(line);
    }
    const { noun, sides } = comparison;
    const body = ({ group, lines }) =>
      h(
        "tbody",
        {},
        h(
          "tr",
          { class: "group" },
          h("th", { scope: "rowgroup", colspan: sides.length + 2 }, name(comparison.groupWords(group)), " ", small(counted(lines.length, noun))),
        ),
        lines.map((line) => this.#line(comparison, line)),
      );
    const grid = this.details.querySelector("table");
    for (const old of [...grid.tBodies]) old.remove();
    grid.append(...bodies.map(body));
    const count = `${this.shown.length} of ${counted(comparison.lines.length, noun)} shown`;
    this.details.querySelector("caption").replaceChildren(
      h("h2", {}, "Side by side"),
      " ",
      small(`${count}; differences first, then in the framework’s order`),
    );
    this.#say(`${count}.`);
  }

  #line(comparison, line) {
    const { id } = line.element;
    const link = h("a", { href: this.#url(line.href) }, name(line.element.name));
    const cells = comparison.sides.map((_, index) => h("td", { class: "status" }, cell(comparison, line, index)));
    const words = line.covering.length > 0 ? name(line.words) : absent(line.words);
    return h(
      "tr",
      {},
      h("th", { scope: "row", class: "name" }, h("span", { class: "id" }, id), " ", link),
      cells,
      h("td", { class: "text" }, words),
    );
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#say("The link was copied.");
    } catch {
      this.#say("The link could not be copied; it is the address of this page.", true);
    }
  }

  #download(comparison) {
    const file = new Blob([csv(comparison, this.shown)], { type: "text/csv" });
    const href = URL.createObjectURL(file);
    h("a", { href, download: `${comparison.sides.map((side) => side.id).join("--")}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    this.#say(`${counted(this.shown.length, comparison.noun)} downloaded.`);
  }
}

customElements.define("certalog-compare", CertalogCompare);
