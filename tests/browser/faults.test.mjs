// Each fault planted once into a page as it was built: what looks at pages must find it, and nothing on the page as it was.
// In come pages of the built site, out goes a fault that nobody saw. The site itself is not changed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { notes, skip } from "./browser.mjs";
import { accessibility, deadLinks, shift, sideways, structure } from "./faults.mjs";
import { keyboard } from "./keyboard.mjs";
import { realSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const CERTIFICATION = "/certifications/huawei-digital-crm-r2.1/";

/** What each fault is: where it goes in the page's HTML or style sheet, who must find it, and what must be said. */
const PLANTED = [
  ["a control without a name", [/<\/h1>/, "</h1><button></button>"], accessibility, /axe button-name/],
  ["a picture without words", [/<\/h1>/, '</h1><img src="../../static/favicon.svg" width="24" height="24">'], accessibility, /axe image-alt/],
  ["a low contrast", [/$/, ".lead { color: #999 }"], accessibility, /axe color-contrast/],
  ["a target too small", [/$/, ".contents a { display: block; font-size: 6px; line-height: 1 }"], accessibility, /axe target-size/],
  ["a link to nothing", [/<\/h1>/, '</h1><a href="../nowhere/">Nowhere</a>'], deadLinks, /nowhere\/ leads to nothing/],
  ["a link to no place on a page", [/<\/h1>/, '</h1><a href="../#nowhere">Nowhere</a>'], deadLinks, /#nowhere: there is no such place/],
  ["a row without a head", [/<tr id="([^"]*)"><th scope="row"([^>]*)>([^]*?)<\/th>/, '<tr id="$1"><td$2>$3</td>'], structure, /1 rows without a head/],
  ["a head without scope", [/<th scope="col"/, "<th"], structure, /has no scope/],
  ["a skipped heading", [/<h2>([^<]*)<\/h2>/, "<h4>$1</h4>"], structure, /skips a level/],
  ["a second title", [/<\/h1>/, "</h1><h1>Another</h1>"], structure, /headings of the levels 1 1/],
  ["a wide line", [/$/, ".lead { inline-size: 2000px; max-inline-size: none }"], sideways, /scrolls sideways .* <p class="lead">/],
  ["a jump", [/$/, "@keyframes jump { to { padding-block-start: 300px } } main { animation: jump 1ms 80ms both }"], shift, /content jumped/],
  ["a focus that cannot be seen", [/$/, ":focus-visible { outline: none !important }"], keyboard, /focus cannot be seen/],
  ["a focus below a header", [/$/, "header.site { position: fixed; z-index: 9; block-size: 60vh; background: red } html { scroll-padding: 0 !important }"], keyboard, /is covered/],
  ["a control that the keyboard passes over", [/<\/h1>/, '</h1><button tabindex="-1">Only for a mouse</button>'], keyboard, /is not reached/],
  ["an inline style", [/<h1/, '<h1 style="color: red"'], null, /style/i],
  ["a foreign picture", [/<\/h1>/, '</h1><img src="https://example.org/a.png" alt="">'], null, /example\.org/],
];

describe("a planted fault is found:", { skip }, () => {
  const on = stage(realSite);

  for (const [name, [place, put], look, said] of PLANTED) {
    test(name, async () => {
      const isStyle = place.source === "$";
      const address = on.site.address + (isStyle ? "/static/site.css" : CERTIFICATION);
      const noted = notes();
      const context = { viewport: { width: 1280, height: 800 } };
      const page = await on.open("/404.html", context, noted);
      await page.route(address, async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        const body = text.replace(place, put);
        assert.notEqual(body, text, "there is no such place to plant it");
        await route.fulfill({ response, body });
      });
      await page.goto(on.site.address + CERTIFICATION);
      if (look === shift) await page.waitForTimeout(300);
      const found = look ? await look(page, on.site) : [...noted.messages, ...noted.foreign];
      assert.match(found.join("\n"), said);
      await page.context().close();
    });
  }
});
