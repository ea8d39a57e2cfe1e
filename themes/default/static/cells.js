// What the cells of a table say: as fields of a file, and as keys to sort by. In come cells, out go texts and numbers.
// A cell is read as certalog reads it for the file beside the page, so that both files say the same; nothing is changed here.

import { fill, language, words } from "./words.js";

const collator = new Intl.Collator(language, { numeric: true });
const plain = (text) => text.replace(/[\p{White_Space}\p{Cc}]+/gu, " ").replace(/^ | $/g, "");

/** The id that a cell begins with, its text or exact value, and the words that only stand beside it. */
export function field(cell) {
  const said = { id: "", text: "", words: "" };
  const apart = (separator) => (said.text = said.text.trimEnd() && said.text.trimEnd() + separator);
  const read = (node, into) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) said[into] += child.data;
      if (child.nodeType !== Node.ELEMENT_NODE || child.hasAttribute("aria-hidden")) continue;
      const is = (name) => child.classList.contains(name);
      const value = child.localName === "data" ? child.value : child.localName === "time" && child.dateTime;
      if (is("permalink")) continue;
      if (value) said.text += value;
      else if (is("hidden")) read(child, "words");
      else if (is("id") && child.localName === "span" && !said.text.trim() && !said.id) read(child, "id");
      else {
        if (is("tag") || child.localName === "small") apart(", ");
        else if (child.localName === "li") apart("; ");
        else if (/^(br|p|ul|details|summary)$/.test(child.localName)) apart(" ");
        read(child, into);
      }
    }
  };
  read(cell, "text");
  for (const part in said) said[part] = plain(said[part]);
  return said.text ? said : { id: "", text: said.id, words: said.words };
}

/** What a group of rows has in common, without what is counted of them. */
const group = (row) => {
  const head = row.cells[0].cloneNode(true);
  for (const count of head.querySelectorAll("small")) count.remove();
  const said = field(head);
  return said.text ? said : field(row.cells[0]);
};

/** The key of a cell; nothing where the cell says nothing. */
export function key(cell, isNumber) {
  if (!cell) return null;
  const { id, text } = field(cell);
  if (!text) return null;
  return isNumber ? Number(text) : `${id} ${text}`.trimStart();
}

const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(text);

/** The keys of a column: numbers where every cell with a text has one, else texts. */
export function keys(cells) {
  const texts = cells.map((cell) => cell && field(cell).text);
  const areNumbers = texts.every((text) => !text || isNumber(text));
  return cells.map((cell) => key(cell, areNumbers));
}

/** The order of two keys; what is missing is last, whichever way the others stand. */
export function compare(a, b, descending) {
  if (a === null || b === null) return (a === null) - (b === null);
  const order = typeof a === "number" ? a - b : collator.compare(a, b);
  return descending ? -order : order;
}

/** A text in the form in which it is looked for: without case and accents. */
export const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** A text as a part of an address. */
export const slug = (text) => plain(text).toLowerCase().replace(/[^\p{L}\p{N}._]+/gu, "-").replace(/^-+|-+$/g, "");

/** Quoted, and never a formula to a spreadsheet, whichever separator it takes. */
const quoted = (text) => {
  const safe = isNumber(text) ? text : text.replace(/(^|;)(?=[=+\-@\t\r\n\0＝＋－＠])/g, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Some rows of a table as a CSV file, with the columns of the whole. */
export function csv(table, rows) {
  const title = words.table.group;
  const heads = [...table.tHead.rows[0].cells].map((head) => field(head).text);
  const read = new Map();
  const groups = new Map();
  for (const row of rows.all) {
    read.set(row, [...row.cells].map((cell) => ({ ...field(cell), isMatrix: cell.classList.contains("cell") })));
    if (row.group && !groups.has(row.group)) groups.set(row.group, group(row.group));
  }
  const has = (column, test) => [...read.values()].some((cells) => cells[column] && test(cells[column]));
  const withIds = heads.map((_, column) => has(column, (said) => said.id));
  const withWords = heads.map((_, column) => has(column, (said) => said.isMatrix));
  const hasIds = [...groups.values()].some((said) => said.id);
  const line = (of) => [
    ...(groups.size ? [...(hasIds ? [of.group.id] : []), of.group.text] : []),
    ...heads.flatMap((_, column) => {
      const said = of.cells[column] ?? { id: "", text: "", words: "" };
      return [...(withIds[column] ? [said.id] : []), said.text, ...(withWords[column] ? [said.words] : [])];
    }),
  ];
  const first = {
    group: { id: fill(words.table.id, { column: title }), text: title },
    cells: heads.map((text) => ({
      id: fill(words.table.id, { column: text }),
      text,
      words: fill(words.table.result, { column: text }),
    })),
  };
  const none = { id: "", text: "" };
  const lines = rows.shown.map((row) => {
    const cells = read.get(row).map((said, column) => {
      // In a column of ids and names, an id without a name is still an id.
      const isBare = withIds[column] && !said.id && row.cells[column].firstChild?.className === "id";
      return isBare ? { ...said, id: said.text, text: "" } : said;
    });
    return line({ group: groups.get(row.group) ?? none, cells });
  });
  return `\ufeff${[line(first), ...lines].map((fields) => `${fields.map(quoted).join(",")}\r\n`).join("")}`;
}
