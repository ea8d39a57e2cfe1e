// The picture of a page in the README, as a drawing: `node picture.mjs ../../docs/pictures/certification.svg`. It needs pdftocairo (poppler-utils).
// In comes the site of this repository's catalogue, out goes what the browser draws of one page, every letter as its outline. Numbers are cut to what the eye sees.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { launch, open } from "./browser.mjs";
import { realSite, scratch, serve } from "./site.mjs";

const [out, path = "/certifications/huawei-digital-crm-r2.1/", width = "1000", height = "800"] = process.argv.slice(2);
if (!out) throw new Error("say where the picture shall go: node picture.mjs FILE [PATH] [WIDTH] [HEIGHT]");

const folder = scratch();
const [pdf, svg] = ["page.pdf", "page.svg"].map((name) => join(folder, name));
const site = await serve(realSite());
const browser = await launch();
const page = await open(browser, site, path, { bypassCSP: true, viewport: { width: Number(width), height: Number(height) } });
await page.emulateMedia({ media: "screen" });
// The page's own numbers of sheets are for paper.
await page.addStyleTag({ content: "@page { margin: 0 !important; @bottom-right { content: none !important; } }" });
await page.pdf({ path: pdf, width: `${width}px`, height: `${height}px`, printBackground: true, pageRanges: "1" });
await browser.close();
site.close();
execFileSync("pdftocairo", ["-svg", pdf, svg]);

const cut = (text, digits) => text.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(digits))));
const close = (path) => path.replace(/ ?([A-Z]) ?/g, "$1").replace(/(Z)M[-\d. ]+$/, "$1").replace(/ -/g, "-");
/** A letter's outline in hundredths, which are shorter to write. */
const letter = (path) => close(path.replace(/-?\d+(\.\d+)?/g, (number) => String(Math.round(Number(number) * 100))));
const drawn = readFileSync(svg, "utf8")
  .replace(/<symbol[^>]* id="glyph(\d+)-(\d+)">\s*<path[^>]* d="([^"]*)"\/>\s*<\/symbol>/g, (_, font, glyph, path) => `<path id="g${font}-${glyph}" transform="scale(.01)" d="${letter(path)}"/>`)
  .replace(/<use xlink:href="#glyph(\d+)-(\d+)" x="([-\d.]+)" y="([-\d.]+)"\/>/g, (_, font, glyph, x, y) => `<use href="#g${font}-${glyph}" x="${cut(x, 1)}" y="${cut(y, 1)}"/>`)
  .replace(/ (d|points|transform)="([^"]*\d\.\d[^"]*)"/g, (_, name, value) => ` ${name}="${name === "d" ? close(cut(value, 2)) : cut(value, 4)}"`)
  // Whoever shows it on a dark ground shows paper.
  .replace("</defs>", '</defs>\n<rect width="100%" height="100%" fill="#fff"/>')
  .replace(/\n\s*/g, "\n");
writeFileSync(out, drawn);
console.log(`${out}: ${drawn.length} bytes`);
