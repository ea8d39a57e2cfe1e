// Tables as a reader sorts and filters them, in Chromium: what is shown, what is said, what the address keeps, what the file holds.
// In come the built sites, of this repository's catalogue and of a large one; out goes every difference from what the whole tables say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { notes, skip } from "./browser.mjs";
import { largeSite, realSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const HUAWEI = "/certifications/huawei-digital-crm-r2.1/";
const FRAMEWORK = "/frameworks/etom/";

describe("tables", { skip }, () => {
  const on = stage(realSite);
  let page;
  const noted = notes();

  const go = async (path, options) => {
    await page?.context().close();
    page = await on.open(path, options, noted);
    if (options?.javaScriptEnabled !== false) await page.waitForFunction(() => customElements.get("certalog-table"));
    return page;
  };
  const section = (id) => page.locator(`#${id}`);
  const told = async (id, words) => {
    const status = section(id).locator("[role=status]");
    await page.waitForFunction(([element, text]) => element.textContent === text, [await status.elementHandle(), words]);
  };
  /** What the cells of a column say in the rows that are visible: exact values, nothing for an absence. */
  const column = (id, number) =>
    section(id)
      .locator("tbody tr:not(.group):visible")
      .evaluateAll(
        (rows, at) =>
          rows.map((row) => {
            const cell = row.cells[at];
            const exact = cell.querySelector("data, time");
            if (exact) return exact.value ?? exact.dateTime;
            return cell.querySelector(".absent, a.absent") ? "" : cell.textContent.trim();
          }),
        number,
      );
  const groups = (id) => section(id).locator("tr.group:visible").evaluateAll((rows) => rows.map((row) => row.textContent));
  const field = (id, name) => section(id).locator(`[name=${name}]`);
  const asked = (search) => page.waitForFunction((text) => location.search === text, search);
  const sort = (id, name) => section(id).getByRole("button", { name, exact: true }).click();
  const shown = (id) => section(id).locator("tbody tr:not(.group):visible").count();

  test("numbers go by their value, what is missing is last either way, the third time all is as before", async () => {
    await go(HUAWEI);
    const before = await column("results", 0);
    const numbers = async () => {
      const all = await column("results", 1);
      const scores = all.filter(Boolean).map(Number);
      return { all, scores };
    };
    await section("results").getByLabel("Without groups").check();
    await sort("results", "Score");
    const down = await numbers();
    assert.deepEqual(down.scores, [...down.scores].sort((a, b) => b - a));
    assert.deepEqual(down.all.slice(0, down.scores.length), down.scores.map(String), "missing last");
    assert.equal(await section("results").locator("th[aria-sort]").count(), 1);
    assert.equal(await section("results").locator("th[aria-sort]").getAttribute("aria-sort"), "descending");
    await sort("results", "Score");
    const up = await numbers();
    assert.deepEqual(up.scores, [...down.scores].reverse());
    assert.deepEqual(up.all.slice(0, up.scores.length), up.scores.map(String), "missing last");
    await sort("results", "Score");
    assert.equal(await section("results").locator("th[aria-sort]").count(), 0);
    await section("results").getByLabel("Without groups").uncheck();
    assert.deepEqual(await column("results", 0), before);
  });

  test("ids go as versions do, dates by their day, texts by the language", async () => {
    await go(HUAWEI);
    await section("results").getByLabel("Without groups").check();
    await sort("results", "Process");
    const ids = (await column("results", 0)).map((text) => text.split(" ")[0].split(".").map(Number));
    const natural = (a, b) => a.map((part, at) => part - (b[at] ?? -1)).find((difference) => difference !== 0) ?? -1;
    assert.deepEqual(ids, [...ids].sort(natural));
    await go("/certifications/");
    await sort("certifications", "Assessed");
    assert.deepEqual(await column("certifications", 3), ["2017-02", "2013-05", "2010-12"]);
    await sort("certifications", "Organization");
    assert.deepEqual(await column("certifications", 1), ["Asteros Labs", "Huawei", "ZTEsoft Technology Ltd."]);
    await asked("?sort=organization");
  });

  test("groups stay together in order, and hide when they are empty", async () => {
    await go(HUAWEI);
    const heads = await groups("results");
    await sort("results", "Score");
    assert.deepEqual(await groups("results"), heads);
    await field("results", "q").fill("selling");
    const left = await groups("results");
    assert.ok(left.length < heads.length && left.every((head) => heads.includes(head)), left.join());
    assert.ok(left.some((head) => head.includes("Selling")), "a group's name finds its rows");
  });

  test("facets leave what they ask for, chips take them back, the count is announced", async () => {
    await go("/certifications/");
    await told("certifications", "3 rows");
    await section("certifications").getByLabel("Domain").selectOption("service");
    await told("certifications", "1 of 3 rows");
    assert.deepEqual(await column("certifications", 1), ["ZTEsoft Technology Ltd."]);
    await section("certifications").getByRole("button", { name: "Remove: Domain: Service" }).click();
    await told("certifications", "3 rows");
    for (const [name, value, count] of [
      ["organization", "huawei", 1],
      ["release", "12.0", 1],
      ["validity", "expired", 1],
      ["validity", "open", 2],
    ]) {
      await field("certifications", name).selectOption(value);
      await told("certifications", `${count} of 3 rows`);
      await field("certifications", name).selectOption("");
    }
    await section("certifications").getByLabel("Mean, at least").fill("4.82");
    await told("certifications", "2 of 3 rows");
    await asked("?score=4.82");
  });

  test("ratings and scores of results", async () => {
    await go(HUAWEI);
    await field("results", "rating").selectOption("not-submitted");
    await told("results", "17 of 41 rows");
    assert.deepEqual([...new Set(await column("results", 1))], [""]);
    await field("results", "rating").selectOption("");
    await section("results").getByLabel("Score, at least").fill("5");
    await told("results", "18 of 41 rows");
    assert.deepEqual([...new Set(await column("results", 1))], ["5"]);
  });

  test("the address keeps it: reload, Back, sent to somebody else", async () => {
    await go(HUAWEI);
    await section("results").getByLabel("Domain").selectOption("customer");
    await sort("results", "Score");
    await field("results", "q").pressSequentially("inter");
    const count = await shown("results");
    const address = page.url();
    assert.equal(new URL(address).search, "?domain=customer&sort=-score&q=inter");
    const first = (await column("results", 0))[0];
    await page.reload();
    assert.equal(await shown("results"), count);
    assert.equal((await column("results", 0))[0], first);
    await page.goBack();
    await told("results", "24 of 41 rows");
    await page.goBack();
    await told("results", "41 rows");
    await page.goForward();
    await told("results", "24 of 41 rows");
    await go(new URL(address).pathname.replace(new URL(on.site.address).pathname, "") + new URL(address).search);
    assert.equal(await shown("results"), count);
    assert.equal(await field("results", "q").inputValue(), "inter");
  });

  test("what the address asks and nobody answers is not asked", async () => {
    await go(`${HUAWEI}?domain=nowhere&sort=-nothing`);
    await told("results", "41 rows");
  });

  test("no match says so and leads out", async () => {
    await go("/certifications/");
    await field("certifications", "q").fill("no such product");
    await told("certifications", "0 of 3 rows");
    await section("certifications").getByRole("button", { name: "Show all rows" }).click();
    await told("certifications", "3 rows");
    assert.equal(await page.evaluate(() => document.activeElement.name), "q", "focus is not lost");
    await asked("");
  });

  test("a row that the address leads to is shown whatever is asked", async () => {
    await go(`${HUAWEI}?domain=resource#p-1.3.7.4`);
    assert.ok(await page.locator("[id='p-1.3.7.4']").isVisible());
    assert.ok((await shown("results")) > 1);
    await page.evaluate(() => (location.hash = "#p-1.3.4.2"));
    await page.locator("[id='p-1.3.4.2']").waitFor();
    assert.ok(!(await page.locator("[id='p-1.3.7.4']").isVisible()));
  });

  test("two tables on a page have their own names in the address", async () => {
    await go(FRAMEWORK);
    await field("matrix-customer", "q").fill("order");
    await field("matrix-service", "q").fill("service");
    await asked("?matrix-customer.q=order&matrix-service.q=service");
    assert.notEqual(await shown("matrix-customer"), await shown("matrix-service"));
    await section("matrix-customer").getByRole("button", { name: /Sort by .*ZSmart/ }).click();
    const cells = await section("matrix-customer").locator("th[aria-sort]").count();
    assert.equal(cells, 1);
    assert.ok((await shown("certifications")) === 3, "the main table has no prefix and no question");
  });

  test("the file of all rows is the file beside the page, and the file of some has them alone", async () => {
    const download = async (id) => {
      const coming = page.waitForEvent("download");
      await section(id).getByRole("button", { name: "CSV of the rows shown" }).click();
      const file = await coming;
      return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
    };
    for (const [path, id, file] of [
      [HUAWEI, "results", `${HUAWEI}results.csv`],
      ["/certifications/", "certifications", "/certifications/certifications.csv"],
      ["/checks/", "findings", "/checks/findings.csv"],
      [FRAMEWORK, "matrix-customer", `${FRAMEWORK}matrix-customer.csv`],
    ]) {
      await go(path);
      assert.equal((await download(id)).text, readFileSync(join(on.site.folder, file), "utf8"), file);
    }
    await go(`${HUAWEI}?domain=resource&sort=-score`);
    const { name, text } = await download("results");
    assert.equal(name, "huawei-digital-crm-r2.1-results.csv");
    const whole = readFileSync(join(on.site.folder, HUAWEI, "results.csv"), "utf8").split("\r\n");
    const lines = text.split("\r\n");
    assert.equal(lines[0], whole[0]);
    assert.equal(lines.length - 2, await shown("results"));
    assert.ok(lines.every((line) => whole.includes(line)));
  });

  test("the keyboard alone sorts and filters", async () => {
    await go("/certifications/");
    await field("certifications", "q").focus();
    await page.keyboard.type("crm");
    await told("certifications", "1 of 3 rows");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.name), "organization");
    await section("certifications").getByRole("button", { name: "Product", exact: true }).focus();
    await page.keyboard.press("Enter");
    await told("certifications", "1 of 3 rows, sorted by Product, ascending");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Product", "focus stays");
  });

  test("a narrow screen folds the questions, and orders without heads", async () => {
    await go(HUAWEI, { viewport: { width: 375, height: 812 } });
    assert.ok(!(await section("results").getByLabel("Domain").isVisible()));
    await section("results").getByRole("button", { name: "Filters and order" }).click();
    await section("results").getByLabel("Order").selectOption("-score");
    await told("results", "41 rows, sorted by Score, descending");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  });

  test("heads are repeated on every sheet", async () => {
    await go(HUAWEI);
    await page.emulateMedia({ media: "print" });
    // a browser repeats the text of a head, and no box that stands in it
    const boxes = await page.evaluate(() =>
      [...document.querySelectorAll(".table thead th :not(.hidden)")]
        .filter((node) => !["inline", "contents"].includes(getComputedStyle(node).display))
        .map((node) => node.outerHTML),
    );
    assert.deepEqual(boxes, []);
  });

  test("what is visible is printed, with what was asked for", async () => {
    await go(`${HUAWEI}?domain=resource`);
    await page.emulateMedia({ media: "print" });
    assert.ok(await section("results").locator("[role=status]").isVisible());
    assert.ok(!(await section("results").locator("form").isVisible()));
    await go(HUAWEI);
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await section("results").locator("[role=status]").isVisible()));
  });

  test("without scripts the whole table is there, and nothing that does not work", async () => {
    await go("/certifications/", { javaScriptEnabled: false });
    assert.equal(await shown("certifications"), 3);
    assert.ok(!(await section("certifications").locator("form").isVisible()));
    for (const link of await page.locator("main nav.contents a").evaluateAll((links) => links.map((one) => one.href))) {
      const answer = await page.request.get(link);
      assert.equal(answer.status(), 200, link);
    }
  });

  test("nothing moves when the script comes", async () => {
    await go("/certifications/");
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const path of ["/certifications/", HUAWEI, FRAMEWORK]) {
      await page.goto(on.site.address + path);
      await page.waitForTimeout(200);
      assert.ok((await page.evaluate(() => window.shift)) < 0.01, path);
    }
  });

  test("says nothing on the console and asks nobody else", () => {
    assert.deepEqual(noted, notes());
  });
});

