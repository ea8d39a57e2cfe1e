// Every kind of page in Chromium: in both widths and both schemes, with and without scripts, in forced colours, at 320 px and at 200 %.
// In come the sites of this repository's catalogue and of a large invented one, out goes every fault of every page at once.
// Which kinds there are is read from the theme: a kind without a page fails, so that none goes unseen.

import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { before, describe, test } from "node:test";

import { launch, notes, open, skip } from "./browser.mjs";
import { accessibility, colours, deadLinks, shift, sideways, structure } from "./faults.mjs";
import { KINDS, byKind, each } from "./kinds.mjs";
import { largeSite, realSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const WIDTHS = [1280, 375];
const SCHEMES = ["light", "dark"];
const height = 800;
/** KINDS="element page" looks at these alone, while one works on them. */
const ONLY = process.env.KINDS?.split(" ");

/** Waits until what was asked for is drawn. */
const drawn = (page) => page.evaluate(() => void document.body.offsetWidth);

describe("every kind of page", { skip }, () => {
  const on = stage(realSite, largeSite);
  let sites;

  before(() => {
    sites = ["real", "large"].map((name, at) => ({ name, site: on.sites[at], kinds: byKind(on.sites[at].folder) }));
  });

  /** One page of each kind of each site, the largest; gathers what `look` finds there. */
  async function everywhere(look) {
    const places = sites
      .flatMap(({ name, site, kinds }) => [...kinds].map(([kind, [path]]) => ({ name, site, kind, path })))
      .filter(({ kind }) => ONLY?.includes(kind) ?? true);
    const found = await each(places, Math.max(2, availableParallelism()), async (place) => {
      const faults = await look(place);
      return faults.map((fault) => `${place.name} ${place.path} (${place.kind}): ${fault}`);
    });
    const faults = found.flat();
    assert.ok(faults.length === 0, `${faults.length} faults\n${faults.slice(0, 60).join("\n")}`);
  }

  test("has a page to look at, and its template's name on its body", () => {
    const found = new Set(sites.flatMap(({ kinds }) => [...kinds.keys()]));
    assert.deepEqual([...found].sort(), KINDS);
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`is whole and silent with scripts ${javaScriptEnabled ? "on" : "off"}`, () =>
      everywhere(async ({ name, site, kind, path }) => {
        const faults = [];
        for (const width of WIDTHS) {
          const noted = notes();
          const page = await open(on.browser, site, path, { stays: true, javaScriptEnabled, viewport: { width, height } }, noted);
          const say = (scheme) => (fault) => faults.push(`${width} px, ${scheme}: ${fault}`);
          // A busy machine draws half a page; what really jumps does so again.
          let jumps = javaScriptEnabled ? await shift(page) : [];
          for (let more = 3; jumps.length && more; more--) {
            await page.reload();
            jumps = await shift(page);
          }
          jumps.forEach(say("light"));
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme });
            await drawn(page);
            (await sideways(page)).forEach(say(colorScheme));
            // The large pages have the same parts many times over: axe, which takes seconds there, looks at them once in each scheme.
            const isLookedAt = name === "real" || (javaScriptEnabled && width === WIDTHS[0]);
            if (isLookedAt) (await (colorScheme === SCHEMES[0] ? accessibility(page) : colours(page))).forEach(say(colorScheme));
          }
          (await structure(page)).forEach(say("dark"));
          if (width === WIDTHS[0]) (await deadLinks(page, site)).forEach(say("dark"));
          for (const [what, said] of Object.entries(noted)) said.forEach((one) => faults.push(`${width} px: ${what}: ${one}`));
          await page.context().close();
        }
        return faults;
      }));
  }

  test("stands forced colours, 320 px and 200 %", () =>
    everywhere(async ({ name, site, path }) => {
      const faults = [];
      const page = await open(on.browser, site, path, { stays: true, viewport: { width: 320, height } });
      (await sideways(page)).forEach((fault) => faults.push(fault));
      await page.setViewportSize({ width: 640, height });
      (await sideways(page)).forEach((fault) => faults.push(`at 200 %: ${fault}`));
      await page.setViewportSize({ width: 320, height });
      await page.emulateMedia({ forcedColors: "active" });
      if (name === "real") (await accessibility(page)).forEach((fault) => faults.push(`in forced colours at 320 px: ${fault}`));
      await page.context().close();
      return faults;
    }));

  test("stands letters of twice the size", async () => {
    // As a reader sets them in the browser, so that widths in letters follow.
    const large = await launch("--blink-settings=defaultFontSize=32");
    try {
      await everywhere(async ({ site, path }) => {
        const page = await open(large, site, path, { stays: true, viewport: { width: 1280, height } });
        const faults = await sideways(page);
        await page.context().close();
        return faults;
      });
    } finally {
      await large.close();
    }
  });
});
