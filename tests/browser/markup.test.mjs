// The markup and the style sheets before two checkers: html-validate and the Nu Html Checker.
// In comes one page of each kind of the built sites, out go all errors at once. What is allowed is listed here with its reason.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { byKind } from "./kinds.mjs";
import { largeSite, realSite } from "./site.mjs";

const JAVA = process.env.JAVA ?? "java";
const hasJava = spawnSync(JAVA, ["-version"]).status === 0;

/** Rules of html-validate's recommended set that do not hold here, with the reason. */
const RULES = {
  "doctype-style": ["error", { style: "lowercase" }],
  // Ids hold the frameworks' own, as in `#1.3.7.4`, which HTML allows.
  "valid-id": ["error", { relaxed: true }],
  // Line ends and trailing spaces are the texts' own.
  "no-trailing-whitespace": "off",
  // Titles name the page and the site; search engines cut them where they like.
  "long-title": "off",
  // Switches act at once and send nothing, so their form has no button to send it.
  "wcag/h32": "off",
  // `hidden` on the wrapper of switches that a script shows.
  "hidden-focusable": "off",
};

/** Errors of the Nu checker that are allowed, each a pattern with its reason. */
const ALLOWED = [];

/** The file of a page. */
const file = (folder, path) => join(folder, path.endsWith("/") ? `${path}index.html` : path);

describe("the markup", () => {
  let files, folders;

  before(() => {
    folders = [realSite(), largeSite()];
    const [real, large] = folders.map(byKind);
    const others = [...large].filter(([kind]) => !real.has(kind));
    files = [...[...real.values()].map(([path]) => file(folders[0], path)), ...others.map(([, [path]]) => file(folders[1], path))];
  });

  const short = (name) => folders.reduce((text, folder) => text.replace(folder, ""), name.replace(/^file:/, ""));
  const none = (faults) => assert.ok(faults.length === 0, `${faults.length} errors\n${faults.slice(0, 60).join("\n")}`);

  test("has no error by html-validate", async () => {
    const { HtmlValidate, StaticConfigLoader } = await import("html-validate");
    const validator = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:recommended"], rules: RULES }));
    const faults = [];
    for (const name of files) {
      const { results } = await validator.validateFile(name);
      const messages = results.flatMap((result) => result.messages);
      faults.push(...messages.map(({ line, column, ruleId, message }) => `${short(name)}:${line}:${column}: ${ruleId}: ${message}`));
    }
    none(faults);
  });

  test("has no error by the Nu checker, nor have the style sheets and pictures", { skip: hasJava ? false : "there is no Java" }, () => {
    const jar = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");
    const ours = ["static/site.css", "static/favicon.svg"].map((name) => join(folders[0], name));
    const words = ["-Xss8m", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", "--also-check-css", "--also-check-svg", ...files, ...ours];
    const { stdout, stderr } = spawnSync(JAVA, words, { encoding: "utf8", maxBuffer: 64 << 20 });
    assert.ok(stdout.startsWith("{"), stderr);
    const errors = JSON.parse(stdout).messages.filter(({ type }) => type !== "info");
    const told = errors.map(({ url, lastLine, message, extract }) => `${short(url)}:${lastLine ?? ""}: ${message} ${JSON.stringify(extract ?? "")}`);
    none(told.filter((fault) => !ALLOWED.some(([pattern]) => pattern.test(fault))));
  });
});
