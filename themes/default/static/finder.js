// The way to the search on every page: a button and two keys. In come clicks and keys, out comes the dialog, fetched when it is first asked for.
// Nothing else is fetched before that, except what copies snippets when somebody opens them; no key is taken from somebody who types.

import { words } from "./words.js";

const SLASH = "certalog-slash";

/** Whether the key / opens the search: a choice of the reader, remembered where the browser remembers anything. */
export const slash = {
  get isOn() {
    try {
      return localStorage.getItem(SLASH) !== "off";
    } catch {
      return true;
    }
  },
  set isOn(isOn) {
    try {
      if (isOn) localStorage.removeItem(SLASH);
      else localStorage.setItem(SLASH, "off");
    } catch {
      // Then it holds for this page only.
    }
  },
};

const isTyping = ({ target }) => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);

class CertalogFinder extends HTMLElement {
  #listen = (event) => {
    if (this.isOpening || event.defaultPrevented || event.isComposing || event.altKey || isTyping(event)) return;
    const isChord = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && slash.isOn;
    if ((!isChord && !isSlash) || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    this.open();
  };

  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.title = words.search.shortcut;
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
    const label = document.createElement("span");
    label.className = "hidden";
    label.textContent = words.search.button;
    button.append(label);
    button.onclick = () => this.open();
    this.replaceChildren(button);
    document.addEventListener("keydown", this.#listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#listen);
  }

  async open() {
    if (this.isOpening) return;
    this.isOpening = true;
    // What is typed until the dialog is there is meant for it.
    let typed = "";
    const keep = (event) => {
      if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      event.preventDefault();
      typed += event.key;
    };
    document.addEventListener("keydown", keep, true);
    try {
      const { Finder } = await import("./finder-dialog.js");
      this.finder ??= new Finder(this.dataset.root, this);
      this.finder.show(typed);
    } catch {
      location.href = `${this.dataset.root}search/`;
    } finally {
      document.removeEventListener("keydown", keep, true);
      this.isOpening = false;
    }
  }
}

customElements.define("certalog-finder", CertalogFinder);

const snippets = document.querySelector(".snippets details");
const copies = () => import("./copy.js");
if (snippets?.open) copies();
else snippets?.addEventListener("toggle", copies, { once: true });
