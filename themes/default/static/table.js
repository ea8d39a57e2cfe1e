// Tables that a reader sorts and filters. In come a whole table and the address, out goes the same table with fewer rows or in another order.
// Everything chosen stands in the address; rows are hidden and moved and never made, and texts become text nodes.

import { compare, csv, field, folded, keys, slug } from "./cells.js";
import { counted, fill, words } from "./words.js";

/** An element with attributes and children. */
function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children);
  return node;
}

class CertalogTable extends HTMLElement {
  connectedCallback() {
    this.inAddress = this.dataset.prefix ?? "";
    this.table = this.querySelector("table");
    this.form = this.querySelector("form");
    this.status = this.querySelector("[role=status]");
    this.chips = this.querySelector(".chips");
    this.bodies = [...this.table.tBodies];
    this.rows = this.bodies.flatMap((body) => [...body.rows].filter((row) => !row.classList.contains("group")));
    for (const row of this.rows) {
      row.origin = row.parentNode;
      row.group = row.origin.querySelector(":scope > .group");
    }
    this.heads();
    this.answers();
    this.none = h("p", { class: "none", hidden: "" }, words.table.none, " ", h("button", { type: "button" }, words.table.all));
    this.none.lastChild.onclick = () => this.clear();
    this.table.after(this.none);
    this.form.onsubmit = (event) => event.preventDefault();
    // What is being typed replaces its own beginning; a choice is a step that Back takes back.
    const isTyped = ({ target }) => target.type === "search" || target.type === "number";
    this.form.oninput = (event) => isTyped(event) && this.change("replaceState");
    this.form.onchange = (event) => isTyped(event) || this.change("pushState");
    this.querySelector("[name=csv]").onclick = () => this.download();
    this.form.more.onclick = ({ target }) => this.unfold(target.getAttribute("aria-expanded") === "false");
    // Where rows fold on a narrow screen, their heads are heard and not seen.
    const narrow = matchMedia("(max-width: 40rem)");
    const fold = () => {
      const isFolded = getComputedStyle(this.table.tHead).position === "absolute";
      for (const { button } of this.columns) button.disabled = isFolded;
    };
    narrow.onchange = fold;
    fold();
    addEventListener("popstate", () => this.read());
    addEventListener("hashchange", () => this.show());
    this.read();
  }

  /** A button in every head: around its words, or beside its link. */
  heads() {
    const taken = new Set();
    this.columns = [...this.table.tHead.rows[0].cells].map((head, index) => {
      const title = field(head).text;
      let name = slug(title) || String(index + 1);
      while (taken.has(name)) name += "-";
      taken.add(name);
      const button = h("button", { type: "button", class: "sort" });
      if (head.querySelector("a")) {
        button.className += " beside";
        button.setAttribute("aria-label", fill(words.table.sort, { column: title }));
        head.append(button);
      } else {
        button.append(...head.childNodes);
        head.replaceChildren(button);
      }
      // What is most is asked for first, where there is a most.
      const isAmount = /^(number|measure|date|cell)$/.test(head.classList[0]);
      button.onclick = () => {
        const ways = isAmount ? [`-${name}`, name, ""] : [name, `-${name}`, ""];
        this.form.sort.value = ways[(ways.indexOf(this.form.sort.value) + 1) % 3];
        this.change("pushState");
      };
      for (const way of ["", "-"]) {
        const text = fill(way ? words.table.descending : words.table.ascending, { column: title });
        this.form.sort.append(h("option", { value: way + name }, text));
      }
      return { head, name, title, index, button };
    });
  }

  /** The answers that the cells of a column give. */
  answers() {
    for (const choice of this.form.querySelectorAll("select[data-column]")) {
      const texts = new Map();
      for (const row of this.rows) {
        const text = this.said(row, choice.dataset.column);
        if (text) texts.set(slug(text), text);
      }
      const sorted = [...texts].sort(([, a], [, b]) => compare(a, b));
      choice.append(...sorted.map(([value, text]) => h("option", { value }, text)));
    }
  }

  said(row, column) {
    const said = row.cells[column] && field(row.cells[column]);
    return said?.text || said?.words;
  }

  unfold(isOpen) {
    this.form.more.setAttribute("aria-expanded", isOpen);
  }

  /** The form's fields that are in the address. */
  get fields() {
    return [...this.form.elements].filter((one) => one.name && one.localName !== "button");
  }

  valueOf(one) {
    return one.type === "checkbox" ? (one.checked ? one.value : "") : one.value.trim();
  }

  set(one, value) {
    if (one.type === "checkbox") one.checked = value === one.value;
    else one.value = value;
    // What is no answer is no question.
    if (one.localName === "select" && one.selectedIndex < 0) one.value = "";
  }

  /** The address follows the form. */
  change(how) {
    const address = new URL(location.href);
    for (const one of this.fields) {
      const value = this.valueOf(one);
      if (value) address.searchParams.set(this.inAddress + one.name, value);
      else address.searchParams.delete(this.inAddress + one.name);
    }
    if (address.href !== location.href) history[how](null, "", address);
    this.show();
  }

  /** The form follows the address. */
  read() {
    const asked = new URLSearchParams(location.search);
    for (const one of this.fields) this.set(one, asked.get(this.inAddress + one.name) ?? "");
    if (this.fields.some((one) => one.closest(".facets") && this.valueOf(one))) this.unfold(true);
    this.show();
  }

