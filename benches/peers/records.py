#!/usr/bin/env python3
"""Turns a neutral catalogue into certalog's records, with the plain theme beside this script.

    records.py DATA_DIR CATALOGUE_DIR

DATA_DIR holds what comparisons with other generators start from:
    frameworks.json   a list of {key, name, version, description}
    processes.jsonl   one {fw, id, parent, level, name, body, history: [{version, date, change}]} a line
    certs.jsonl       one {id, product, vendor, version, date, body, scores: [{process, score, comment, evidence}]} a line
Links in texts are written [words](proc:<framework>/<id>).
"""
import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
quoted = json.dumps  # an ASCII JSON text is a TOML text
LINK = re.compile(r"\[([^\]]*)\]\(proc:([^/)]+)/([^)]+)\)")
RATINGS = (("Fully conformant", 5, "full"), ("Partially conformant", 1, "partial"), ("Not conformant", 0, "none"))


def lines(path):
    with open(path) as file:
        yield from map(json.loads, file)


def prose(text):
    return LINK.sub(r"[[\2:\3|\1]]", text)


def key_of(process):
    return "e-" + process.replace(".", "-")


def releases(frameworks, processes):
    """The versions of each framework, oldest first: those of its histories and its own."""
    versions = {framework["key"]: {framework["version"]} for framework in frameworks}
    for process in processes:
        versions[process["fw"]].update(entry["version"] for entry in process["history"])
    return {key: sorted(all, key=lambda version: [int(part) for part in version.split(".")])
            for key, all in versions.items()}


def framework_record(framework, versions):
    text = "name = %s\nnoun = { one = \"process\", many = \"processes\" }\ndescription = %s\n" % (
        quoted(framework["name"]), quoted(framework["description"]))
    text += "".join("\n[[release]]\nversion = %s\n" % quoted(version) for version in versions)
    text += "\n[[scale]]\nid = \"score\"\nmin = 0\nmax = 5\nstep = 1\n"
    return text + "".join("[[scale.rating]]\nlabel = %s\nfrom = %d\ntone = %s\n" % (quoted(label), least, quoted(tone))
                          for label, least, tone in RATINGS)


def element_record(process, first):
    text = "+++\nname = %s\nlevel = %d\n" % (quoted(process["name"]), process["level"])
    if process["parent"]:
        text += "parent = %s\n" % quoted(key_of(process["parent"]))
    text += "\n[[history]]\nrelease = %s\nchange = \"addition\"\nid = %s\n" % (quoted(first), quoted(process["id"]))
    for entry in process["history"]:
        if entry["version"] != first:
            text += "\n[[history]]\nrelease = %s\nchange = \"modification\"\ndate = %s\nnote = %s\n" % (
                quoted(entry["version"]), quoted(entry["date"]), quoted(entry["change"]))
    return text + "+++\n" + prose(process["body"]) + "\n"


def certification_record(record, organization, versions):
    framework = record["scores"][0]["process"].split(".", 1)[0]
    text = "+++\norganization = %s\nproduct = %s\nversion = %s\nframework = %s\nrelease = %s\ncompleted = %s\n" % (
        quoted(organization), quoted(record["product"]), quoted(record["version"]), quoted(framework),
        quoted(versions[framework][-1]), quoted(record["date"]))
    text += "scale = \"score\"\n"
    for score in record["scores"]:
        evidence = ", ".join("{ title = %s }" % quoted(title) for title in score["evidence"])
        text += "\n[[result]]\nelement = %s\nscore = %d\ncomment = %s\nevidence = [%s]\n" % (
            quoted(score["process"].split(".", 1)[1]), score["score"], quoted(score["comment"]), evidence)
    return text + "+++\n" + prose(record["body"]) + "\n"


def main(data, root):
    def write(path, text):
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    frameworks = json.loads((data / "frameworks.json").read_text())
    processes = list(lines(data / "processes.jsonl"))
    versions = releases(frameworks, processes)
    write("site.toml", "title = \"Conformance catalogue\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n"
          "theme = \"plain\"\n")
    write("content/index.md", "+++\ntitle = \"Conformance catalogue\"\n+++\n")
    for framework in frameworks:
        folder = "content/frameworks/%s/" % framework["key"]
        write(folder + "framework.toml", framework_record(framework, versions[framework["key"]]))
    for process in processes:
        path = "content/frameworks/%s/elements/%s.md" % (process["fw"], key_of(process["id"]))
        write(path, element_record(process, versions[process["fw"]][0]))
    organizations = {}
    for record in lines(data / "certs.jsonl"):
        organization = re.sub(r"[^a-z0-9]+", "-", record["vendor"].lower()).strip("-")
        organizations[organization] = record["vendor"]
        write("content/certifications/%s/certification.md" % record["id"],
              certification_record(record, organization, versions))
    for organization, name in organizations.items():
        write("content/organizations/%s.toml" % organization, "name = %s\n" % quoted(name))
    shutil.copytree(HERE / "theme", root / "themes" / "plain")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
