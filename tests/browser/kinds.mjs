// The kinds of pages: one for every template that extends the frame or makes a whole page of its own, found in the theme, so that a new kind is looked at by itself.
// In comes a built site, out go the paths of its pages by kind, the largest first. No kind and no page is named here.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

import { REPOSITORY } from "./site.mjs";

const TEMPLATES = join(REPOSITORY, "themes/default/templates");

/** The kinds that the default theme can make. */
export const KINDS = readdirSync(TEMPLATES)
  .filter((name) => name !== "base.html" && /^(\{% extends "base\.html" %\}|<!doctype html>)/m.test(readFileSync(join(TEMPLATES, name), "utf8")))
  .map((name) => name.replace(/\.html$/, ""))
  .sort();

/** Every page of a site: its path (such as `/compare/`), its kind and its bytes. */
export function pages(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const html = files.filter((file) => file.isFile() && file.name.endsWith(".html"));
  return html.map((file) => {
    const name = join(file.parentPath ?? file.path, file.name);
    const text = readFileSync(name, "utf8");
    const path = `/${relative(folder, name)}`.replace(/(^|\/)index\.html$/, "$1");
    return { path, kind: text.match(/<body class="([^" ]*)/)?.[1] ?? "", size: text.length };
  });
}

/** Kind → the paths of its pages, the largest first; pages of one size in the order of their paths. */
export function byKind(folder) {
  const kinds = new Map();
  const sorted = pages(folder).sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  for (const { path, kind } of sorted) kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  return kinds;
}

/** A job for each value, `width` at a time, with the results in order. */
export async function each(values, width, job) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < values.length) {
      const turn = next++;
      results[turn] = await job(values[turn]);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
