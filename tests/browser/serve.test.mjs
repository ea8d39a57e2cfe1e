// The preview as someone who edits a catalogue uses it: pages that follow, mistakes that are shown, nothing that jumps.
// In comes a catalogue of its own with `certalog serve` on it, out goes every difference. Nothing leaves this machine.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach, describe, test } from "node:test";

import { launch, notes, open, skip } from "./browser.mjs";
import { DAY, REPOSITORY, scratch } from "./site.mjs";

const RECORD = "content/certifications/huawei-digital-crm-r2.1/certification.md";
const PAGE = "/certifications/huawei-digital-crm-r2.1/";
// longer than anything takes on a busy machine
const PATIENCE = 60_000;

/** Starts the preview of a catalogue and tells its address when it says it. */
async function start(root) {
  const program = process.env.CERTALOG ?? join(REPOSITORY, "target/debug/certalog");
  if (!existsSync(program)) execFileSync("cargo", ["build", "--quiet"], { cwd: REPOSITORY });
  const child = spawn(program, ["serve", "--root", root, "--as-of", DAY, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address] = line.match(/^serving (http:\S+)\/: /) ?? [];
    if (address) return { child, address };
  }
  throw new Error("the preview does not start");
}

describe("the preview", { skip }, () => {
  let browser, page, root, site;
  const noted = notes();

  const path = (name) => join(root, name);
  const read = (name) => readFileSync(path(name), "utf8");
  const write = (name, text) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  const edit = (name, from, to) => {
    const text = read(name);
    assert.ok(text.includes(from), `${name} has no ${from}`);
    write(name, text.replace(from, to));
  };
  const git = (...words) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test", ...words], {
      cwd: root,
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    });
  const dialog = () => page.locator("certalog-report dialog");
  const show = async (where, options) => {
    await page?.context().close();
    page = await open(browser, site, where, options, noted);
    page.setDefaultTimeout(PATIENCE);
  };
  /** Marks the page, so that it can be told whether it was loaded again. */
  const mark = () => page.evaluate(() => (window.marked = true));
  const isMarked = () => page.evaluate(() => window.marked === true);

  before(async () => {
    root = join(scratch(), "catalogue");
    for (const name of ["site.toml", "content"]) cpSync(join(REPOSITORY, name), path(name), { recursive: true });
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "One");
    [site, browser] = await Promise.all([start(root), launch()]);
  });

  /** Waits until nothing is built any more. */
  const rest = async () => {
    for (let last = null, same = 0; same < 8; ) {
      const sent = await (await fetch(site.address)).text();
      const [, generation] = sent.match(/generation=(\d+)"/);
      same = generation === last ? same + 1 : 0;
      last = generation;
      await new Promise((go) => setTimeout(go, 150));
    }
  };

  beforeEach(async () => {
    git("reset", "-q", "--hard");
    git("clean", "-qfd");
    await rest();
  });

  after(async () => {
    await browser?.close();
    site?.child.kill("SIGINT");
    if (site) await new Promise((ended) => site.child.once("exit", ended));
    assert.equal(site?.child.exitCode, 0, "it ends as it was asked to");
    // the port of the second start is another one than pages were opened with
    const foreign = noted.foreign.filter((url) => new URL(url).origin !== new URL(site.address).origin);
    assert.deepEqual({ ...noted, foreign }, notes(), "nothing on the console, and nobody else is asked");
  });

  test("a page that changed is loaded again, where its reader was", async () => {
    await show(PAGE);
    await page.evaluate(() => scrollTo(0, 900));
    edit(RECORD, 'product = "Digital CRM"', 'product = "Digital CRM renewed"');
    await page.waitForFunction(() => document.querySelector("h1").textContent.includes("renewed"));
    await page.waitForFunction(() => Math.abs(scrollY - 900) < 2);
  });

  test("a page that did not change is left alone", async () => {
    await show("/about/");
    await mark();
    const other = await open(browser, site, PAGE, {}, noted);
    edit(RECORD, "[[result]]", '[[remark]]\ntext = "A remark of this test."\n\n[[result]]');
    await other.getByText("A remark of this test.").first().waitFor({ timeout: PATIENCE });
    await other.context().close();
    assert.ok(await isMarked());
  });

  test("a style sheet is exchanged without loading the page", async () => {
    await show(PAGE);
    await mark();
    await page.evaluate(() => scrollTo(0, 700));
    const css = readFileSync(join(REPOSITORY, "themes/default/static/site.css"), "utf8");
    write("themes/default/static/site.css", `${css}\nh1 { color: rgb(1, 2, 3); }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
    await page.waitForFunction(() => document.querySelectorAll('link[href*="site.css"]').length === 1);
    assert.ok(await isMarked());
    assert.ok(Math.abs((await page.evaluate(() => scrollY)) - 700) < 2);
  });

  test("a picture that changed is loaded again, whatever signs its name has", async () => {
    const drawing = (fill) => `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20" fill="${fill}"/></svg>`;
    const picture = "content/pages/pictures/Müller's plan (1) & so on.svg";
    write(picture, drawing("red"));
    write("content/pages/pictures/page.md", `+++\ntitle = "Pictures"\n+++\n![A plan](<Müller's plan (1) & so on.svg>)\n`);
    for (const end = Date.now() + PATIENCE; !(await fetch(`${site.address}/pictures/page/`)).ok; ) {
      assert.ok(Date.now() < end, "the page is never there");
      await new Promise((go) => setTimeout(go, 50));
    }
    await show("/pictures/page/");
    await page.waitForFunction(() => document.querySelector("main img").complete);
    await mark();
    write(picture, drawing("blue"));
    await page.waitForFunction(() => window.marked !== true);
  });

  test("a mistake is shown over the page and goes away when it is mended", async () => {
    await show(PAGE);
    await mark();
    edit(RECORD, 'element = "1.3.7.4"', 'element = "9.9.9"');
    await dialog().waitFor({ state: "visible" });
    const words = await dialog().innerText();
    for (const word of ["1 error", "9.9.9", `${RECORD}:`, "unknown-element"]) assert.ok(words.includes(word), words);
    assert.ok((await dialog().locator("mark").innerText()).includes("9.9.9"));
    assert.equal(await page.evaluate(() => document.activeElement.localName), "certalog-report", "it has the focus");
    assert.ok(await isMarked(), "the last good page is still there");
    edit(RECORD, 'element = "9.9.9"', 'element = "1.3.7.4"');
    await dialog().waitFor({ state: "hidden" });
    assert.ok(await isMarked(), "which is the one that is right again");
  });

  test("a report that was closed stays closed until it is another one", async () => {
    await show(PAGE);
    write("site.toml", read("site.toml").replace('title = "', 'titel = "'));
    await dialog().waitFor({ state: "visible" });
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
    await page.reload();
    const button = page.locator("certalog-report button.open");
    await button.waitFor({ state: "visible" });
    assert.ok(await dialog().isHidden());
    await button.click();
    await dialog().waitFor({ state: "visible" });
    await dialog().getByRole("button", { name: "Close" }).click();
    await dialog().waitFor({ state: "hidden" });
    // a template, in place of the settings
    git("checkout", "-q", "site.toml");
    write("themes/default/templates/certification.html", "{% extends 'base.html' %}{% block main %}{{ page.nothing }}{% endblock %}");
    await dialog().waitFor({ state: "visible" });
    assert.match(await dialog().innerText(), /template-error[^]*themes\/default\/templates\/certification\.html/);
    rmSync(path("themes"), { recursive: true });
    await dialog().waitFor({ state: "hidden" });
    await button.waitFor({ state: "hidden" });
  });

  test("pages come, move and go", async () => {
    await show("/added/");
    assert.equal(await page.locator("h1").innerText(), "Page not found");
    write("content/pages/added.md", "+++\ntitle = \"Added\"\n+++\nA page that was added.\n");
    await page.getByText("A page that was added.").waitFor();
    renameSync(path("content/pages/added.md"), path("content/pages/moved.md"));
    await page.waitForFunction(() => document.querySelector("h1").textContent.includes("not found"));
    await page.goto(`${site.address}/moved/`);
    await page.getByText("A page that was added.").waitFor();
    rmSync(path("content/pages/moved.md"));
    await page.waitForFunction(() => document.querySelector("h1").textContent.includes("not found"));
    noted.messages.length = 0; // the browser says that the status was 404
  });

  test("another branch is followed there and back", async () => {
    git("switch", "-qc", "other");
    edit(RECORD, 'product = "Digital CRM"', 'product = "Of the other branch"');
    git("commit", "-qam", "Two");
    await show(PAGE);
    await page.getByRole("heading", { level: 1, name: /Of the other branch/ }).waitFor();
    git("switch", "-q", "main");
    await page.getByRole("heading", { level: 1, name: /Digital CRM/ }).waitFor();
    git("switch", "-q", "other");
    await page.getByRole("heading", { level: 1, name: /Of the other branch/ }).waitFor();
    git("switch", "-q", "main");
    await page.getByRole("heading", { level: 1, name: /Digital CRM/ }).waitFor();
  });

  test("a tab that comes back hears what it missed", async () => {
    await show(PAGE);
    // a page in the background lets go of its stream; the browser of this test shows all its pages, so it is told
    const become = (state) =>
      page.evaluate((state) => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await mark();
    await become("hidden");
    edit(RECORD, 'product = "Digital CRM"', 'product = "Digital CRM unseen"');
    const other = await open(browser, site, PAGE, {}, noted);
    await other.getByRole("heading", { level: 1, name: /unseen/ }).waitFor({ timeout: PATIENCE });
    await other.context().close();
    assert.ok(await isMarked());
    await become("visible");
    await page.getByRole("heading", { level: 1, name: /unseen/ }).waitFor();
  });

  test("a preview that was started anew is followed, and a broken start too", async () => {
    await show(PAGE);
    await mark();
    site.child.kill("SIGINT");
    await new Promise((ended) => site.child.once("exit", ended));
    write("site.toml", read("site.toml").replace('title = "', 'titel = "'));
    noted.messages.length = 0; // the browser says that its stream was refused
    site = await start(root);
    await page.goto(site.address);
    assert.match(await page.locator("main").innerText(), /missing-key/);
    git("checkout", "-q", "site.toml");
    await page.getByRole("heading", { level: 1, name: /certifications/ }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/catalogue/", "the site stands where its settings say");
    noted.messages.length = 0; // and that the status of the report was 503
  });
});
