// A browser whose pages tell what they should not do: speak on the console, or ask anybody but the site.
// In comes the address of a served site, out go pages with their notes. No page shares anything with another.

import { existsSync } from "node:fs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why there is no browser to test with, or false. */
export const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}; install chromium to run these tests`;

/** The browser; `settings` are further words of its command line. */
export async function launch(...settings) {
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...settings,
    ],
  });
}

/** What pages did that they should not do: messages on the console, requests to others. */
export const notes = () => ({ messages: [], foreign: [] });

/** Notes from now on what a page says and whom it asks. */
export function listen(page, origin, { messages, foreign }) {
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("blob:")) foreign.push(url);
  });
}

/**
 * A fresh page at a path of the site, such as `/compare/`, with nothing remembered from others.
 * `options` are playwright's (viewport, colorScheme, javaScriptEnabled …) and `stays`: whether a page that leads on to another is held.
 */
export async function open(browser, site, path, { stays, ...options } = {}, noted = notes()) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  listen(page, new URL(site.address).origin, noted);
  if (stays) {
    await context.route(site.address + path, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, "");
      await route.fulfill({ response, body });
    });
  }
  await page.goto(site.address + path);
  return page;
}
