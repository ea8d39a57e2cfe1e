// The search as a dialog over any page. In comes what a reader types, out go results to choose from by keyboard, pointer or touch.
// What was searched for is not kept anywhere.

import { slash } from "./finder.js";
import { fillPassages, groupWords, h, indexOf, option, search, totalWords } from "./results.js";
import { fill, words } from "./words.js";

/** How many results of a group are shown, and how many of texts. */
const [SHOWN, TEXTS] = [6, 5];
const PAUSE = 120;

export class Finder {
  #turn = 0;
  #wait = 0;

  constructor(root, place) {
    this.root = root;
    this.input = h("input", {
      type: "text",
      name: "q",
      role: "combobox",
      inputmode: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-controls": "finder-list",
      "aria-expanded": "false",
    });
    this.list = h("div", { role: "listbox", id: "finder-list", "aria-label": words.search.title, hidden: "" });
    this.status = h("p", { role: "status", class: "note" });
    this.all = h("a", { class: "all", hidden: "" }, words.search.all);
    this.slash = h("input", { type: "checkbox" });
    const close = h("button", { type: "button" }, words.search.close);
    const ask = h("label", {}, h("span", {}, words.search.label), this.input);
    this.form = h("form", { role: "search", action: `${root}search/` }, ask, close);
    this.dialog = h(
      "dialog",
      { class: "finder", "aria-labelledby": "finder-title" },
      h("h2", { id: "finder-title", class: "hidden" }, words.search.title),
      this.form,
      this.status,
      this.list,
      this.all,
      h("div", { class: "keys" }, h("span", { class: "note" }, words.search.hint), h("label", {}, this.slash, h("span", {}, words.search.slash))),
    );
    place.append(this.dialog);
    close.onclick = () => this.dialog.close();
    // A press on what lies behind the dialog closes it.
    this.dialog.onclick = (event) => {
      if (event.target === this.dialog) this.dialog.close();
    };
    this.dialog.onclose = () => this.#empty();
    this.slash.onchange = () => {
      slash.isOn = this.slash.checked;
    };
    this.input.oninput = () => {
      clearTimeout(this.#wait);
      this.#wait = setTimeout(() => this.#search(), PAUSE);
    };
    this.input.onkeydown = (event) => this.#key(event);
    this.form.onsubmit = (event) => {
      if (this.input.value.trim() === "") event.preventDefault();
    };
    this.list.onpointermove = (event) => this.#choose(event.target.closest("[role=option]"), false);
  }

  /** Opens the dialog; `typed` is what was typed for it before it was there. */
  show(typed) {
    this.slash.checked = slash.isOn;
    this.dialog.showModal();
    this.input.value = typed;
    this.input.focus();
    if (typed) this.#search();
    // Fetched while the reader types; what fails here is told when it is needed.
    indexOf(this.root).catch(() => {});
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  #empty() {
    this.#turn += 1;
    clearTimeout(this.#wait);
    this.input.value = "";
    this.status.textContent = "";
    this.#fill([]);
  }

  #fill(groups) {
    this.list.replaceChildren(...groups);
    this.list.hidden = groups.length === 0;
    this.input.setAttribute("aria-expanded", String(groups.length > 0));
    this.all.hidden = groups.length === 0;
    this.all.href = `${this.root}search/?q=${encodeURIComponent(this.input.value.trim())}`;
  }

  #choose(option, isScrolled = true) {
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    for (const other of this.options) other.setAttribute("aria-selected", String(other === option));
    this.input.setAttribute("aria-activedescendant", option.id);
    if (isScrolled) option.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const { options } = this;
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const to = {
      ArrowDown: (at + 1) % options.length,
      ArrowUp: (at <= 0 ? options.length : at) - 1,
      Home: 0,
      End: options.length - 1,
    }[event.key];
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (to !== undefined && options.length > 0 && isPlain) {
      event.preventDefault();
      this.#choose(options[to]);
    } else if (event.key === "Enter" && this.#isShown && at >= 0) {
      event.preventDefault();
      options[at].click();
    }
  }

  /** Whether the results are those of what stands in the field. */
  get #isShown() {
    return this.shown === this.input.value.trim();
  }

  #group(title, hits, at) {
    const id = `finder-group-${at}`;
    const options = hits.map((hit, place) => {
      const room = hit.isText && h("span", { class: "passage" });
      const attributes = { role: "option", id: `finder-option-${at}-${place}`, tabindex: "-1", "aria-selected": "false" };
      const link = h("a", { ...attributes, href: this.root + hit.entry.address }, option(hit), room);
      // A place on the same page closes the dialog too.
      link.onclick = () => this.dialog.close();
      return { hit, link, room };
    });
    const group = h("div", { role: "group", "aria-labelledby": id }, h("p", { id }, title), options.map(({ link }) => link));
    return { group, options };
  }

  async #search() {
    const turn = ++this.#turn;
    const isWanted = () => turn === this.#turn;
    const text = this.input.value.trim();
    if (text === "") {
      this.status.textContent = "";
      this.#fill([]);
      return;
    }
    const slow = setTimeout(() => isWanted() && (this.status.textContent = words.search.searching), 400);
    try {
      const found = await search(this.root, text, TEXTS);
      if (!isWanted()) return;
      const groups = found.groups.map((group, at) => this.#group(groupWords(group), group.hits.slice(0, SHOWN), at).group);
      this.shown = text;
      this.#fill(groups);
      this.#choose(this.options[0]);
      const { hits, total } = await found.texts;
      if (!isWanted()) return;
      if (hits.length > 0) {
        const { group, options } = this.#group(words.search.texts, hits, groups.length);
        const isFirst = groups.length === 0;
        if (isFirst) this.#fill([group]);
        else this.list.append(group);
        if (isFirst) this.#choose(this.options[0]);
        fillPassages(this.root, options, found.query, isWanted);
      }
      const all = found.total + total;
      this.status.textContent = all ? totalWords(all, found.isPartial) : fill(words.search.none, { query: text });
    } catch {
      if (isWanted()) this.status.textContent = words.search.failed;
    } finally {
      clearTimeout(slow);
    }
  }
}
