// Catalogues of those who mean harm, and what a page of them may not do.
// In come the marks and addresses of tests/hostile, out go built sites and the faults of open pages. Nothing outside a scratch folder is written.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { DAY, REPOSITORY, build, scratch } from "./site.mjs";

const data = (name) => readFileSync(join(REPOSITORY, "tests/hostile", name), "utf8");

/** What would run, break out of its place or be evaluated, if it were more than text. */
export const CANARIES = JSON.parse(data("canaries.json"));
/** Addresses that lead where none of a record may lead. */
export const ADDRESSES = JSON.parse(data("addresses.json"));

const inToml = (text) => JSON.stringify(text).slice(1, -1);
const inMarkdown = (text) => text.replace(/[!-/:-@[-`{-~]/g, "\\$&");

/** Writes files below a new folder and tells where it is. */
function write(files) {
  const root = join(scratch(), "catalogue");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/**
 * The catalogue with a mark in every text that a record may have. The words before a place decide which mark of the list it gets, so that
 * what names a thing and what it names have the same; with each `shift` every place gets the next one.
 */
export function marked(shift) {
  const files = {};
  let path;
  let isToml = false;
  for (const line of data("catalogue.txt").split("\n")) {
    const [, name] = line.match(/^=== (.*)$/) ?? [];
    if (name) {
      path = name;
      isToml = name.endsWith(".toml");
      files[path] = "";
      continue;
    }
    if (line === "+++") isToml = !isToml;
    const text = line.replace(/(\\\\|\\)?@/g, (place, slashes, at) => {
      const before = line.slice(0, at).match(/[^"]*$/)[0];
      let number = shift;
      for (const letter of before) number = (number * 31 + letter.codePointAt(0)) % 1_000_003;
      const mark = CANARIES[(number + shift) % CANARIES.length];
      if (slashes === "\\\\") return inToml(inMarkdown(mark));
      if (slashes === "\\") return inMarkdown(mark);
      return isToml ? inToml(mark) : mark;
    });
    files[path] += `${text}\n`;
  }
  // The same marks as Markdown, whatever they are there.
  const raw = CANARIES.map((mark, at) => `## ${mark}\n\n${mark}\n\n- ${mark}\n\n> ${mark}\n\n| ${mark} |\n|---|\n| ${mark} |\n\n\`\`\`html\n${mark}\n\`\`\`\n\n[${mark}](https://example.org/ "${at}")[^${at}]\n\n[^${at}]: ${mark}\n`);
  files["content/pages/raw.md"] = `+++\ntitle = "Raw"\n+++\n${raw.join("\n")}`;
  const inXml = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
  const titles = CANARIES.map((mark) => `<g aria-label="${inXml(mark)}"><title>${inXml(mark)}</title></g>`);
  files["content/pages/drawing.svg"] = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>${inXml(CANARIES[shift % CANARIES.length])}</text>${titles.join("")}</svg>\n`;
  files["content/pages/raw.md"] += "\n![A drawing](drawing.svg)\n";
  files["content/organizations/logo.gif"] = "GIF89a";
  return write(files);
}

/** The five forms in which a text can give an address. */
const FORMS = {
  inline: (address) => `[canary](<${address}>)`,
  reference: (address) => `[canary][x]\n\n[x]: <${address}>`,
  autolink: (address) => `<${address}>`,
  picture: (address) => `![canary](<${address}>)`,
  raw: (address) => `<a href="${address}">canary</a><img src="${address}">`,
};

const PROGRAM = () => process.env.CERTALOG ?? join(REPOSITORY, "target/debug/certalog");

/** A catalogue with a page for one in `some` addresses in each form, and which pages were refused: they are not in it. */
export function addressed(some) {
  const files = { "site.toml": 'title = "Addresses"\nbase_url = "https://example.org/"\n' };
  ADDRESSES.forEach((address, at) => {
    if (at % some) return;
    for (const [form, text] of Object.entries(FORMS)) files[`content/pages/${form}-${at}.md`] = `+++\ntitle = "${form} ${at}"\n+++\n${text(address)}\n`;
  });
  const root = write(files);
  const words = ["check", "--root", root, "--as-of", DAY, "--format", "json"];
  if (!existsSync(PROGRAM())) spawnSync("cargo", ["build", "--quiet"], { cwd: REPOSITORY });
  const { stdout } = spawnSync(PROGRAM(), words, { encoding: "utf8", maxBuffer: 64 << 20 });
  const errors = JSON.parse(stdout).findings.filter(({ level }) => level === "error");
  const refused = new Set(errors.map(({ path }) => path));
  for (const path of refused) rmSync(join(root, path));
  return { root, refused, all: Object.keys(files).length - 1 };
}

/** Builds the site of a catalogue, as it is published and without the policy of its pages. */
export function sites(root) {
  const strict = build(root);
  const stripped = join(scratch(), "stripped");
  cpSync(strict, stripped, { recursive: true });
  for (const path of paths(stripped)) {
    const name = join(stripped, path);
    const text = readFileSync(name, "utf8");
    const without = text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n?/, "");
    if (without === text) throw new Error(`${path} has no policy`);
    writeFileSync(name, without);
  }
  return [strict, stripped];
}

/** The files of all pages of a site. */
export const paths = (folder) => readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html")).sort();

/** The drawings among its records, which somebody may open by themselves. */
export const drawings = (folder) => readdirSync(folder, { recursive: true }).filter((path) => /^(?!static).*\.svg$/.test(path));

/** What stands on an open page and must not, whoever placed it. */
export const faults = (page) =>
  page.evaluate(() => {
    const found = [];
    const FORBIDDEN = new Set(["iframe", "frame", "object", "embed", "applet", "base", "style", "math", "foreignObject", "portal", "audio", "video", "source"]);
    const LEADS = new Set(["href", "src", "action", "xlink:href", "data", "poster", "background", "cite", "srcset"]);
    // A drawing that is opened by itself is a page of its own.
    for (const element of document.querySelectorAll("*")) {
      const told = () => element.outerHTML.slice(0, 160);
      // A badge has colours for the dark scheme: colours of classes and nothing else, so that no text of a record can be among them.
      const isColours = element.localName === "style" && document.documentElement.localName === "svg" && /^@media \(prefers-color-scheme: dark\) \{( \.[a-z]+ \{( (fill|stroke): #[0-9a-f]{6};?)+ \})+ \}$/.test(element.textContent);
      if (FORBIDDEN.has(element.localName) && !isColours) found.push(told());
      // A data block is no script: no browser runs its type, and nothing in it could end it.
      const isData = element.localName === "script" && element.getAttributeNames().join() === "type" && element.type === "application/ld+json" && !/[<>&]/.test(element.textContent) && JSON.parse(element.textContent);
      if (element.localName === "script" && !isData && (element.textContent || new URL(element.src).origin !== location.origin)) found.push(told());
      if (element.localName === "img" && new URL(element.src).origin !== location.origin) found.push(told());
      for (const { name, value } of element.attributes) {
        if (/^on|^style$|^srcdoc$|^formaction$|^ping$/.test(name)) found.push(told());
        if (!LEADS.has(name)) continue;
        const url = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : null;
        if (!url || !["http:", "https:", "mailto:"].includes(url.protocol) || url.hostname.endsWith(".invalid") || url.username) found.push(told());
      }
    }
    if (Object.keys(Object.prototype).length || Object.keys(Array.prototype).length) found.push("a prototype was changed");
    return found;
  });
