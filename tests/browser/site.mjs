// The built sites that the tests look at, and a server for them on this machine's own address.
// In comes a folder (SITE and LARGE_SITE, else built here), out goes an address without the last slash. Nothing outside the folder is served.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize, sep } from "node:path";

export const REPOSITORY = join(import.meta.dirname, "../..");
/** The day on which validity is judged, so that pages are the same on every day. */
export const DAY = "2026-01-01";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

const cargo = (...words) => execFileSync("cargo", words, { cwd: REPOSITORY, stdio: ["ignore", "ignore", "pipe"] });

/** A folder that is gone when the tests have ended. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "certalog-browser-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Builds the catalogue in `root` and tells where the site is. */
export function build(root, ...options) {
  const out = join(scratch(), "site");
  const words = ["build", "--quiet", "--root", root, "--as-of", DAY, "--out", out, ...options];
  // A program that is there already need not be looked after by cargo, as where sites are built by the dozen.
  if (process.env.CERTALOG) execFileSync(process.env.CERTALOG, words, { stdio: ["ignore", "ignore", "pipe"] });
  else cargo("run", "--quiet", "--", ...words);
  return out;
}

/** The site of this repository's catalogue. */
export const realSite = () => process.env.SITE ?? build(REPOSITORY);

/** Writes an invented catalogue of a size that `benches/whole` knows. */
function invent(size) {
  const root = join(scratch(), "catalogue");
  cargo("bench", "--profile", "dev", "--bench", "whole", "--", "generate", size, root);
  return root;
}

/** The site of an invented catalogue with hundreds of certifications. */
export function largeSite() {
  if (process.env.LARGE_SITE) return process.env.LARGE_SITE;
  const root = invent("S");
  cpSync(join(import.meta.dirname, "besides"), root, { recursive: true });
  return build(root);
}

let larger;

/** The site of a catalogue with more elements and certifications than one file of the search holds. */
export const largerSite = () => (larger ??= build(invent("1500")));

/** The path below which a site wants to stand, as its `404.html` says: "" or "/catalogue". */
function base(folder) {
  const [, path] = readFileSync(join(folder, "404.html"), "utf8").match(/ href="([^"]*)\/static\/site\.css"/);
  return path;
}

/** The file that a path of the site stands for, if there is one. */
function file(folder, path) {
  const named = join(folder, normalize(path).endsWith(sep) ? join(path, "index.html") : path);
  return named.startsWith(folder + sep) && existsSync(named) && statSync(named).isFile() ? named : null;
}

/** Serves a site below its own base path, as a static host does; what is not there is the page `404.html` with its status. */
export async function serve(folder) {
  const below = base(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    const found = path.startsWith(`${below}/`) ? file(folder, path.slice(below.length)) : null;
    const sent = found ?? join(folder, "404.html");
    const type = TYPES[extname(sent)] ?? "application/octet-stream";
    response.writeHead(found ? 200 : 404, { "content-type": type, "cache-control": "max-age=600" });
    response.end(request.method === "HEAD" ? undefined : readFileSync(sent));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { folder, address: `http://127.0.0.1:${server.address().port}${below}`, close };
}
