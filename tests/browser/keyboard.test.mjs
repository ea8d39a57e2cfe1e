// Every kind of page used with the keyboard alone, and with motion unwanted.
// In come the built sites, out goes what a keyboard cannot reach, see or leave. Nothing is clicked here.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { open, skip } from "./browser.mjs";
import { keyboard } from "./keyboard.mjs";
import { byKind, each } from "./kinds.mjs";
import { largeSite, realSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const viewport = { width: 1280, height: 800 };

describe("with the keyboard alone", { skip }, () => {
  const on = stage(realSite, largeSite);
  let places;

  before(() => {
    // Kinds that the real catalogue has are looked at there; the invented one has the same parts many times over.
    const [real, large] = on.sites.map((site) => byKind(site.folder));
    const others = [...large].filter(([kind]) => !real.has(kind));
    places = [...[...real].map(([kind, [path]]) => ({ site: on.sites[0], kind, path })), ...others.map(([kind, [path]]) => ({ site: on.sites[1], kind, path }))];
  });

  async function everywhere(options, look) {
    const found = await each(places, 2, async ({ site, kind, path }) => {
      const page = await open(on.browser, site, path, { stays: true, viewport, ...options });
      const faults = await look(page);
      await page.context().close();
      return faults.map((fault) => `${path} (${kind}): ${fault}`);
    });
    const faults = found.flat();
    assert.ok(faults.length === 0, `${faults.length} faults\n${faults.slice(0, 60).join("\n")}`);
  }

  test("everything is reached, seen and left, on every kind of page", () => everywhere({}, keyboard));

  test("the first step leads past the header", () =>
    everywhere({}, async (page) => {
      // A summary for frames has no header to pass.
      if (await page.evaluate(() => document.body.classList.contains("embed"))) return [];
      await page.keyboard.press("Tab");
      const skipping = page.locator(":focus");
      if ((await skipping.getAttribute("href")) !== "#main") return ["the first link does not skip to the content"];
      const { width, height } = await skipping.boundingBox();
      const faults = width > 24 && height > 24 ? [] : ["the link to the content cannot be seen while it has the focus"];
      await page.keyboard.press("Enter");
      if (!(await page.evaluate(() => document.activeElement.id === "main"))) faults.push("the content does not get the focus");
      await page.keyboard.press("Tab");
      const isInside = await page.evaluate(() => !document.activeElement.closest("header.site, .crumbs"));
      return isInside ? faults : [...faults, "the next step is in the header"];
    }));

  test("a table that scrolls sideways can be scrolled with the arrows", () =>
    everywhere({ viewport: { width: 375, height: 800 } }, (page) =>
      page.evaluate(() => {
        const wide = [...document.querySelectorAll("main *")].filter((one) => {
          const { overflowX } = getComputedStyle(one);
          return one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && (overflowX === "auto" || overflowX === "scroll");
        });
        const idle = wide.filter((one) => one.tabIndex < 0 && !one.querySelector("a[href], button, input, select, [tabindex='0']"));
        return idle.map((one) => `<${one.tagName.toLowerCase()} class="${one.className}"> scrolls, and no key can move it`);
      }),
    ));

  test("nothing moves for those who want no motion", () =>
    everywhere({ reducedMotion: "reduce" }, (page) =>
      page.evaluate(() => {
        const moving = document.getAnimations({ subtree: true }).map(({ effect }) => `${effect.target?.tagName} is animated`);
        const lasting = (value) => value.split(", ").some((time) => parseFloat(time) > 0);
        const gliding = [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return lasting(style.transitionDuration) || style.scrollBehavior === "smooth";
        });
        return [...moving, ...gliding.map((one) => `<${one.tagName.toLowerCase()} class="${one.className}"> glides`)];
      }),
    ));
});
