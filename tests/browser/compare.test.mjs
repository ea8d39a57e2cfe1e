// The compare page as a reader uses it, in Chromium, against facts written by hand; and the arithmetic of its script alone.
// In comes a built site (the folder in SITE, else one built here), out goes every difference. Nothing leaves this machine.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { notes, skip } from "./browser.mjs";
import { REPOSITORY, realSite, scratch } from "./site.mjs";
import { stage } from "./stage.mjs";

const FACTS = JSON.parse(readFileSync(join(REPOSITORY, "tests/facts/compare.json"), "utf8"));
const { asteros, huawei } = FACTS;

/** A module of the built site, in a folder that says so: elsewhere Node.js may not take a `.js` file for a module. */
const theme = (name) => {
  const folder = scratch();
  cpSync(join(realSite(), "static"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return import(pathToFileURL(join(folder, name)));
};

test("scores are added and subtracted exactly", async () => {
  const { decimal, mean, units } = await theme("comparison.js");
  assert.equal(decimal(units("0.3", 1) - units("0.1", 1), 1, 1), "0.2");
  assert.equal(decimal(units("5", 1) - units("4.4", 1), 1, 1), "0.6");
  assert.equal(decimal(units("5", 2) - units("4", 2), 2, 1), "1.0");
  assert.equal(decimal(units("4.45", 2) - units("4.4", 2), 2, 1), "0.05");
  assert.equal(decimal(units("-1.5", 1), 1, 1), "-1.5");
  assert.equal(decimal(units("4", 0) - units("3", 0), 0, 0), "1");
  const average = (scores, to) => mean(scores.map((score) => units(score, 1)), 1, to);
  assert.equal(average(["4.2", "4.4", "4.5", "5"], 2), "4.53", "4.525: halves go up");
  assert.equal(average(["-0.1", "-0.2"], 1), "-0.2", "and away from zero");
  assert.equal(average(["0.1", "0.2", "0.2"], 2), "0.17");
});

test("no field of the CSV is a formula to a spreadsheet", async () => {
  const { csv } = await theme("comparison.js");
  const line = { key: "k", id: "=1+1", name: 'say "@"', rows: [{ id: "-1", score: "-2.5", coverage: null }], reasons: [], words: "＋x;@y" };
  const text = csv({ labels: ["@a"], all: [0] }, [line]);
  assert.equal(
    text,
    '\ufeff"Key","Id","Name","Domain","\'@a: id","\'@a: score","\'@a: result","\'@a: coverage","Difference"\r\n' +
      '"k","\'=1+1","say ""@""","","-1","-2.5","","","\'＋x;\'@y"\r\n',
  );
});

describe("the compare page", { skip }, () => {
  const on = stage(realSite);
  let page;
  const noted = notes();

  /** The only page that is open: what is read below is read from it. */
  async function visit(path, options = {}) {
    await page?.context().close();
    page = await on.open(path, { permissions: ["clipboard-read", "clipboard-write"], ...options }, noted);
  }

  const both = `/compare/?a=${asteros.id}&b=${huawei.id}`;
  const told = (words) => page.waitForFunction((text) => document.querySelector("[role=status]").textContent === text, words);
  /** The rows of a table, as the words of their cells; hidden words are read too, the dash before them is not. */
  const cells = (id) =>
    page.$$eval(`#${id} tbody tr:not(.group)`, (rows) =>
      rows.map((row) =>
        [...row.cells].map((cell) => {
          const copy = cell.cloneNode(true);
          for (const dash of copy.querySelectorAll("[aria-hidden]")) dash.remove();
          return copy.textContent.replace(/\s+/g, " ").trim();
        }),
      ),
    );

  test("shows what the facts say of both", async () => {
    await visit("/compare/");
    await told("Choose at least two certifications.");
    await page.getByLabel("First").selectOption(asteros.id);
    await page.getByLabel("Second").selectOption(huawei.id);
    await page.getByRole("button", { name: "Compare" }).click();
    await told(`${FACTS.totals.rows} of ${FACTS.totals.rows} processes shown.`);
    assert.equal(page.url(), on.site.address + both);
    const rows = await cells("details");
    assert.equal(rows.length, FACTS.totals.rows);
    for (const { name, ids, said, difference } of FACTS.rows) {
      const row = rows.find(([head]) => head === `${ids[1]} ${name}`);
      assert.deepEqual(row?.slice(1), [`${ids[0]} ${said[0]}`, said[1], difference], name);
    }
    const sums = Object.fromEntries((await cells("sums")).map(([head, ...sides]) => [head, sides]));
    assert.deepEqual(sums["Assessed by both"], [FACTS.common.assessed, FACTS.common.assessed]);
    assert.deepEqual(sums["Mean of those"], FACTS.common.means);
    assert.deepEqual(sums["Submitted, but not in that mean"], FACTS.common.left_out);
  });

  for (const second of [huawei.id, "ztesoft-zsmart-7.0"]) {
    test(`says the same as the ready-made page of ${second}`, async () => {
      await visit(`/compare/${asteros.id}--${second}/`, { javaScriptEnabled: false });
      const read = async () => ({
        facts: await cells("facts"),
        sums: await cells("sums"),
        details: await cells("details"),
        groups: await page.$$eval("#details .group", (rows) => rows.map((row) => row.textContent)),
        notes: await page.$$eval("p.caution", (notes) => notes.map((note) => note.textContent)),
        lead: await page.$$eval("p.lead", (leads) => leads[leads.length - 1].textContent),
      });
      const readyMade = await read();
      await visit(`/compare/?a=${asteros.id}&b=${second}`);
      await page.waitForSelector("#details tbody");
      assert.deepEqual(await read(), readyMade);
    });
  }

  test("keeps the choice in the address: reload, Back, four at once", async () => {
    await visit(both);
    await page.waitForSelector("#details");
    await page.getByLabel("Third").selectOption("ztesoft-zsmart-7.0");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForSelector("#details thead th:nth-child(5)");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Compare", "focus stays");
    const words = (await cells("details")).map((row) => row[row.length - 1]);
    assert.ok(words.includes("unlike scales") && words.some((word) => word.startsWith("without ")), words.join(", "));
    await page.reload();
    await page.waitForSelector("#details thead th:nth-child(5)");
    await page.goBack();
    await page.waitForSelector("#details thead th:nth-child(5)", { state: "detached" });
    assert.equal(page.url(), on.site.address + both);
    assert.equal(await page.getByLabel("Third").inputValue(), "");
  });

  test("switches show less, say how much, and stay in the address", async () => {
    await visit(both);
    await page.waitForSelector("#details");
    await page.getByLabel("Only gaps").focus();
    await page.keyboard.press("Space");
    const gaps = FACTS.totals.rows - FACTS.totals.both;
    await told(`${gaps} of ${FACTS.totals.rows} processes shown.`);
    assert.equal(await page.evaluate(() => document.activeElement.name), "gaps", "focus stays");
    await page.getByLabel("Only differences").check();
    await told(`${gaps - FACTS.totals.neither} of ${FACTS.totals.rows} processes shown.`);
    await page.getByLabel("Domain").selectOption("resource");
    await told(`2 of ${FACTS.totals.rows} processes shown.`);
    assert.equal(page.url(), `${on.site.address}${both}&gaps=1&differences=1&domain=resource`);
    await page.reload();
    await told(`2 of ${FACTS.totals.rows} processes shown.`);
    assert.ok(await page.getByLabel("Only gaps").isChecked());
  });

  test("gives what is visible as CSV, and the link", async () => {
    await visit(`${both}&domain=resource&differences=1`);
    await page.waitForSelector("#details");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), `${asteros.id}--${huawei.id}.csv`);
    const lines = readFileSync(await download.path(), "utf8").trimEnd().split("\r\n");
    assert.equal(lines.length, 3);
    assert.ok(lines[2].includes('"1.5.4.5","Manage Resource Inventory","Resource","","","Not known in 12.0","","1.5.4.5","4.3"'), lines[2]);
    await page.getByRole("button", { name: "Copy link" }).click();
    await told("The link was copied.");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  });

  test("fits a phone: the table scrolls in its section, the page does not", async () => {
    await visit(both, { viewport: { width: 375, height: 812 } });
    await page.waitForSelector("#details");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  });

  test("says nothing on the console and asks nobody else", () => {
    assert.deepEqual(noted, notes());
  });

  // Last, since a browser notes an answer of 404 on its console.
  test("tells what it cannot find or fetch", async () => {
    await visit(`/compare/?a=${asteros.id}&b=nobody`);
    await told("No certification has the id “nobody”.");
    await page.route(`**/${huawei.id}.json`, (route) => route.abort());
    await page.getByLabel("Second").selectOption(huawei.id);
    await page.getByRole("button", { name: "Compare" }).click();
    await told("The certifications could not be fetched. “Compare” tries again.");
    await page.unroute(`**/${huawei.id}.json`);
    await page.getByRole("button", { name: "Compare" }).click();
    await told(`${FACTS.totals.rows} of ${FACTS.totals.rows} processes shown.`);
  });
});
