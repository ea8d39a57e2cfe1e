// The choice of colours and of rows in the footer, as a reader makes it. In comes the built site, out goes every difference.
// Nothing but the browser remembers the choice: no request is made for it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { notes, skip } from "./browser.mjs";
import { realSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const LIGHT = "rgb(255, 255, 255)";
const DARK = "rgb(18, 21, 26)";

describe("the choice in the footer", { skip }, () => {
  const on = stage(realSite);
  let page;
  const noted = notes();

  async function visit(options) {
    await page?.context().close();
    page = await on.open("/certifications/", options, noted);
  }

  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const padding = () => page.$eval("tbody td", (cell) => parseFloat(getComputedStyle(cell).paddingBlockStart));

  test("follows the system until a reader chooses", async () => {
    await visit({ colorScheme: "dark" });
    assert.equal(await ground(), DARK);
    assert.ok(await page.getByLabel("As the system").isChecked());
    await page.emulateMedia({ colorScheme: "light" });
    assert.equal(await ground(), LIGHT);
  });

  test("is remembered from page to page, and taken back", async () => {
    await visit({ colorScheme: "light" });
    await page.getByLabel("Dark").check();
    assert.equal(await ground(), DARK);
    await page.goto(`${on.site.address}/about/`);
    assert.equal(await ground(), DARK);
    assert.ok(await page.getByLabel("Dark").isChecked());
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "light", "paper is light");
    await page.emulateMedia({ media: "screen" });
    await page.getByLabel("As the system").check();
    assert.equal(await ground(), LIGHT);
    await page.reload();
    assert.equal(await ground(), LIGHT);
  });

  test("is worked with the arrow keys", async () => {
    await visit({ colorScheme: "light" });
    await page.getByLabel("As the system").focus();
    await page.keyboard.press("ArrowRight");
    assert.ok(await page.getByLabel("Light").isChecked());
    await page.keyboard.press("ArrowRight");
    assert.equal(await ground(), DARK);
    await page.keyboard.press("Enter");
    assert.equal(page.url(), `${on.site.address}/certifications/`, "nothing is sent");
  });

  test("sets rows closer", async () => {
    await visit({});
    const before = await padding();
    await page.getByLabel("Close", { exact: true }).check();
    assert.ok((await padding()) < before);
    await page.reload();
    assert.ok((await padding()) < before);
  });

  test("is seen in another page that is open", async () => {
    await visit({ colorScheme: "light" });
    const other = await page.context().newPage();
    await other.goto(`${on.site.address}/about/`);
    await other.getByLabel("Dark").check();
    await page.waitForFunction(() => document.documentElement.dataset.scheme === "dark");
    assert.ok(await page.getByLabel("Dark").isChecked());
  });

  test("is not offered where no script can keep it", async () => {
    await visit({ javaScriptEnabled: false });
    assert.equal(await page.locator("form.appearance").isVisible(), false);
  });

  test("says nothing on the console and asks nobody else", () => {
    assert.deepEqual(noted, notes());
  });
});
