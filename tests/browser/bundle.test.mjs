// `certalog build --bundle`: the archive is unpacked by another program, and every page is opened from the disk.
// In comes this repository's catalogue, out goes every link that leads to nothing and everything that the browser says. CERTALOG names the program.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { launch, skip } from "./browser.mjs";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.CERTALOG;

describe("a bundle", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "certalog-bundle-"));
  const archive = join(folder, "my catalogue.zip");
  const site = join(folder, "my catalogue");
  const build = (place) => execFileSync(program, ["build", "--quiet", "--as-of", "2026-01-01", "--root", repository, "--bundle", place], { stdio: "pipe" });
  let browser;

  before(async () => {
    assert.ok(program, "CERTALOG names the program");
    build(archive);
    execFileSync("python3", ["-m", "zipfile", "-e", archive, folder]);
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test("has the same bytes every time", () => {
    const first = readFileSync(archive);
    build(archive);
    assert.ok(first.equals(readFileSync(archive)));
  });

  test("opens from the disk, page by page, without a broken link or a word on the console", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let said = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(String(error)));
    // A former address leads on while its own files are still loading.
    const isLeft = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
    page.on("requestfailed", (request) => isLeft(request) || said.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on("request", (request) => request.url().startsWith("file:") || said.push(`asks ${request.url()}`));
    const [waiting, seen, faults, anchors] = [[join(site, "index.html")], new Map(), [], []];
    let links = 0;
    while (waiting.length) {
      const path = waiting.pop();
      if (seen.has(path)) continue;
      said = [];
      await page.goto(String(pathToFileURL(path)));
      // A former address leads on by itself; where to is a link of the page.
      const found = await page.evaluate(() => ({
        links: [...document.querySelectorAll("[href], [src], form[action]")].map((one) => one.href?.baseVal ?? one.href ?? one.src ?? one.action),
        ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
        style: getComputedStyle(document.body).fontFamily,
        scripts: document.scripts.length,
      }));
      const at = relative(site, path);
      seen.set(path, new Set(found.ids));
      faults.push(...said.map((words) => `${at}: ${words}`));
      if (found.scripts) faults.push(`${at}: a script`);
      if (!found.style || found.style === '"Times New Roman"') faults.push(`${at}: no style`);
      for (const link of found.links) {
        links += 1;
        const url = new URL(link, pathToFileURL(path));
        if (url.protocol !== "file:") continue;
        const target = fileURLToPath(new URL(url.pathname, "file:"));
        if (!target.startsWith(`${site}/`)) faults.push(`${at}: ${link} leads out of the bundle`);
        else if (!existsSync(target)) faults.push(`${at}: ${link} leads to nothing`);
        else if (statSync(target).isDirectory()) faults.push(`${at}: ${link} leads to a folder`);
        else if (target.endsWith(".html")) {
          waiting.push(target);
          if (url.hash.length > 1) anchors.push([at, target, decodeURIComponent(url.hash.slice(1))]);
        }
      }
    }
    for (const [at, target, anchor] of anchors) {
      if (!seen.get(target)?.has(anchor)) faults.push(`${at}: there is no ${anchor} in ${relative(site, target)}`);
    }
    assert.deepEqual(faults.slice(0, 20), []);
    assert.ok(seen.size > 100 && links > 5000, `${seen.size} pages, ${links} links`);
    console.log(`${seen.size} pages, ${links} links`);
  });

  test("everything can be found without a script", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(String(pathToFileURL(join(site, "search/index.html"))));
    const hrefs = await page.evaluate(() => [...document.querySelectorAll("main a[href]")].map((one) => one.href));
    assert.ok(hrefs.length > 5 && hrefs.every((href) => href.startsWith("file:")), hrefs.join("\n"));
  });
});
