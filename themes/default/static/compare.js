// Certifications side by side. In come the choice in the address and the certifications' data, out go tables in the page.
// Texts become text nodes and nothing else, and every address starts at the site's own root.

import { decimal, fill, number, words as all } from "./words.js";

const words = all.compare;

const NAMES = ["a", "b", "c", "d"];
/** What compares, fetched when something is to be compared. */
let sums;

/** An element with attributes and children; what is empty is left out. */
function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children.flat(2).filter(Boolean));
  return node;
}

const bdi = (text) => h("bdi", {}, text);
const small = (text) => h("small", {}, text);
const tag = (tone, text) => h("span", { class: `tag ${tone}` }, text);
const capital = (word) => word[0].toUpperCase() + word.slice(1);
const absent = (text) =>
  h("span", { class: "absent" }, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "hidden" }, text));
/** A table as the rest of the site has them; a head is its class with what stands in it. */
function table(id, title, note, heads, bodies) {
  const head = ([kind, ...content]) => h("th", { scope: "col", class: kind }, content);
  const caption = h("caption", { id: `${id}-caption` }, h("h2", {}, title), " ", note && small(note));
  const whole = h("table", {}, caption, h("thead", {}, h("tr", {}, heads.map(head))), bodies);
  return h("section", { class: `table ${id}`, id, tabindex: "0", "aria-labelledby": `${id}-caption` }, whole);
}

/** A row under the same heads. */
const row = (heads, first, cells) =>
  h(
    "tr",
    {},
    h("th", { scope: "row", class: heads[0][0] }, first),
    cells.map((cell, index) => h("td", { class: heads[index + 1][0] }, cell)),
  );

/** What a certification says of an element. */
function cell(line, index) {
  const said = line.rows[index];
  const reason = line.reasons[index];
  if (!said) return reason === words.in_scope ? absent(reason) : small(reason);
  const parts = [
    said.id !== line.id && h("span", { class: "id" }, said.id),
    said.score && h("data", { value: said.score }, said.words ?? said.score),
    said.outcome && tag("absent", said.outcome.words),
    sums.isAssessed(said) && tag(said.rating?.tone ?? "none", said.rating?.label ?? words.below),
    said.coverage && small(sums.coverage(said)),
    said.name !== line.name && small(bdi(said.name)),
  ];
  return parts.filter(Boolean).map((part) => [part, " "]);
}

class CertalogCompare extends HTMLElement {
  #fetched = new Map();
  #turn = 0;