describe("large tables", { skip }, () => {
  const on = stage(largeSite);

  test("take the script less than fifty milliseconds", async () => {
    const page = await on.open("/certifications/");
    await page.waitForFunction(() => customElements.get("certalog-table"));
    // As many rows as a table may have, and more.
    const times = await page.evaluate(async () => {
      const table = document.querySelector("certalog-table");
      const body = table.querySelector("tbody");
      const rows = [...body.rows];
      while (body.rows.length < 500) body.append(...rows.map((row) => row.cloneNode(true)));
      while (body.rows.length > 500) body.rows[500].remove();
      const fresh = document.createElement("certalog-table");
      const copy = table.cloneNode(true);
      for (const button of copy.querySelectorAll("thead button")) button.replaceWith(...button.childNodes);
      for (const option of copy.querySelectorAll("select[name=sort] option:not(:first-child)")) option.remove();
      fresh.append(...copy.childNodes);
      table.replaceWith(fresh);
      // The script's own time: how long a browser then lays out five hundred rows depends on what else the machine does.
      const timed = (act) => {
        const start = performance.now();
        act();
        return performance.now() - start;
      };
      const find = fresh.querySelector("[name=q]");
      const type = (text) => {
        find.value = text;
        find.dispatchEvent(new Event("input", { bubbles: true }));
      };
      const least = (act) => Math.min(...Array.from({ length: 9 }, () => timed(act)));
      const [name, , , , , number] = fresh.querySelectorAll("thead button");
      return {
        rows: fresh.rows.length,
        find: Math.min(...["a", "al", "alp", "alph", "a", "al"].map((text) => timed(() => type(text)))),
        clear: timed(() => type("")),
        name: least(() => name.click()),
        number: least(() => number.click()),
      };
    });
    assert.equal(times.rows, 500);
    for (const [what, time] of Object.entries(times)) if (what !== "rows") assert.ok(time < 50, `${what} took ${time} ms`);
    await page.close();
  });

  test("a list that is too long for one page has a page for each year", async () => {
    const page = await on.open("/certifications/", { javaScriptEnabled: false });
    const index = JSON.parse(readFileSync(join(on.site.folder, "api/v1/certifications/index.json"), "utf8"));
    const years = await page.locator("main nav.contents a[href*='/by/year/'], main nav.contents a[href*='by/year/']").evaluateAll((links) => links.map((one) => one.href));
    assert.ok(years.length > 1);
    const found = new Set();
    for (const year of years) {
      await page.goto(year);
      const rows = await page.locator("#certifications tbody tr").evaluateAll((all) => all.map((row) => row.id));
      for (const row of rows) found.add(row.slice(2));
    }
    assert.deepEqual([...found].sort(), index.certifications.map((one) => one.id).sort());
    const file = readFileSync(join(on.site.folder, "certifications/certifications.csv"), "utf8");
    assert.equal(file.trimEnd().split("\r\n").length, index.certifications.length + 1, "the file has all");
    await page.close();
  });
});

