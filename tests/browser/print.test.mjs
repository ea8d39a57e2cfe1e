// The theme `print` as it is compiled in: every kind of page on wide and narrow screens, in both schemes, in forced colours and on paper.
// In comes this repository's catalogue without its folder of themes, out goes every fault of every page at once. No page may hold a script.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { notes, open, skip } from "./browser.mjs";
import { accessibility, colours, deadLinks, sideways, structure } from "./faults.mjs";
import { byKind, each } from "./kinds.mjs";
import { REPOSITORY, build, scratch } from "./site.mjs";
import { stage } from "./stage.mjs";

const JAVA = process.env.JAVA ?? "java";
const hasJava = spawnSync(JAVA, ["-version"]).status === 0;

/** The site of this repository's catalogue in the theme `print`. */
function printed() {
  const root = scratch();
  cpSync(join(REPOSITORY, "content"), join(root, "content"), { recursive: true });
  const settings = readFileSync(join(REPOSITORY, "site.toml"), "utf8");
  writeFileSync(join(root, "site.toml"), settings.replace('theme = "default"', 'theme = "print"'));
  return build(root);
}

describe("the theme for paper", { skip }, () => {
  const on = stage(printed);
  let kinds;

  before(() => {
    kinds = [...byKind(on.site.folder)].map(([kind, [path]]) => ({ kind, path }));
  });

  const none = (faults) => assert.ok(faults.length === 0, `${faults.length} faults\n${faults.slice(0, 60).join("\n")}`);

  test("is whole, silent and without scripts on every kind of page", async () => {
    const faults = [];
    await each(kinds, 2, async ({ kind, path }) => {
      const say = (what) => (fault) => faults.push(`${path} (${kind}), ${what}: ${fault}`);
      const noted = notes();
      const page = await open(on.browser, on.site, path, { stays: true, viewport: { width: 1280, height: 800 } }, noted);
      (await accessibility(page)).forEach(say("1280 px, light"));
      (await structure(page)).forEach(say("1280 px"));
      (await sideways(page)).forEach(say("1280 px"));
      (await deadLinks(page, on.site)).forEach(say("links"));
      // axe is the test's own; a script of the page would have stood there before.
      if (await page.locator("script").count()) say("scripts")("there is one");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.setViewportSize({ width: 375, height: 800 });
      (await sideways(page)).forEach(say("375 px"));
      (await colours(page)).forEach(say("375 px, dark"));
      await page.setViewportSize({ width: 320, height: 800 });
      await page.emulateMedia({ forcedColors: "active" });
      (await sideways(page)).forEach(say("320 px, forced colours"));
      for (const [what, said] of Object.entries(noted)) said.forEach(say(what));
      await page.context().close();
    });
    none(faults);
    const scripts = readdirSync(join(on.site.folder, "static")).filter((name) => name.endsWith(".js"));
    assert.deepEqual(scripts, []);
  });

  test("leaves on paper what leads elsewhere, and prints the page's address", async () => {
    const [path] = byKind(on.site.folder).get("certification");
    const page = await open(on.browser, on.site, path);
    await page.emulateMedia({ media: "print" });
    const shown = (selector) => page.locator(selector).first().isVisible();
    assert.deepEqual(await Promise.all(["nav", ".files", "h1", "#results thead", ".notices", "body > footer > p:last-child"].map(shown)), [
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    await page.context().close();
  });

  test("has no error by the Nu checker", { skip: hasJava ? false : "there is no Java" }, () => {
    const jar = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");
    const files = kinds.map(({ path }) => join(on.site.folder, path.endsWith("/") ? `${path}index.html` : path));
    const words = ["-Xss8m", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", "--also-check-css"];
    const { stdout, stderr } = spawnSync(JAVA, [...words, ...files, join(on.site.folder, "static/site.css")], { encoding: "utf8", maxBuffer: 64 << 20 });
    assert.ok(stdout.startsWith("{"), stderr);
    const errors = JSON.parse(stdout).messages.filter(({ type }) => type !== "info");
    none(errors.map(({ url, lastLine, message, extract }) => `${url.replace(on.site.folder, "")}:${lastLine ?? ""}: ${message} ${JSON.stringify(extract ?? "")}`));
  });
});
