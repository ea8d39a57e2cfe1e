// No page weighs more than its budget. In come the built sites, out goes every figure above its limit.
// The largest page of each kind stands for all of its kind. The limits stand in budgets.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { excess, heaviest } from "./budgets.mjs";
import { launch, skip } from "./browser.mjs";
import { largeSite, realSite, serve } from "./site.mjs";

test("no page is heavier than its budget", { skip }, async () => {
  const sites = [await serve(realSite()), await serve(largeSite())];
  const browser = await launch();
  try {
    const faults = (await heaviest(browser, sites)).flatMap(excess);
    assert.ok(faults.length === 0, `${faults.length} faults\n${faults.join("\n")}`);
  } finally {
    await browser.close();
    for (const site of sites) site.close();
  }
});
