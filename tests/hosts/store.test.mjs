// `certalog publish` to a server that speaks the protocol of S3 on this machine, and checks every signature. CERTALOG names the program.
// What is sent in which order, and what a failure leaves behind, is looked at by tests/it/upload.rs; here it is that a server understands it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import S3rver from "s3rver";

const program = process.env.CERTALOG;
assert.ok(program, "CERTALOG names the program");
const folder = mkdtempSync(join(tmpdir(), "certalog-store-"));
const catalogue = join(folder, "catalogue");
const site = join(catalogue, "public");
let server;
let address;

before(async () => {
  const directory = join(folder, "store");
  mkdirSync(directory);
  server = new S3rver({ address: "127.0.0.1", port: 0, directory, silent: true, configureBuckets: [{ name: "certalog" }] });
  ({ port: address } = await server.run());
  address = `http://127.0.0.1:${address}`;
  assert.equal((await run(["init", catalogue])).status, 0);
  build();
});

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Runs the program beside the server, which answers from this process. */
function run(words, environment = {}) {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: "S3RVER",
    AWS_SECRET_ACCESS_KEY: "S3RVER",
    AWS_REGION: "us-east-1",
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
  const mine = join(folder, "mine");
  cpSync(site, mine, { recursive: true });
  let told = await publish("s3://certalog/shared/below");
  assert.equal(told.status, 0, told.err);
  // The whole bucket has objects of other sites, of which this one knows nothing.
  told = await publish("s3://certalog");
  assert.equal(told.status, 0, told.err);
  await holdsTheSite("");
  await holdsTheSite("shared/below/");
  rmSync(mine, { recursive: true });
});

test("more files than one list has", async () => {
  const pages = join(catalogue, "content/pages");
  mkdirSync(pages, { recursive: true });
  for (let at = 0; at < 1100; at += 1) writeFileSync(join(pages, `page-${at}.md`), `+++\ntitle = "Page ${at}"\n+++\nText.\n`);
  await build();
  const told = await publish("s3://certalog/many");
  assert.equal(told.status, 0, told.err);
  const count = files(site).size - 1;
  assert.ok(count > 1100);
  assert.equal((await publish("s3://certalog/many")).out, `s3://certalog/many: ${count} files (${count} unchanged)\n`);
  rmSync(pages, { recursive: true });
  await build();
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
    assert.doesNotMatch(err, /wrong|S3RVER/, "a key is shown");
  }
});
