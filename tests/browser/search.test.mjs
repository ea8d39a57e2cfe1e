// The search: what is found first, on the built site's own index by the modules that the site ships; and the finder, the search page and the
// page for lost addresses as a reader uses them. In come built sites, out goes every difference. Nothing leaves this machine.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { notes, skip } from "./browser.mjs";
import { REPOSITORY, largerSite, realSite, scratch } from "./site.mjs";
import { stage } from "./stage.mjs";

const facts = (name) => JSON.parse(readFileSync(join(REPOSITORY, `tests/facts/${name}.json`), "utf8"));

/** The modules of the theme, in a folder that says what they are: elsewhere Node.js may not take a `.js` file for a module. */
const folder = scratch();
cpSync(join(REPOSITORY, "themes/default/static"), folder, { recursive: true });
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
const theme = (name) => import(join(folder, name));

test("words are spelled as the table says", async () => {
  const { fold, idKey, words } = await theme("spelling.js");
  for (const { text, words: expected, key } of facts("spelling")) {
    const folded = fold(text);
    assert.deepEqual(words(folded), expected, text);
    assert.equal(idKey(folded), key, text);
  }
});

test("one slip is forgiven, two are not", async () => {
  const { isNear } = await theme("spelling.js");
  for (const [a, b] of [["customer", "custmer"], ["customer", "cusstomer"], ["customer", "custemer"], ["customer", "csutomer"], ["same", "same"]]) {
    assert.ok(isNear(a, b) && isNear(b, a), `${a} ${b}`);
  }
  for (const [a, b] of [["customer", "custmr"], ["customer", "csutmoer"], ["abcd", "dbca"], ["abcd", "ab"], ["abcd", "bcda"]]) {
    assert.ok(!isNear(a, b) && !isNear(b, a), `${a} ${b}`);
  }
});

/** The index of a built site, read from disk, with the files that were asked for. */
async function indexOf(site) {
  const { Index } = await theme("search.js");
  const asked = [];
  const index = await Index.open(async (path) => {
    const bytes = readFileSync(join(site, path.split("?")[0]));
    asked.push({ path, size: gzipSync(bytes).length });
    return JSON.parse(bytes);
  });
  return { index, asked };
}

test("the right thing comes first", async () => {
  const { index } = await indexOf(realSite());
  const { grouped } = await theme("search.js");
  const table = facts("search");
  assert.ok(table.length >= 60);
  for (const { query: text, kind, first, formerly, text: isText } of table) {
    const { query, hits } = await index.find(text);
    const texts = await index.texts(query, new Set(hits.map(({ entry }) => entry.address)));
    const hit = grouped(hits)[0]?.hits[0] ?? texts.hits[0];
    assert.ok(hit, `nothing for “${text}”`);
    const { entry } = hit;
    const former = hit.id && hit.id.text !== entry.id ? hit.id : kind === "element" ? hit.name : undefined;
    const version = (release) => entry.framework.releases[release][0];
    const since = former && [...new Set([former.from, former.to ?? entry.framework.releases.length - 1])].map(version).join("–");
    assert.deepEqual(
      [entry.kind, [entry.id, entry.name].filter(Boolean).join(" "), former && `${former.text} ${since}`, Boolean(hit.isText)],
      [kind, first, formerly, Boolean(isText)],
      text,
    );
  }
});

test("nonsense finds nothing and breaks nothing", async () => {
  const { index } = await indexOf(realSite());
  for (const text of ["", " ", "…", "\u0000", "qqqqqq", "<script>", "hasOwnProperty", "toString", ".*", "((", "\ud800", "a".repeat(10_000), "__proto__ x"]) {
    const { query, hits } = await index.find(text);
    const { total } = await index.texts(query);
    assert.ok(Array.isArray(hits) && total >= 0, text);
  }
  const { hits } = await index.find("constructor");
  assert.deepEqual(hits, []);
});

test("a split index answers as a whole one does, and asks for little", async () => {
  const { index, asked } = await indexOf(largerSite());
  assert.equal(index.all, null, "the larger site has more entries than one file holds");
  // What one file would hold: all numbered parts together.
  const { Index } = await theme("search.js");
  const entries = {};
  for (let part = 0; part * index.directory.numbered < index.directory.count; part += 1) {
    const { entries: some } = JSON.parse(readFileSync(join(largerSite(), `search/entries-${part}.json`)));
    for (const [kind, columns] of Object.entries(some)) {
      const group = (entries[kind] ??= {});
      const before = group.name?.length ?? 0;
      for (const name of ["name", "key", "ids", "names", "framework", "release", "of"]) {
        group[name] ??= [];
        while (group[name].length < before) group[name].push(0);
        group[name].push(...(columns[name] ?? columns.name.map(() => 0)));
      }
    }
  }
  const whole = await Index.open(async () => ({ ...index.directory, entries }));
  const { name } = entries.element;
  const slip = (text) => text.replace(/(\w)(\w)(\w+)$/, "$2$1$3");
  const queries = [name[0], name[300].toLowerCase(), slip(name[150]), "2.3.1", "certification-00042", entries.certification.name[17], entries.organization.name[3]];
  for (const text of queries) {
    asked.length = 0;
    const [split, one] = [await index.find(text), await whole.find(text)];
    const told = ({ hits }) => hits.slice(0, 5).map(({ entry, tier }) => `${tier} ${entry.id} ${entry.name}`);
    assert.deepEqual(told(split)[0], told(one)[0], text);
    if (!split.isPartial) assert.deepEqual(told(split), told(one), text);
    const size = asked.reduce((sum, file) => sum + file.size, 0);
    assert.ok(size < 60_000, `${text}: ${size} bytes in ${asked.map(({ path }) => path)}`);
    for (const file of asked) assert.ok(file.size <= 15_000, `${file.path}: ${file.size}`);
  }
});

