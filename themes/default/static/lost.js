// The page for addresses that lead nowhere. In comes the address, out go the pages of the ids and names that stand in it.
// An address without a word of its own asks for nothing.

import { words } from "./words.js";

const FOLDERS = new Set(["frameworks", "certifications", "organizations", "crosswalks", "notices", "compare", "search", "matrix", "mapping", "changes"]);
const OFFERED = 5;
/** Up to exact names an answer is what was meant; all words of an address may be too. */
const [EXACT, WORDS] = [2, 4];

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

class CertalogLost extends HTMLElement {
  async connectedCallback() {
    const { root } = this.dataset;
    const path = location.pathname.startsWith(root) ? location.pathname.slice(root.length) : location.pathname;
    const parts = [...path.split("/"), location.hash.slice(1)].map((part) => decoded(part).replace(/\.html?$|^index$/, ""));
    // The page itself, which nobody looked for in vain.
    if (path === "404.html") return;
    const asked = parts.filter((part) => part && !FOLDERS.has(part)).reverse();
    if (asked.length === 0) return;
    const { h, indexOf, line } = await import("./results.js");
    const index = await indexOf(root);
    const found = [];
    for (const part of asked) {
      for (const text of new Set([part, part.replaceAll("-", " ")])) {
        const { hits } = await index.find(text);
        const least = part === asked[0] ? WORDS : EXACT;
        found.push(...hits.filter(({ tier }) => tier <= least && tier !== 1));
      }
      if (found.length > 0) break;
    }
    const offered = [...new Map(found.map((hit) => [hit.entry.address, hit])).values()].slice(0, OFFERED);
    if (offered.length === 0) return;
    const items = offered.map((hit) => line(root, hit).item);
    this.append(h("section", {}, h("h2", {}, words.search.lost), h("ul", { class: "results" }, items)));
  }
}

customElements.define("certalog-lost", CertalogLost);
