// What the tests of one `describe` stand on: a browser and served sites, there before the first test and closed after the last.
// In come functions that tell where a site is, out goes a stage that is filled when the tests begin. No stage shares anything with another.

import { after, before } from "node:test";

import { launch, open } from "./browser.mjs";
import { serve } from "./site.mjs";

/** The stage of the `describe` that this is called in. */
export function stage(...folders) {
  const on = {
    browser: null,
    sites: [],
    /** The first site. */
    get site() {
      return on.sites[0];
    },
    /** A fresh page at a path of the first site, as `open` in browser.mjs makes it. */
    open: (path, options, noted) => open(on.browser, on.site, path, options, noted),
  };
  before(async () => {
    for (const folder of folders) on.sites.push(await serve(folder()));
    on.browser = await launch();
  });
  after(async () => {
    await on.browser?.close();
    for (const site of on.sites) site.close();
  });
  return on;
}
