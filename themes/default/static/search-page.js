// The search page. In come the query and the kind in the address, out go results in their groups; without a query the lists stay.
// The address says all there is to say, so that it can be sent, reloaded and gone back to.

import { fillPassages, groupWords, h, line, search, totalWords } from "./results.js";
import { fill, number, words } from "./words.js";

/** How many results of a group are shown at first, how many more each time, and how many of texts. */
const [SHOWN, MORE, TEXTS] = [20, 100, 30];
const PAUSE = 200;

class CertalogSearch extends HTMLElement {
  #turn = 0;
  #wait = 0;

  connectedCallback() {
    this.root = this.dataset.root;
    this.form = this.querySelector("form");
    this.lists = document.querySelector(".everything");
    this.status = h("p", { role: "status", class: "note" });
    this.kinds = h("fieldset", { class: "kinds", hidden: "" });
    this.results = h("div", { class: "groups" });
    this.append(this.status, this.kinds, this.results);
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.#write("pushState");
    };
    this.form.q.oninput = () => {
      clearTimeout(this.#wait);
      this.#wait = setTimeout(() => this.#write("replaceState"), PAUSE);
    };
    this.kinds.onchange = () => this.#write("pushState");
    addEventListener("popstate", () => this.#read());
    this.#read();
  }

  get kind() {
    return this.kinds.querySelector(":checked")?.value ?? "";
  }

  /** Writes what is asked for to the address, if it is something else, and answers it. */
  #write(how) {
    clearTimeout(this.#wait);
    const address = new URL(location.href);
    address.search = "";
    const query = this.form.q.value.trim();
    if (query) address.searchParams.set("q", query);
    if (query && this.kind) address.searchParams.set("kind", this.kind);
    if (address.href !== location.href) history[how](null, "", address);
    this.#answer(query, this.kind);
  }

  #read() {
    const asked = new URLSearchParams(location.search);
    const query = (asked.get("q") ?? "").trim();
    this.form.q.value = query;
    this.#answer(query, asked.get("kind") ?? "");
  }

  async #answer(query, kind) {
    const turn = ++this.#turn;
    const isWanted = () => turn === this.#turn;
    this.lists.hidden = query !== "";
    if (query === "") {
      this.status.textContent = "";
      this.kinds.hidden = true;
      this.results.replaceChildren();
      return;
    }
    const slow = setTimeout(() => isWanted() && (this.status.textContent = words.search.searching), 400);
    try {
      const found = await search(this.root, query, TEXTS);
      const texts = await found.texts;
      if (!isWanted()) return;
      const groups = [...found.groups];
      if (texts.hits.length) groups.push({ id: "texts", kind: "texts", hits: texts.hits, total: texts.total });
      const total = found.total + texts.total;
      const shown = groups.filter((group) => !kind || group.id === kind);
      this.#choose(groups, total, kind);
      const sections = shown.map((group) => this.#section(group, shown.length === 1));
      this.results.replaceChildren(...sections.map(({ section }) => section));
      const count = shown.reduce((sum, group) => sum + (group.total ?? group.hits.length), 0);
      this.status.textContent = count ? totalWords(count, found.isPartial) : fill(words.search.none, { query });
      if (!count) this.results.append(h("p", {}, words.search.none_help));
      this.lists.hidden = count > 0;
      const passages = sections.flatMap(({ items }) => items).filter(({ room }) => room);
      fillPassages(this.root, passages, found.query, isWanted);
    } catch {
      if (isWanted()) this.status.textContent = words.search.failed;
    } finally {
      clearTimeout(slow);
    }
  }

  /** The kinds of what was found, with how many of each. */
  #choose(groups, total, kind) {
    const hadFocus = this.kinds.contains(document.activeElement);
    const choice = (value, name, count) => {
      const input = h("input", { type: "radio", name: "kind", value });
      input.checked = value === kind;
      return h("label", {}, input, h("span", {}, fill(words.search.with_count, { name, count: number(count) })));
    };
    this.kinds.replaceChildren(
      h("legend", { class: "hidden" }, words.search.kinds),
      choice("", words.search.every_kind, total),
      ...groups.map((group) => choice(group.id, groupWords(group), group.total ?? group.hits.length)),
    );
    this.kinds.hidden = groups.length === 0 || (groups.length === 1 && !kind);
    if (hadFocus) this.kinds.querySelector(":checked")?.focus();
  }

  #section(group, isAlone) {
    const list = h("ul", { class: "results" });
    const items = [];
    const add = (hits) => {
      for (const hit of hits) {
        const room = hit.isText && h("span", { class: "passage" });
        const { link, item } = line(this.root, hit, room);
        list.append(item);
        items.push({ hit, link, room });
      }
    };
    add(group.hits.slice(0, isAlone ? MORE : SHOWN));
    const more = h("button", { type: "button" }, words.search.more);
    const left = () => (more.hidden = items.length >= group.hits.length);
    more.onclick = () => {
      const next = items.length;
      add(group.hits.slice(next, next + MORE));
      left();
      // The first of the new ones: the button may be gone.
      items[next]?.link.focus();
    };
    left();
    return { section: h("section", {}, h("h2", {}, groupWords(group)), list, more), items };
  }
}

customElements.define("certalog-search", CertalogSearch);
