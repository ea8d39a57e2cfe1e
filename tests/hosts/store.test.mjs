// `certalog publish` to a server that speaks the protocol of S3 on this machine. CERTALOG names the program.
// The server knows no signatures of the present kind, so that another one stands before it, which has each made again by somebody else's code and compared.
// What is sent in which order, and what a failure leaves behind, is looked at by tests/it/upload.rs; here it is that a server understands it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import aws4 from "aws4";
import S3rver from "s3rver";

const program = process.env.CERTALOG;
assert.ok(program, "CERTALOG names the program");
const folder = mkdtempSync(join(tmpdir(), "certalog-store-"));
const catalogue = join(folder, "catalogue");
const site = join(catalogue, "public");
const KEY = { accessKeyId: "an-id", secretAccessKey: "a secret/with+signs" };
let server;
let guard;
let address;

/** Why a request is not to be believed, or nothing. */
function wrong({ method, url, headers }) {
  const address = new URL(url, "http://x");
  const query = address.searchParams;
  const found = query.get("X-Amz-Signature");
  if (!query.get("X-Amz-Credential")?.startsWith(`${KEY.accessKeyId}/`)) return "InvalidAccessKeyId";
  const age = Date.now() - Date.parse(query.get("X-Amz-Date").replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(age) < Number(query.get("X-Amz-Expires")) * 1000) || Number(query.get("X-Amz-Expires")) > 60) return "AccessDenied";
  const signed = query.get("X-Amz-SignedHeaders").split(";");
  if (Object.keys(headers).some((name) => name.startsWith("x-amz-") && !signed.includes(name))) return "AccessDenied";
  for (const name of ["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-SignedHeaders"]) query.delete(name);
  const own = { service: "s3", region: "eu-west-1", method, path: address.pathname + address.search, signQuery: true, headers: {} };
  for (const name of signed) own.headers[name] = headers[name];
  const expected = new URL(aws4.sign(own, KEY).path, "http://x").searchParams.get("X-Amz-Signature");
  return found === expected ? undefined : "SignatureDoesNotMatch";
}

/** Whether what was sent has the digest that was stated. */
const isWhole = ({ method, headers }, body) => method !== "PUT" || headers["x-amz-checksum-sha256"] === createHash("sha256").update(body).digest("base64");

/** Lets what is rightly signed and whole through to the server at a port. */
function guardOf(port) {
  return createServer((asking, answer) => {
    const parts = [];
    asking.on("data", (part) => parts.push(part));
    asking.on("end", () => {
      const body = Buffer.concat(parts);
      const why = asking.url.includes("X-Amz-") ? wrong(asking) ?? (isWhole(asking, body) ? undefined : "BadDigest") : undefined;
      if (why) {
        answer.writeHead(why === "BadDigest" ? 400 : 403, { "content-type": "application/xml" });
        answer.end(`<?xml version="1.0"?><Error><Code>${why}</Code><Message>No.</Message></Error>`);
        return;
      }
      // The server behind takes signatures for ones of another kind.
      const path = asking.url.replace(/([?&])X-Amz-[^&]*/g, "$1").replace(/&+/g, "&").replace("?&", "?").replace(/[?&]$/, "");
      const headers = { ...asking.headers };
      const passed = request({ port, host: "127.0.0.1", method: asking.method, path, headers }, (found) => {
        answer.writeHead(found.statusCode, found.headers);
        found.pipe(answer);
      });
      passed.end(body);
    });
  });
}

before(async () => {
  const directory = join(folder, "store");
  mkdirSync(directory);
  server = new S3rver({ address: "127.0.0.1", port: 0, directory, silent: true, configureBuckets: [{ name: "certalog" }] });
  const { port } = await server.run();
  guard = guardOf(port).listen(0, "127.0.0.1");
  await once(guard, "listening");
  address = `http://127.0.0.1:${guard.address().port}`;
  assert.equal((await run(["init", catalogue])).status, 0);
  await build();
});