test("parts of another build are refused", async () => {
  const { Index } = await theme("search.js");
  const index = await Index.open(async (path) => {
    const file = JSON.parse(readFileSync(join(largerSite(), path.split("?")[0])));
    return path === "search/index.json" ? file : { ...file, stamp: "other" };
  });
  await assert.rejects(index.find("1.1.1"));
});

describe("the search in a browser", { skip }, () => {
  const on = stage(realSite);
  let page;
  const noted = notes();
  let requests = [];

  /** The only page that is open, with everything that it fetches. */
  async function visit(path, options = {}, told = noted) {
    await page?.context().close();
    page = await on.open(path, options, told);
    requests = [];
    page.on("request", (request) => requests.push(request.url().slice(on.site.address.length)));
  }

  const status = (words) => page.waitForFunction((text) => [...document.querySelectorAll("[role=status]")].some((one) => one.textContent === text), words);
  const active = () =>
    page.evaluate(() => {
      const input = document.activeElement;
      const option = document.getElementById(input.getAttribute("aria-activedescendant"));
      return option?.querySelector("span")?.textContent.trim() ?? null;
    });
  const isOpen = () => page.evaluate(() => document.querySelector("dialog.finder")?.open ?? false);

  test("fetches nothing before somebody searches", async () => {
    await page?.context().close();
    const context = await on.browser.newContext();
    page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url().slice(on.site.address.length)));
    await page.goto(`${on.site.address}/`);
    await page.waitForSelector("certalog-finder button");
    await page.waitForTimeout(300);
    assert.deepEqual(asked.filter((path) => path.startsWith("/search/") || /search\.js|results\.js|dialog\.js/.test(path)), []);
    const sizes = [];
    page.on("response", (response) => {
      const path = new URL(response.url()).pathname.slice(new URL(`${on.site.address}/`).pathname.length);
      sizes.push(gzipSync(readFileSync(join(on.site.folder, path.replace(/(^|\/)$/, "$1index.html")))).length);
    });
    await page.keyboard.press("/");
    await page.keyboard.type("1.1.1.22");
    await status("1 result");
    const fetched = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(fetched > 0 && fetched <= 60_000, `${fetched} bytes`);
  });

  test("is used with the keyboard alone, says what it finds and gives the focus back", async () => {
    await visit("/about/");
    await page.waitForSelector("certalog-finder button");
    await page.locator("main a").first().focus();
    const before = await page.evaluate(() => document.activeElement.outerHTML);
    await page.keyboard.press("/");
    await page.waitForSelector("dialog.finder[open]");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox");
    await page.keyboard.type("customer problem", { delay: 10 });
    await status("12 results");
    assert.equal(await active(), "1.3.7.1 Isolate Customer Problem");
    await page.keyboard.press("ArrowDown");
    assert.equal(await active(), "1.3.7.2 Report Customer Problem");
    await page.keyboard.press("End");
    const last = await active();
    await page.keyboard.press("Home");
    assert.equal(await active(), "1.3.7.1 Isolate Customer Problem");
    await page.keyboard.press("ArrowUp");
    assert.equal(await active(), last);
    assert.deepEqual(await page.$$eval("dialog [role=group] > p", (heads) => heads.map((head) => head.textContent)), ["Processes", "In the texts"]);
    assert.equal(await page.$$eval("dialog [aria-selected=true]", (options) => options.length), 1);
    await page.keyboard.press("Escape");
    assert.equal(await isOpen(), false);
    assert.equal(await page.evaluate(() => document.activeElement.outerHTML), before);
    await page.keyboard.press("Control+k");
    await page.waitForSelector("dialog.finder[open]");
    assert.equal(await page.locator("dialog input[name=q]").inputValue(), "", "what was searched for is not kept");
    await page.keyboard.type("1.1.1.22", { delay: 10 });
    await status("1 result");
    assert.equal(await page.locator("dialog [role=option] small").textContent(), "eTOM 16.0 · formerly 1.1.1.22 (in 14.5)");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/frameworks/etom/process/customer-support-readiness/");
  });

  test("takes no key from somebody who types, and the key / can be turned off for good", async () => {
    await visit("/");
    await page.waitForSelector("certalog-finder button");
    const field = page.locator("form.find input");
    await field.focus();
    await page.keyboard.type("a/b");
    await page.keyboard.press("Control+k");
    assert.equal(await field.inputValue(), "a/b");
    assert.equal(await isOpen(), false);
    await page.getByRole("button", { name: "Search" }).first().click();
    await page.waitForSelector("dialog.finder[open]");
    await page.getByLabel("The key / opens the search").uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.waitForSelector("certalog-finder button");
    await page.keyboard.press("/");
    await page.waitForTimeout(300);
    assert.equal(await isOpen(), false);
    await page.keyboard.press("Control+k");
    await page.waitForSelector("dialog.finder[open]");
  });

  test("shows passages of texts with the words marked, and leads to their place", async () => {
    await visit("/");
    await page.keyboard.press("/");
    await page.waitForSelector("dialog.finder[open]");
    await page.keyboard.type("taxes rebates credits", { delay: 5 });
    await page.waitForFunction(() => document.querySelectorAll("dialog .passage mark").length > 2);
    assert.deepEqual(await page.$$eval("dialog .passage mark", (marks) => marks.map((mark) => mark.textContent)), ["taxes", "rebates", "credits"]);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/mapping/#c-1.1.1.10.1-3");
  });

  test("keeps query and kind in the address: reload, Back, sent to others", async () => {
    await visit("/");
    await page.locator("form.find input").fill("customer problem");
    await page.locator("form.find button").click();
    await page.waitForURL("**/search/?q=customer+problem");
    await status("12 results");
    const kinds = () => page.$$eval(".kinds label", (labels) => labels.map((label) => label.textContent));
    assert.deepEqual(await kinds(), ["All (12)", "Processes (6)", "In the texts (6)"]);
    assert.equal(await page.locator(".everything").isVisible(), false);
    await page.getByLabel("Processes (6)").check();
    await status("6 results");
    assert.match(page.url(), /q=customer\+problem&kind=elements/);
    await page.reload();
    await status("6 results");
    assert.ok(await page.getByLabel("Processes (6)").isChecked());
    await page.goBack();
    await status("12 results");
    await page.locator("form.find input").fill("nothing at all of it");
    await status("Nothing found for “nothing at all of it”.");
    assert.equal(await page.locator(".everything").isVisible(), true);
    await page.locator("form.find input").fill("");
    await page.waitForFunction(() => location.search === "");
  });

  test("without scripts the search page lists everything", async () => {
    await visit("/search/?q=huawei", { javaScriptEnabled: false });
    assert.ok((await page.locator("#names .entries a").count()) > 100);
    await page.locator("#ids .entries a", { hasText: "WF_CIM_006" }).click();
    await page.waitForURL("**/mapping/#s-WF_CIM_006");
  });

  test("fits a narrow phone, and nothing moves when the script has run", async () => {
    for (const width of [320, 375]) {
      await visit("/search/?q=customer", { viewport: { width, height: 700 } });
      await page.waitForSelector(".results li");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.keyboard.press("Tab");
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.finder[open]");
      await page.keyboard.type("customer interaction management");
      await page.waitForSelector("dialog [role=option]");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      const box = await page.locator("dialog.finder").boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
    }
    await visit("/");
    await page.waitForSelector("certalog-finder button");
    const shift = await page.evaluate(
      () =>
        new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 300);
        }),
    );
    assert.equal(shift, 0);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`has no fault that axe knows, ${colorScheme}`, async () => {
      const axe = readFileSync(join(REPOSITORY, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8");
      const faults = async () => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      };
      await visit("/search/?q=customer+problem", { colorScheme, bypassCSP: true });
      await status("12 results");
      assert.deepEqual(await faults(), []);
      await page.keyboard.press("/");
      await page.waitForSelector("dialog.finder[open]");
      await page.keyboard.type("customer problem");
      await page.waitForSelector("dialog .passage mark");
      assert.deepEqual(await faults(), []);
    });
  }

  test("says nothing on the console and asks nobody else", () => {
    assert.deepEqual(noted, notes());
  });

  // Last, since a browser notes an answer of 404 on its console.
  test("offers the page of a former id where an address leads nowhere", async () => {
    const told = notes();
    for (const [path, name] of [
      ["/frameworks/etom/14.5/1.1.1.22", "Customer Support & Readiness"],
      ["/frameworks/etom/processes/close-customer-problem-report/", "Close Customer Problem Report"],
      ["/organizations/huwaei/", null],
      ["/nothing/here/", null],
    ]) {
      await visit(path, {}, told);
      if (name) {
        await page.waitForSelector("certalog-lost a");
        assert.equal(await page.locator("certalog-lost a").first().textContent(), name);
      } else {
        await page.waitForTimeout(500);
        assert.equal(await page.locator("certalog-lost a").count(), 0, path);
      }
    }
    assert.deepEqual(told.foreign, []);
  });

  test("tells what it cannot fetch, and tries again", async () => {
    await visit("/", {}, notes());
    await page.route("**/search/index.json", (route) => route.abort());
    await page.keyboard.press("/");
    await page.waitForSelector("dialog.finder[open]");
    await page.keyboard.type("huawei");
    await status("The search could not be fetched. Type again to try once more.");
    await page.unroute("**/search/index.json");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("zsmart");
    await page.waitForSelector("dialog [role=option]");
  });
});
