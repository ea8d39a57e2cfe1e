// What a page weighs, by kind, against its budget. In comes a built site and a browser, out go figures and what is above its limit.
// `node budgets.mjs` prints the table of docs/performance.md. Bytes are counted as a host sends them: gzipped, page by page.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { launch } from "./browser.mjs";
import { jumped } from "./faults.mjs";
import { byKind, each } from "./kinds.mjs";
import { largeSite, realSite, serve } from "./site.mjs";

const KB = 1024;

/** The limits that every page keeps. */
export const LIMITS = {
  html: 40 * KB,
  css: 14 * KB,
  script: 15 * KB,
  first: 80 * KB,
  requests: 8,
  elements: 5000,
  shift: 0,
};

/** What the browser fetches and makes of one page, from a cold start until it rests. */
export async function weigh(browser, site, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const fetched = [];
  page.on("response", (response) => fetched.push(response));
  await page.goto(site.address + path, { waitUntil: "networkidle" });
  const bytes = { html: 0, css: 0, script: 0, other: 0 };
  // The icon and the mark in the header are one file, which a browser fetches once.
  const files = new Map(fetched.map((response) => [response.url(), response]));
  for (const response of files.values()) {
    const kind = { document: "html", stylesheet: "css", script: "script" }[response.request().resourceType()] ?? "other";
    bytes[kind] += gzipSync(await response.body(), { level: 6 }).length;
  }
  const shift = await jumped(page);
  const elements = await page.evaluate(() => document.getElementsByTagName("*").length);
  await context.close();
  const first = bytes.html + bytes.css + bytes.script + bytes.other;
  return { html: bytes.html, css: bytes.css, script: bytes.script, first, requests: files.size, elements, shift: Number(shift.toFixed(4)) };
}

/** The largest page of every kind of the sites: its kind, its path and its figures; of two sites the heavier page. */
export async function heaviest(browser, sites) {
  const kinds = sites.map((site) => byKind(site.folder));
  const places = sites.flatMap((site, at) => [...kinds[at]].map(([kind, [path]]) => ({ site, kind, path })));
  // A page that leads on at once is never looked at.
  const stays = places.filter(({ site, path }) => !readFileSync(`${site.folder}${path}${path.endsWith("/") ? "index.html" : ""}`, "utf8").includes('http-equiv="refresh"'));
  return each(stays, 2, async (place) => {
    const figures = await weigh(browser, place.site, place.path);
    // A busy machine draws half a page; what really jumps does so again.
    for (let more = 3; figures.shift && more; more--) {
      figures.shift = Math.min(figures.shift, (await weigh(browser, place.site, place.path)).shift);
    }
    return { ...place, figures };
  });
}

/** What is above its limit. */
export const excess = ({ path, kind, figures }) =>
  Object.entries(LIMITS)
    .filter(([name, limit]) => figures[name] > limit)
    .map(([name, limit]) => `${path} (${kind}): ${name} is ${figures[name]}, the limit ${limit}`);

/** The figures as a table in Markdown: of each kind its heaviest page. */
function table(weighed) {
  const kb = (bytes) => (bytes / KB).toFixed(1);
  const kinds = new Map();
  for (const one of weighed) if (!(kinds.get(one.kind)?.figures.html > one.figures.html)) kinds.set(one.kind, one);
  const rows = [...kinds.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1)).map(({ kind, path, figures }) => {
    const { html, css, script, first, requests, elements, shift } = figures;
    return `| ${kind} | \`${path}\` | ${kb(html)} | ${kb(css)} | ${kb(script)} | ${kb(first)} | ${requests} | ${elements} | ${shift} |`;
  });
  const limit = `| **limit** | | ${kb(LIMITS.html)} | ${kb(LIMITS.css)} | ${kb(LIMITS.script)} | ${kb(LIMITS.first)} | ${LIMITS.requests} | ${LIMITS.elements} | ${LIMITS.shift} |`;
  const head = "| kind | heaviest page | HTML, KB | CSS, KB | script, KB | first view, KB | requests | elements | shift |\n|---|---|---:|---:|---:|---:|---:|---:|---:|";
  return [head, ...rows, limit].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  const sites = [await serve(realSite()), await serve(largeSite())];
  const weighed = await heaviest(browser, sites);
  console.log(table(weighed));
  for (const fault of weighed.flatMap(excess)) console.log(`above: ${fault}`);
  await browser.close();
  for (const site of sites) site.close();
}
