// Records of those who mean harm before a real browser: with the policy of the pages and without it, nothing runs, nobody else is asked, nothing is logged.
// In come the marks and addresses of tests/hostile, in every text and every form, and typed by readers; out goes every page on which something happened.
// `HOSTILE=all` takes every mark in every place (some minutes); without it, each mark stands somewhere.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { launch, listen, notes, skip } from "./browser.mjs";
import { ADDRESSES, CANARIES, addressed, drawings, faults as look, marked, paths, sites } from "./hostile.mjs";
import { serve } from "./site.mjs";

const isWhole = process.env.HOSTILE === "all";
const SHIFTS = isWhole ? CANARIES.keys() : [0];
const loads = { pages: 0, typed: 0, addresses: 0 };

/** A page that is used again and again; `visit` tells what is wrong at an address once `ready` is true there. */
async function visitor(browser, site) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const noted = notes();
  listen(page, new URL(site.address).origin, noted);
  // Whatever runs says this word, and is heard even where an element of the page is called so.
  await page.addInitScript(() => Object.defineProperty(window, "canary", { get: () => console.error("something ran") }));
  page.on("dialog", (dialog) => {
    noted.messages.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  const visit = async (path, ready, isLost) => {
    noted.messages.length = noted.foreign.length = 0;
    await page.goto(site.address + path);
    try {
      if (ready) await page.waitForFunction(ready, undefined, { timeout: 60_000 });
    } catch {
      return [`${path}: nothing is said to the reader`];
    }
    const found = [...(await look(page)), ...noted.foreign];
    const messages = [...noted.messages];
    // The browser says of a page that is not there that it is not there.
    const lost = messages.findIndex((message) => /status of 404/.test(message));
    if (isLost && lost >= 0) messages.splice(lost, 1);
    return [...found, ...messages].map((fault) => `${path}: ${fault}`);
  };
  return { page, visit, close: () => context.close() };
}

/** Looks at a catalogue's site with its policy and without, by a job that gets a visitor and returns faults. */
async function both(browser, root, job) {
  const found = [];
  for (const [at, folder] of sites(root).entries()) {
    const site = await serve(folder);
    const one = await visitor(browser, site);
    found.push(...(await job(one, folder)).map((fault) => `${at ? "without" : "with"} the policy: ${fault}`));
    await one.close();
    site.close();
  }
  return found;
}

const none = (found) => assert.ok(found.length === 0, `${found.length} faults\n${found.slice(0, 30).join("\n")}`);
const STATUS = () => [...document.querySelectorAll("[role=status]")].some((one) => one.textContent && !/…$/.test(one.textContent));

describe("hostile records", { skip }, () => {
  test("do nothing on any page, whatever stands in which text", async () => {
    const browser = await launch();
    const found = [];
    for (const shift of SHIFTS) {
      found.push(
        ...(await both(browser, marked(shift), async ({ visit }, folder) => {
          const faults = [];
          assert.ok(drawings(folder).length > 0);
          for (const path of [...paths(folder), ...drawings(folder)]) {
            // For a drawing by itself the browser asks for an icon, which is not there.
            faults.push(...(await visit(`/${path}`, null, path.endsWith(".svg"))).map((fault) => `shift ${shift}: ${fault}`));
            loads.pages += 1;
          }
          return faults;
        })),
      );
    }
    await browser.close();
    none(found);
  });

  test("do nothing to readers who type or are sent them", async () => {
    const browser = await launch();
    const typed = isWhole ? CANARIES : CANARIES.filter((_, at) => at % 11 === 0 || at === 33);
    const found = await both(browser, marked(7), async ({ page, visit }) => {
      const faults = [];
      for (const mark of typed) {
        const q = encodeURIComponent(mark);
        const asked = [
          [`/search/?q=${q}&kind=${q}`, STATUS],
          [`/compare/?a=${q}&b=crm&c=${q}&differences=${q}&domain=${q}`, () => document.querySelector("certalog-compare [role=status]").textContent],
          [`/compare/?a=crm&b=${q}#${q}`, () => document.querySelector("certalog-compare [role=status]").textContent],
          [`/certifications/?q=${q}&sort=${q}&organization=${q}&framework=${q}&flat=${q}#${q}`, () => document.readyState === "complete"],
          [`/certifications/crm/?q=${q}&score=${q}&results.sort=${q}&rating=${q}#${q}`, () => document.readyState === "complete"],
          [`/certifications/crm/mapping/?q=${q}#${q}`, () => document.readyState === "complete"],
          [`/lost/${q.replaceAll("%2F", "/")}?${q}#${q}`, () => document.readyState === "complete", true],
        ];
        for (const [path, ready, isLost] of asked) {
          faults.push(...(await visit(path, ready, isLost)));
          loads.typed += 1;
        }
        // The dialog: what is typed, and what is found of it in records that say the same.
        await page.keyboard.press("Control+k");
        await page.waitForSelector("dialog.finder[open]");
        await page.locator("dialog.finder input[name=q]").fill(mark);
        await page.waitForFunction(STATUS);
        faults.push(...(await look(page)).map((fault) => `the dialog with ${mark}: ${fault}`));
        await page.locator("dialog.finder input[name=q]").fill("canary");
        await page.waitForFunction(() => document.querySelectorAll("dialog.finder [role=option]").length > 0);
        faults.push(...(await look(page)).map((fault) => `the dialog after ${mark}: ${fault}`));
        loads.typed += 2;
      }
      return faults;
    });
    await browser.close();
    none(found);
  });

  test("lead nowhere by any address in any form", async () => {
    const browser = await launch();
    const { root, refused, all } = addressed(isWhole ? 1 : 4);
    assert.equal(all, Math.ceil(ADDRESSES.length / (isWhole ? 1 : 4)) * 5);
    assert.ok(refused.size > all / 3, `${refused.size} of ${all} pages are refused`);
    const found = await both(browser, root, async ({ visit }, folder) => {
      const faults = [];
      for (const path of paths(folder).filter((path) => /^(inline|reference|autolink|picture|raw)-/.test(path))) {
        faults.push(...(await visit(`/${path}`)));
        loads.addresses += 1;
      }
      return faults;
    });
    await browser.close();
    none(found);
    console.log(`# loads: ${JSON.stringify(loads)}; ${refused.size} of ${all} pages with an address refused`);
  });

  test("are found where a page does something: the test of the tests", async () => {
    const browser = await launch();
    const folder = sites(marked(0))[1];
    const site = await serve(folder);
    const one = await visitor(browser, site);
    for (const planted of ["<script>canary</script>", "<img src=x onerror=canary>", '<a href="javascript:canary">x</a>', '<img src="//canary.invalid/x">', "<svg onload=canary></svg>", "<style></style>", '<base href="/x/">']) {
      await one.page.route(`${site.address}/about/index.html`, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace("</h1>", `</h1>${planted}`) });
      });
      assert.ok((await one.visit("/about/index.html")).length > 0, planted);
      await one.page.unroute(`${site.address}/about/index.html`);
    }
    assert.deepEqual(await one.visit("/about/index.html"), []);
    await one.close();
    site.close();
    await browser.close();
  });
});
