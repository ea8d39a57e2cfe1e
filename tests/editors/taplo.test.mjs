// Taplo, the tool behind several editors, checks records against the schemas that certalog writes: it accepts every record of this
// repository, and refuses each broken one of tests/diagnostics that refused.txt lists. CERTALOG names the program.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../..");
const program = process.env.CERTALOG;
assert.ok(program, "CERTALOG names the program");
const folder = mkdtempSync(join(tmpdir(), "certalog-editors-"));
after(() => rmSync(folder, { recursive: true }));

/** Every file below a folder, by path. */
function files(root) {
    const found = readdirSync(root, { recursive: true, withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** The table of a record: of a Markdown file, its front matter. */
function table(path, text) {
    if (!path.endsWith(".md")) return text;
    return /^\ufeff?\+\+\+\s*\n([\s\S]*?)^\+\+\+\s*$/m.exec(text)?.[1];
}

/** A folder of catalogues, each nothing but tables, with schemas and Taplo's settings. Front matter becomes a TOML file beside its place. */
function catalogues(name, all) {
    const root = join(folder, name);
    for (const [catalogue, records] of all) {
        for (const [path, text] of records) {
            const found = table(path, text);
            if (found === undefined) continue;
            const place = join(root, catalogue, path.replace(/\.md$/, ".md.toml"));
            mkdirSync(dirname(place), { recursive: true });
            writeFileSync(place, found);
        }
    }
    execFileSync(program, ["--quiet", "schema", "--out", join(root, "schemas")]);
    // The settings are for one catalogue whose records in Markdown Taplo cannot read: here they are for many, and for front matter too.
    const kinds = execFileSync(program, ["schema"], { encoding: "utf8" }).split("\n\n")[0].split("\n");
    const rules = kinds.map((line) => {
        const [kind, ...paths] = line.split(/\s+/);
        const include = paths.map((path) => `"*/${path.replace(/\.md$/, ".md.toml")}"`);
        return `[[rule]]\ninclude = [${include.join(", ")}]\n[rule.schema]\nenabled = true\npath = "schemas/${kind}.json"\n`;
    });
    const settings = readFileSync(join(root, "schemas/taplo.toml"), "utf8");
    assert.equal(settings.match(/^\[\[rule\]\]$/gm).length, kinds.filter((line) => line.includes(".toml")).length);
    rmSync(join(root, "schemas/taplo.toml"));
    writeFileSync(join(root, "taplo.toml"), `exclude = ["taplo.toml"]\n\n${rules.join("\n")}`);
    return root;
}

/** What Taplo says of a catalogue. */
function lint(root) {
    const taplo = join(here, "node_modules/.bin/taplo");
    const run = spawnSync(taplo, ["lint"], { cwd: root, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", RUST_LOG: "info" } });
    assert.equal(run.error, undefined);
    // Its own exit status is not to be relied on, so the report is read.
    const output = `${run.stdout}${run.stderr}`.replace(/\u001b\[[0-9;]*m/g, "");
    const refused = [...output.matchAll(/invalid file error=.* path="(.*?)"/g)].map(([, path]) =>
        relative(root, path).replace(/\.md\.toml$/, ".md"));
    const total = Number(/found files total=(\d+)/.exec(output)?.[1] ?? 0);
    return { refused: refused.sort(), total, output };
}

const isRecord = (path) => /^(site\.toml|content\/.*\.(toml|md)|themes\/[^/]*\/theme\.toml)$/.test(path);

test("every record of this repository is accepted", () => {
    const sites = readdirSync(join(repository, "tests/sites")).map((name) => [name, join(repository, "tests/sites", name)]);
    const all = [["own", repository], ...sites].map(([name, root]) => {
        const paths = [join(root, "site.toml"), ...files(join(root, "content"))];
        const records = paths.map((path) => [relative(root, path), path]).filter(([path]) => isRecord(path));
        return [name, records.map(([path, file]) => [path, readFileSync(file, "utf8")])];
    });
    const { refused, total, output } = lint(catalogues("accepted", all));
    assert.deepEqual(refused, [], output);
    assert.ok(total >= all.flatMap(([, records]) => records).length, output);
});

test("every broken record of the list is refused, and no other", () => {
    const list = readFileSync(join(here, "refused.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
    const expected = list.map((line) => line.replace("/", "-").replace(" ", "/")).sort();
    assert.ok(expected.length > 30);
    const cases = files(join(repository, "tests/diagnostics")).filter((path) => path.endsWith(".txt"));
    const all = cases.map((path) => {
        const name = relative(join(repository, "tests/diagnostics"), path).replace(/\.txt$/, "").replace("/", "-");
        const text = readFileSync(path, "utf8").replace(/^as-of: .*\n/, "");
        const records = `\n${text}`.split("\n=== ").slice(1).map((file) => {
            const end = file.indexOf("\n");
            return [file.slice(0, end).trim(), `${file.slice(end + 1)}\n`];
        });
        return [name, records.filter(([path]) => isRecord(path))];
    });
    const { refused, output } = lint(catalogues("broken", all));
    // What is no TOML at all is refused as well, before any schema is looked at.
    const isToml = (path) => !/^(invalid-toml-|many-|hidden-character-control\/)/.test(path);
    assert.deepEqual(refused.filter(isToml), expected.filter(isToml), output);
});