  clear(...fields) {
    for (const one of fields.length ? fields : this.filters) this.set(one, "");
    this.change("pushState");
    // The button that was pressed may be gone.
    const { activeElement: focused } = document;
    if (!this.contains(focused) || focused.closest("[hidden]")) this.form.q.focus();
  }

  get filters() {
    return this.fields.filter((one) => !/^(sort|flat)$/.test(one.name));
  }

  /** Shows what is asked for, in the order that is asked for. */
  show() {
    this.order();
    const tests = this.filters.filter((one) => this.valueOf(one)).map((one) => this.test(one));
    const kept = this.target();
    this.shown = [];
    for (const row of this.rows) {
      const isShown = tests.every((test) => test(row));
      row.hidden = !isShown && row !== kept;
      if (!row.hidden) this.shown.push(row);
    }
    for (const body of this.bodies) {
      const isEmpty = [...body.rows].every((row) => row.hidden || row.classList.contains("group"));
      body.hidden = isEmpty && kept?.parentNode !== body;
    }
    this.none.hidden = this.shown.length > 0;
    this.tell(tests.length > 0);
  }

  /** The row that the address leads to, which no filter hides. */
  target() {
    if (location.hash.length < 2) return null;
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Taken as it is written.
    }
    const found = document.getElementById(id)?.closest("tr");
    return found && this.table.contains(found) ? found : null;
  }

  test(one) {
    const { name } = one;
    const value = this.valueOf(one);
    if (name === "q") {
      const parts = folded(value).split(/\s+/);
      return (row) => parts.every((part) => this.textOf(row).includes(part));
    }
    if (name === "score") {
      const scores = this.keysOf(one.dataset.column);
      const least = Number(value.replace(",", "."));
      return (row) => scores.get(row) !== null && scores.get(row) >= least;
    }
    if (one.dataset.column) return (row) => slug(this.said(row, one.dataset.column) ?? "") === value;
    const of = (row) => row.dataset[name] ?? row.group?.dataset[name] ?? "";
    return (row) => of(row).split(" ").includes(value);
  }

  textOf(row) {
    row.folded ??= folded(`${row.textContent} ${row.group?.textContent ?? ""}`);
    return row.folded;
  }

  keysOf(column) {
    this.known ??= new Map();
    if (!this.known.has(column)) {
      const all = keys(this.rows.map((row) => row.cells[column]));
      this.known.set(column, new Map(this.rows.map((row, index) => [row, all[index]])));
    }
    return this.known.get(column);
  }

  /** Puts the rows in order, within their groups or all together. */
  order() {
    const way = this.form.sort.value;
    const column = this.columns.find(({ name }) => way === name || way === `-${name}`);
    const isDescending = way !== column?.name;
    const isFlat = Boolean(this.form.flat?.checked);
    const state = `${way} ${isFlat}`;
    for (const { head } of this.columns) head.removeAttribute("aria-sort");
    column?.head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
    if (state === (this.state ?? " false")) return;
    this.state = state;
    const sorted = [...this.rows];
    if (column) {
      const of = this.keysOf(column.index);
      sorted.sort((a, b) => compare(of.get(a), of.get(b), isDescending));
    }
    const focused = document.activeElement;
    if (isFlat) {
      this.flat ??= h("tbody");
      this.flat.append(...sorted);
      this.table.append(this.flat);
      this.bodies = [...this.table.tBodies];
    } else {
      const members = new Map(this.bodies.map((body) => [body, []]));
      for (const row of sorted) members.get(row.origin).push(row);
      for (const [body, rows] of members) body.append(...rows);
      this.flat?.remove();
      this.bodies = [...this.table.tBodies];
    }
    if (focused !== document.activeElement) focused.focus();
  }

  /** Says how much is shown, and offers each choice for removal. */
  tell(isFiltered) {
    const all = this.rows.length;
    const sort = this.form.sort.selectedOptions[0];
    const count = isFiltered ? counted(words.table.some, all, { shown: this.shown.length }) : counted(words.table.rows, all);
    const told = sort?.value ? fill(words.table.sorted, { count, order: sort.textContent }) : count;
    if (this.status.textContent !== told) this.status.textContent = told;
    this.toggleAttribute("data-filtered", isFiltered);
    const chips = this.fields
      .filter((one) => one.name !== "flat" && this.valueOf(one))
      .map((one) => {
        const value = one.localName === "select" ? one.selectedOptions[0].textContent : this.valueOf(one);
        const label = one.parentNode.firstElementChild.textContent;
        const text = one.name === "sort" ? value : fill(words.table.chip, { label, value });
        const button = h("button", { type: "button", "aria-label": fill(words.table.remove, { chip: text }) }, text);
        button.onclick = () => this.clear(one);
        return h("li", {}, button);
      });
    this.chips.replaceChildren(...chips);
  }

  download() {
    const text = csv(this.table, { all: this.rows, shown: this.ordered() });
    const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const name = this.querySelector(".files a")?.download || `${this.closest("section").id}.csv`;
    h("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  /** The visible rows as they stand. */
  ordered() {
    return this.bodies.flatMap((body) => [...body.rows]).filter((row) => row.origin && !row.hidden);
  }
}

customElements.define("certalog-table", CertalogTable);
