// What can be wrong with a page, each kind of fault a function. In comes an open page, out go sentences; an empty list is a page without fault.
// All work with scripts on and off alike. Nothing of how a page is made is known here.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds; contrasts and the size of targets are among it. */
export const accessibility = (page) => axe(page, { type: "tag", values: RULES });

/** What axe finds of that which depends on colours, for a page that it has seen whole in other colours. */
export const colours = (page) => axe(page, { type: "rule", values: ["color-contrast", "link-in-text-block"] });

async function axe(page, runOnly) {
  await page.evaluate(AXE);
  return page.evaluate(async (runOnly) => {
    // Where scripts are off no timer ever rings, and axe sets some that ring at once.
    if (matchMedia("(scripting: none)").matches) window.setTimeout = (job, wait) => (wait || Promise.resolve().then(job), 0);
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"], runOnly });
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 4).map(({ target, failureSummary }) => {
        const reason = failureSummary.split("\n").slice(1).join(" ").trim();
        return `axe ${id} (${nodes.length}): ${target.join(" ")}: ${reason}`;
      }),
    );
  }, runOnly);
}

/** Headings, landmarks, tables and ids. */
export const structure = (page) =>
  page.evaluate(() => {
    const faults = [];
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const words = (node) => node.textContent.replace(/\s+/g, " ").trim().slice(0, 60);
    const visible = all("h1, h2, h3, h4, h5, h6").filter((heading) => heading.checkVisibility());
    const levels = visible.map((heading) => Number(heading.tagName[1]));
    if (levels[0] !== 1 || levels.lastIndexOf(1) !== 0) faults.push(`headings of the levels ${levels.join(" ")}`);
    levels.forEach((level, at) => {
      if (level > levels[at - 1] + 1) faults.push(`the heading “${words(visible[at])}” skips a level`);
    });
    // What stands in a frame of another site has the summary alone.
    const landmarks = document.body.classList.contains("embed") ? ["main"] : ["body > header", "main", "body > footer", "nav[aria-label], nav[aria-labelledby]"];
    for (const landmark of landmarks) {
      if (!document.querySelector(landmark)) faults.push(`no ${landmark}`);
    }
    const outside = [...document.body.children].filter((child) => !child.matches("header, nav, main, footer, dialog, script, .skip"));
    for (const child of outside) faults.push(`<${child.tagName.toLowerCase()}> stands in no landmark`);
    const ids = all("[id]").map((element) => element.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) faults.push(`the id ${id} is used twice`);
    for (const table of all("table")) {
      const name = words(table.caption ?? table);
      const isNamed = table.caption || table.hasAttribute("aria-labelledby") || table.closest(".prose");
      if (!isNamed) faults.push(`the table “${name}” has no caption`);
      for (const head of all("th:not([scope])", table)) faults.push(`“${name}”: the head “${words(head)}” has no scope`);
      // A table of a text has no row heads, since Markdown has no way to say so.
      const headless = table.closest(".prose") ? [] : all("tbody tr", table).filter((row) => !row.querySelector("th"));
      if (headless.length) faults.push(`“${name}”: ${headless.length} rows without a head, such as “${words(headless[0])}”`);
    }
    return faults;
  });

/** Whether the page scrolls sideways, and what makes it do so. */
export const sideways = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    const room = root.clientWidth;
    if (root.scrollWidth <= room) return [];
    const isFree = (element) => {
      for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible" && at !== document.body) return false;
      }
      return true;
    };
    const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1 && isFree(one));
    const name = (one) => `<${one.tagName.toLowerCase()} class="${one.getAttribute("class") ?? ""}"> “${one.textContent.trim().slice(0, 30)}”`;
    return [`scrolls sideways at ${room} px by ${root.scrollWidth - room} px: ${wide.slice(-3).map(name).join(", ")}`];
  });

/** Links to nowhere within the site, as they stand after scripts ran. */
export async function deadLinks(page, site) {
  const hrefs = await page.$$eval("a[href], area[href]", (links) => [...new Set(links.map((link) => link.href))]);
  const { origin } = new URL(site.address);
  const texts = new Map();
  const faults = [];
  for (const href of hrefs) {
    const url = new URL(href);
    if (url.origin !== origin) continue;
    if (!href.startsWith(`${site.address}/`)) {
      faults.push(`${href} leads out of the site`);
      continue;
    }
    const path = decodeURIComponent(url.pathname).slice(new URL(site.address).pathname.replace(/\/$/, "").length);
    const name = join(site.folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(name)) {
      faults.push(`${href} leads to nothing`);
      continue;
    }
    const anchor = decodeURIComponent(url.hash.slice(1));
    if (!anchor || !name.endsWith(".html")) continue;
    if (!texts.has(name)) texts.set(name, new Set([...readFileSync(name, "utf8").matchAll(/ id="([^"]*)"/g)].map((match) => plain(match[1]))));
    const isHere = url.pathname === new URL(page.url()).pathname;
    if (!texts.get(name).has(anchor) && !(isHere && (await page.evaluate((id) => !!document.getElementById(id), anchor)))) {
      faults.push(`${href}: there is no such place on the page`);
    }
  }
  return faults;
}

const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'");

/**
 * How far content jumped while the page was loaded. Needs scripts on.
 * A table's columns settle while its rows are still arriving, as fast as they arrive: that is not counted, anything after it is.
 */
export const jumped = (page) =>
  page.evaluate(
    () =>
      new Promise((tell) => {
        const { domContentLoadedEventStart: parsed } = performance.getEntriesByType("navigation")[0];
        const isTable = ({ node }) => !node || !!(node.nodeType === 1 ? node : node.parentElement)?.closest("table");
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const { startTime, sources, value } of list.getEntries()) {
            if (startTime > parsed || !sources.every(isTable)) sum += value;
          }
        });
        observer.observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(sum), 50)));
      }),
  );

export async function shift(page) {
  const sum = await jumped(page);
  return sum ? [`content jumped by ${sum.toFixed(4)}`] : [];
}