after(async () => {
  guard.closeAllConnections();
  guard.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Runs the program beside the server, which answers from this process. */
function run(words, environment = {}) {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey,
    AWS_REGION: "eu-west-1",
    AWS_ENDPOINT_URL: address,
    ...environment,
  };
  return new Promise((done, fail) => {
    const child = spawn(program, words, { env, cwd: folder, timeout: 120_000 });
    let [out, err] = ["", ""];
    child.stdout.on("data", (part) => (out += part));
    child.stderr.on("data", (part) => (err += part));
    child.on("error", fail);
    child.on("close", (status) => done({ status, out, err }));
  });
}

const publish = (target, ...words) => run(["publish", "--from", site, target, ...words]);

async function build() {
  const { status, err } = await run(["build", "--as-of", "2026-01-01", "--host", "s3", "--root", catalogue]);
  assert.equal(status, 0, err);
}

/** The files of a folder by their paths. */
function files(root) {
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(found.map((entry) => join(entry.parentPath, entry.name)).map((path) => [relative(root, path), readFileSync(path)]));
}

/** An object as anybody gets it. */
async function object(name) {
  const answer = await fetch(`${address}/certalog/${name}`);
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

async function holdsTheSite(prefix) {
  const expected = files(site);
  for (const [path, bytes] of expected) {
    const { status, body } = await object(prefix + path);
    assert.equal(status, 200, path);
    assert.ok(body.equals(bytes), path);
  }
  return expected.size;
}

test("a dry run says what would be done and does nothing", async () => {
  await build();
  const { status, out, err } = await publish("s3://certalog/dry", "--dry-run");
  assert.equal(status, 0, err);
  const lines = out.trimEnd().split("\n");
  assert.match(lines.at(-1), /^s3:\/\/certalog\/dry: \d+ files \(\d+ new\); nothing was done$/);
  assert.ok(lines.some((line) => /^new\s+\d+ {2}text\/html\s+no-cache\s+index\.html$/.test(line)), out);
  assert.ok(lines.some((line) => /^new\s+\d+ {2}text\/css\s+immutable\s+static\/[0-9a-f]{16}\/site\.css$/.test(line)), out);
  const kinds = lines.slice(0, -1).map((line) => line.endsWith(".html"));
  assert.deepEqual(kinds, kinds.toSorted(), "assets before pages");
  assert.equal((await object("dry/index.html")).status, 404);
});

test("a site is there with its kinds and how long it may be kept, and again with what changed alone", async () => {
  await build();
  let told = await publish("s3://certalog/sites/one");
  assert.equal(told.status, 0, told.err);
  const count = await holdsTheSite("sites/one/");
  assert.match(told.out, new RegExp(`^s3://certalog/sites/one: ${count - 1} files \\(${count - 1} new\\)\n$`));
  const page = await object("sites/one/index.html");
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(page.headers.get("cache-control"), "no-cache");
  const style = [...files(site).keys()].find((path) => /^static\/[0-9a-f]{16}\/site\.css$/.test(path));
  const lasting = await object(`sites/one/${style}`);
  assert.equal(lasting.headers.get("content-type"), "text/css; charset=utf-8");
  assert.equal(lasting.headers.get("cache-control"), "public, max-age=31536000, immutable");

  told = await publish("s3://certalog/sites/one");
  assert.equal(told.out, `s3://certalog/sites/one: ${count - 1} files (${count - 1} unchanged)\n`);

  mkdirSync(join(catalogue, "content/pages"), { recursive: true });
  const added = join(catalogue, "content/pages/added.md");
  writeFileSync(added, '+++\ntitle = "Added"\n+++\nText.\n');
  await build();
  told = await publish("s3://certalog/sites/one");
  assert.match(told.out, /[1-9]\d* new, [1-9]\d* changed, [1-9]\d* unchanged/);
  await holdsTheSite("sites/one/");
  rmSync(added);
  await build();
  told = await publish("s3://certalog/sites/one");
  assert.match(told.out, /[1-9]\d* removed/);
  await holdsTheSite("sites/one/");
  assert.equal((await object("sites/one/added/index.html")).status, 404);
  assert.equal((await object("sites/one/index.html")).status, 200);
});

test("what somebody else put there stays", async () => {
  await build();
  let told = await publish("s3://certalog/shared/below");
  assert.equal(told.status, 0, told.err);
  // The whole bucket has objects of other sites, of which this one knows nothing.
  told = await publish("s3://certalog");
  assert.equal(told.status, 0, told.err);
  await holdsTheSite("");
  await holdsTheSite("shared/below/");
});

test("more files than one list has", async () => {
  const pages = join(catalogue, "content/pages/many");
  mkdirSync(pages, { recursive: true });
  for (let at = 0; at < 1100; at += 1) writeFileSync(join(pages, `page-${at}.md`), `+++\ntitle = "Page ${at}"\n+++\nText.\n`);
  await build();
  const told = await publish("s3://certalog/many");
  assert.equal(told.status, 0, told.err);
  const count = files(site).size - 1;
  assert.ok(count > 1100);
  const again = await publish("s3://certalog/many");
  assert.equal(again.err, "");
  assert.equal(again.out, `s3://certalog/many: ${count} files (${count} unchanged)\n`);
  rmSync(pages, { recursive: true });
  await build();
});

test("every link of a published site leads to an object", async () => {
  const repository = join(import.meta.dirname, "../..");
  const out = join(folder, "real");
  const built = await run(["build", "--quiet", "--as-of", "2026-01-01", "--host", "s3", "--root", repository, "--out", out]);
  assert.equal(built.status, 0, built.err);
  const told = await run(["publish", "--from", out, "s3://certalog/a folder/real"]);
  assert.equal(told.status, 0, told.err);
  const root = new URL(`${address}/certalog/a%20folder/real/`);
  const pages = [...files(out).keys()].filter((path) => path.endsWith(".html") && path !== "404.html");
  const fetched = new Map();
  // A store that shows sites answers for a folder with its page, as it is told to; this one has objects alone.
  const status = (url) => {
    const asked = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
    if (!fetched.has(asked)) fetched.set(asked, fetch(new URL(asked, address)).then(async (answer) => (await answer.arrayBuffer(), answer.status)));
    return fetched.get(asked);
  };
  let links = 0;
  for (const path of pages) {
    const at = new URL(path.split("/").map(encodeURIComponent).join("/"), root);
    const { body } = await object(at.pathname.replace("/certalog/", ""));
    for (const [, written] of body.toString().matchAll(/<[a-z][^>]* (?:href|src)="([^"]*)"/g)) {
      const url = new URL(written.replaceAll("&amp;", "&"), at);
      if (!url.href.startsWith(root.href)) {
        assert.ok(/^(https:|mailto:)/.test(written), `${path}: ${written} leads out of the site`);
        continue;
      }
      assert.equal(await status(url), 200, `${path}: ${written}`);
      links += 1;
    }
  }
  assert.ok(pages.length > 100 && links > 5000, `${pages.length} pages, ${links} links`);
});

test("refusals say why", async () => {
  const cases = [
    ["s3://certalog/x", { AWS_SECRET_ACCESS_KEY: "wrong" }, /the store refuses to read `\.certalog`: 403 \(SignatureDoesNotMatch/],
    ["s3://certalog/x", { AWS_ACCESS_KEY_ID: "nobody" }, /the store refuses to read `\.certalog`: 403 \(InvalidAccessKeyId/],
    ["s3://certalog/x", { AWS_ACCESS_KEY_ID: "" }, /the variable AWS_ACCESS_KEY_ID is not set/],
    ["s3://nobodys-bucket/x", {}, /404 \(NoSuchBucket/],
    ["s3://certalog/../x", {}, /names no bucket/],
    ["s3://", {}, /names no bucket/],
    ["s3://certalog/x", { AWS_ENDPOINT_URL: "somewhere" }, /AWS_ENDPOINT_URL is no address/],
  ];
  for (const [target, environment, expected] of cases) {
    const { status, err } = await run(["publish", "--from", site, target], environment);
    assert.equal(status, 2, target);
    assert.match(err, expected);
    assert.doesNotMatch(err, /wrong|an-id|a secret/, "a key is shown");
  }
});