  async connectedCallback() {
    [this.form, this.switches] = this.querySelectorAll("form");
    this.status = this.querySelector("[role=status]");
    this.result = h("div");
    this.append(this.result);
    try {
      const { certifications } = await this.#fetch(this.dataset.list);
      this.known = new Set(certifications.map((one) => one.id));
      for (const choice of NAMES) {
        const option = (one) => h("option", { value: one.id }, fill(words.choice, one));
        this.form[choice].append(...certifications.map(option));
      }
    } catch {
      this.#say(words.no_list, true);
      return;
    }
    this.form.firstElementChild.disabled = false;
    this.form.onsubmit = (event) => {
      event.preventDefault();
      const chosen = new Set(NAMES.map((choice) => this.form[choice].value).filter(Boolean));
      this.#write(NAMES.map((choice, index) => [choice, [...chosen][index]]), "pushState");
      this.#read();
    };
    this.switches.onsubmit = (event) => event.preventDefault();
    this.switches.onchange = () => {
      const { differences, gaps, domain } = this.switches;
      const values = { differences: differences.checked && "1", gaps: gaps.checked && "1", domain: domain.value };
      this.#write(Object.entries(values), "replaceState");
      this.#filter();
    };
    this.switches.copy.onclick = () =>
      Promise.resolve(navigator.clipboard?.writeText(location.href) ?? Promise.reject()).then(
        () => this.#say(words.copied),
        () => this.#say(words.not_copied, true),
      );
    this.switches.csv.onclick = () => {
      const href = URL.createObjectURL(new Blob([sums.csv(this.comparison, this.shown)], { type: "text/csv" }));
      h("a", { href, download: `${this.comparison.sides.map((side) => side.id).join("--")}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    };
    addEventListener("popstate", () => this.#read());
    this.#read();
  }

  #fetch(path) {
    if (!this.#fetched.has(path)) {
      const answer = fetch(this.dataset.root + path).then((response) => (response.ok ? response.json() : Promise.reject()));
      // What failed may be tried again.
      answer.catch(() => this.#fetched.delete(path));
      this.#fetched.set(path, answer);
    }
    return this.#fetched.get(path);
  }

  #say(text, isMistake) {
    this.status.textContent = text;
    this.status.className = isMistake ? "caution" : "note";
  }

  /** Writes to the address; what has no value leaves it. */
  #write(values, how) {
    const address = new URL(location.href);
    for (const [key, value] of values) {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    }
    if (address.href !== location.href) history[how](null, "", address);
  }

  /** The address decides what is shown. */
  async #read() {
    const turn = ++this.#turn;
    const asked = new URLSearchParams(location.search);
    const ids = [...new Set(NAMES.map((choice) => asked.get(choice)).filter(Boolean))];
    const unknown = ids.filter((id) => !this.known.has(id));
    NAMES.forEach((choice, index) => (this.form[choice].value = this.known.has(ids[index]) ? ids[index] : ""));
    this.comparison = null;
    if (ids.length) sums ??= await import("./comparison.js").catch(() => undefined);
    if (turn !== this.#turn) return;
    if (ids.length && !sums) {
      this.#clear(words.not_fetched, true);
    } else if (unknown.length) {
      this.#clear(fill(words.unknown, { ids: sums.list(unknown.map((id) => fill(words.quoted, { id }))) }), true);
    } else if (ids.length < 2) {
      this.#clear(ids.length ? words.another : words.two_at_least);
    } else {
      this.#say(words.fetching);
      const path = (id) => this.dataset.list.replace("index.json", `${id}.json`);
      const sides = await Promise.all(ids.map((id) => this.#fetch(path(id)))).catch(() => null);
      if (turn !== this.#turn) return;
      if (sides) this.#show(sides, asked);
      else this.#clear(words.not_fetched, true);
    }
  }

  #clear(text, isMistake) {
    const hadFocus = this.result.contains(document.activeElement) || this.switches.contains(document.activeElement);
    this.switches.parentNode.hidden = true;
    this.result.replaceChildren();
    this.#say(text, isMistake);
    if (hadFocus) this.status.focus();
  }

  #show(sides, asked) {
    const hadFocus = this.result.contains(document.activeElement);
    this.comparison = new sums.Comparison(sides);
    const { differences, gaps, domain } = this.switches;
    const domains = this.comparison.lines.flatMap((line) => line.domain ?? []);
    const options = new Map(domains.map((one) => [one.id, h("option", { value: one.id }, one.name)]));
    domain.replaceChildren(domain.options[0], ...options.values());
    domain.value = options.has(asked.get("domain")) ? asked.get("domain") : "";
    differences.checked = asked.has("differences");
    gaps.checked = asked.has("gaps");
    this.switches.parentNode.hidden = false;
    this.details = h("div");
    this.result.replaceChildren(
      h("p", { class: "lead" }, this.comparison.lead()),
      ...this.comparison.notes().map((note) => h("p", { class: "caution" }, note)),
      h("div", { class: "pair" }, this.#facts(), this.#summary()),
      this.details,
    );
    this.details.before(this.switches.parentNode);
    this.#filter();
    if (hadFocus) this.status.focus();
  }

  #heads(first, kind) {
    const link = (side) => h("a", { href: this.dataset.root + side.address }, bdi(side.title));
    return [["name", first], ...this.comparison.sides.map((side) => [kind, link(side)])];
  }

  #facts() {
    const { sides, isPair } = this.comparison;
    const heads = this.#heads(words.fact, "text");
    const facts = [
      [words.organization, (side) => bdi(side.organization.name)],
      [words.framework_and_release, (side) => bdi(`${side.framework.name} ${side.release}`)],
      [words.scale, ({ scale }) => (scale ? bdi(scale.name) : absent(words.no_scale))],
      [words.assessed, ({ assessed: on }) => (on ? h("time", { datetime: on.date }, on.words) : absent(words.no_date))],
      [words.status, ({ status }) => tag(status.tone, status.words)],
    ];
    const rows = facts.map(([term, of]) => row(heads, term, sides.map(of)));
    return table("facts", isPair ? words.two : words.several, "", heads, h("tbody", {}, rows));
  }

  #summary() {
    const { sides, noun, all, common, isPair, hasOneScale, at, step } = this.comparison;
    const heads = this.#heads(words.count, "number");
    const shown = [
      [fill(words.with_result, { elements: capital(noun.many) }), "rows", true],
      [words.submitted, "assessed", true],
      [words.full, "full", true],
      [words.partial, "partial", true],
      [words.none, "none"],
      [words.neutral, "neutral"],
      [words.not_submitted, "not_submitted", true],
      [words.otherwise_absent, "otherwise_absent"],
    ].filter(([, of, isAlways]) => isAlways || sides.some((side) => side.totals[of]));
    const average = (index) => {
      const scores = common.flatMap((line) => line.rows[index].score ?? []).map((score) => sums.units(score, at));
      if (!hasOneScale) return absent(words.unlike);
      return scores.length ? decimal(sums.mean(scores, at, step + 1)) : absent(isPair ? words.nothing_both : words.nothing_all);
    };
    const rows = [
      ...shown.map(([term, of]) => [term, sides.map((side) => number(side.totals[of]))]),
      [isPair ? words.assessed_both : words.assessed_all, all.map(() => number(common.length))],
      [words.mean, all.map(average)],
      [words.left_out, sides.map((side) => number(side.totals.assessed - common.length))],
    ];
    const note = fill(words.sums_note, { element: noun.one });
    return table("sums", words.summary, note, heads, h("tbody", {}, rows.map(([term, cells]) => row(heads, term, cells))));
  }

  /** Shows the lines that the switches leave. */
  #filter() {
    const { lines, noun, all } = this.comparison;
    const { differences, gaps, domain } = this.switches;
    this.shown = lines.filter(
      (line) =>
        (!differences.checked || line.isOne) &&
        (!gaps.checked || line.covering.length < all.length) &&
        (!domain.value || line.domain?.id === domain.value),
    );
    const heads = [...this.#heads(capital(noun.one), "status"), ["text", words.difference]];
    const bodies = [...new Set(this.shown.map((line) => line.group))].map((group) => {
      const members = this.shown.filter((line) => line.group === group);
      const title = [bdi(this.comparison.groupWords(group)), " ", small(sums.counted(members.length, noun))];
      const head = h("th", { scope: "rowgroup", colspan: heads.length }, title);
      return h("tbody", {}, h("tr", { class: "group" }, head), members.map((line) => this.#line(heads, line)));
    });
    const told = fill(words.of_shown, { shown: number(this.shown.length), elements: sums.counted(lines.length, noun) });
    const note = fill(words.details_note, { elements: told });
    this.details.replaceChildren(table("details", words.details, note, heads, bodies));
    this.#say(`${told}.`);
  }

  #line(heads, line) {
    const link = h("a", { href: `${this.dataset.root}${line.framework.elements}${line.key}/` }, bdi(line.name));
    const difference = line.group === sums.NEITHER ? absent(line.words) : bdi(line.words);
    const cells = this.comparison.all.map((index) => cell(line, index));
    return row(heads, [h("span", { class: "id" }, line.id), " ", link], [...cells, difference]);
  }
}

customElements.define("certalog-compare", CertalogCompare);
