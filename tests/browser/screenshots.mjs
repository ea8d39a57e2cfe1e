// Pictures of every kind of page in both widths and both schemes, to be looked at: `node screenshots.mjs FOLDER [WORD …]`.
// In come the built sites and a folder, out go files named by kind, site, width and scheme. Words choose kinds; `paper`, `forced` and `grey` make those pictures.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch, open } from "./browser.mjs";
import { KINDS, byKind, each } from "./kinds.mjs";
import { largeSite, realSite, serve } from "./site.mjs";

const [folder, ...words] = process.argv.slice(2);
if (!folder) throw new Error("say where the pictures shall go: node screenshots.mjs FOLDER [KIND …] [forced] [grey] [paper]");
const chosen = words.filter((word) => KINDS.includes(word));
mkdirSync(folder, { recursive: true });

const sites = { real: await serve(realSite()), large: await serve(largeSite()) };
const browser = await launch();
const places = Object.entries(sites).flatMap(([name, site]) =>
  [...byKind(site.folder)].map(([kind, [path]]) => ({ name, site, kind, path })),
);
const asked = places.filter(({ kind }) => !chosen.length || chosen.includes(kind));

await each(asked, 2, async ({ name, site, kind, path }) => {
  const page = await open(browser, site, path, { stays: true });
  const take = (what) => page.screenshot({ path: join(folder, `${kind}-${name}-${what}.png`) });
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: width === 375 ? 1600 : 1400 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await take(`${width}-${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    if (words.includes("forced")) {
      await page.emulateMedia({ forcedColors: "active" });
      await take(`${width}-forced`);
      await page.emulateMedia({ forcedColors: "none" });
    }
    if (words.includes("grey")) {
      await page.evaluate(() => (document.documentElement.style.filter = "grayscale(1)"));
      await take(`${width}-grey`);
      await page.evaluate(() => (document.documentElement.style.filter = ""));
    }
  }
  if (words.includes("paper")) await page.pdf({ path: join(folder, `${kind}-${name}.pdf`), preferCSSPageSize: true });
  await page.context().close();
});

await browser.close();
for (const site of Object.values(sites)) site.close();
