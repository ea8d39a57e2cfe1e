#!/usr/bin/env python3
"""An independent count of a built site: what its pages and tables print is added up again from its data.

In comes the folder of a site in English, out goes every number that differs, and exit status 1 where one does.
Nothing of certalog is used: the rows are those of the JSON files, the arithmetic is Python's.
"""

import csv
import io
import json
import pathlib
import re
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TONES = {"Full": "full", "Partial": "partial", "Not conformant": "none", "Rated otherwise": "neutral"}


class Tables(HTMLParser):
    """The tables of a page by the id of their section: rows of cells, and the counts in its `dl.counts`."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.counts, self.rows_told = {}, {}, {}
        self.section, self.row, self.cell, self.term = [], None, None, None
        self.exact, self.hidden, self.is_counts, self.is_status = None, 0, False, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "section":
            self.section.append(at.get("id") or at.get("aria-labelledby", "").removesuffix("-caption"))
        elif tag == "dl":
            self.is_counts = at.get("class") == "counts"
        elif tag == "tr":
            self.row = {"cells": [], "id": at.get("id"), "group": "group" in at.get("class", ""), "href": None}
        elif tag in ("td", "th", "dt", "dd"):
            self.cell, self.exact = "", None
        elif tag == "data":
            self.exact = at["value"]
        elif tag == "p" and at.get("role") == "status":
            self.cell, self.is_status = "", True
        elif tag == "svg" or at.get("aria-hidden") == "true" and tag not in VOID:
            self.hidden += 1
        elif tag == "a" and self.row is not None and self.row["href"] is None:
            self.row["href"] = at.get("href")
        if self.hidden and tag not in VOID and tag != "svg" and at.get("aria-hidden") != "true":
            self.hidden += 1

    def handle_endtag(self, tag):
        if self.hidden:
            self.hidden -= 1
            return
        if tag == "section":
            self.section.pop()
        elif tag in ("td", "th") and self.row is not None:
            self.row["cells"].append(self.exact if self.exact is not None else self.cell.strip())
        elif tag == "tr":
            self.tables.setdefault(self.section[-1] if self.section else "", []).append(self.row)
            self.row = None
        elif tag == "dt":
            self.term = self.cell.strip()
        elif tag == "dd" and self.is_counts:
            self.counts[self.term] = self.cell.strip()
        elif tag == "p" and self.is_status:
            self.rows_told[self.section[-1]] = self.cell.strip()
            self.is_status = False

    def handle_data(self, text):
        if self.cell is not None and not self.hidden:
            self.cell += text

    def table(self, name):
        """The rows of a table as maps by its heads; rows that only head others are left out."""
        rows = [row for row in self.tables.get(name, []) if not row["group"]]
        if not rows:
            return []
        heads = rows[0]["cells"]
        return [dict(zip(heads, row["cells"]), id=row["id"], href=row["href"]) for row in rows[1:]]


class Recount:
    def __init__(self, root):
        self.root, self.faults, self.checked, self.known = pathlib.Path(root), [], 0, {}

    def page(self, path):
        return Tables((self.root / path / "index.html").read_text("utf-8"))

    def sheet(self, path):
        text = (self.root / path).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def same(self, where, printed, counted):
        self.checked += 1
        if str(printed) != str(counted):
            self.faults.append(f"{where}: {printed} is printed, {counted} are counted")

    def number(self, where, printed, counted):
        """The same where an absent mean has words."""
        if counted is None:
            self.checked += 1
            if re.search(r"\d", str(printed or "")):
                self.faults.append(f"{where}: {printed} is printed where there is nothing to count")
        else:
            self.same(where, Decimal(printed).normalize(), counted.normalize())

    def tally(self, where, line, rows):
        """Compares a line of counts, in a page or a file, with the rows that it counts."""
        tones = Counter(row["rating"]["tone"] for row in rows if row["rating"] and not row["outcome"])
        absent = Counter(row["outcome"]["id"] for row in rows if row["outcome"])
        submitted = sum(tones.values())
        scores = [Decimal(row["score"]) for row in rows if row["score"] is not None]
        exact = sum(scores) / len(scores) if scores else None
        mean = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP) if scores else None
        counted = {head: tones[tone] for head, tone in TONES.items()}
        counted["Submitted"] = submitted
        counted["Not submitted"] = absent["not-submitted"]
        counted["Not assessed"] = sum(absent.values()) - absent["not-submitted"]
        for head, count in counted.items():
            if head in line:
                self.same(f"{where}: {head}", line[head], count)
            else:
                self.same(f"{where}: {head}, which has no column", 0, 0 if head in ("Submitted",) else count)
        if "Mean" in line:
            self.number(f"{where}: Mean", line["Mean"], mean)
        if "Lowest" in line:
            self.number(f"{where}: Lowest", line["Lowest"], min(scores) if scores else None)

    def releases(self, framework):
        """The releases of a framework as its page lists them: each version with its line."""
        lines = self.page(f"frameworks/{framework}").table("releases")
        return {line["Release"].removesuffix("Current").strip(): line for line in lines}

    def domains(self, framework, version):
        """The domain of each id of a release."""
        if (framework, version) not in self.known:
            folder = self.releases(framework)[version]["href"].split("/", 2)[2]
            sheet = self.sheet(f"{folder}elements.csv")
            self.known[framework, version] = {line["Id"]: line.get("Domain", "") for line in sheet}
        return self.known[framework, version]

    def certification(self, path):
        data = json.loads(path.read_text("utf-8"))
        folder = data["address"]
        said = [row for row in data["rows"] if row["kind"] != "coverage" and not row["repeated"]]
        rows = [row for row in said if not row["summary"]]
        page = self.page(folder)
        totals = data["totals"]
        tones = Counter(row["rating"]["tone"] for row in rows if row["rating"] and not row["outcome"])
        for tone in ("full", "partial", "none", "neutral"):
            self.same(f"{path.name}: {tone}", totals[tone], tones[tone])
        absent = Counter(row["outcome"]["id"] for row in rows if row["outcome"])
        self.same(f"{path.name}: not submitted", totals["not_submitted"], absent["not-submitted"])
        self.same(f"{path.name}: otherwise absent", totals["otherwise_absent"], sum(absent.values()) - absent["not-submitted"])
        self.same(f"{path.name}: assessed", totals["assessed"], sum(tones.values()))
        self.same(f"{path.name}: rows", totals["rows"], len([row for row in rows if row["rating"] or row["outcome"]]))
        names = {domain["id"]: domain["name"] for domain in data["framework"]["domains"]}
        by_domain = {}
        for row in rows:
            domains = self.domains(data["framework"]["id"], row["release"] or data["release"])
            # what the release no longer has stays where it was
            last = names.get(row["element"] and row["element"]["domain"])
            by_domain.setdefault(domains.get(row["id"], last), []).append(row)
        for told in (page.table("summary"), self.sheet(f"{folder}summary.csv") if page.table("summary") else []):
            for line in told:
                name = line["Domain"]
                of = rows if name == "All" else by_domain.get(name)
                if of is None:
                    # the domain has no name, or the framework has none at all
                    of = by_domain.get("", []) + by_domain.get(None, [])
                self.tally(f"{folder} summary, {name}", line, of)
        for told in (page.table("distribution-numbers"), self.sheet(f"{folder}distribution.csv") if page.table("distribution-numbers") else []):
            for line in told:
                name = line["Domain"]
                of = rows if name == "All" else by_domain.get(name, by_domain.get("", []) + by_domain.get(None, []))
                words = Counter(row["outcome"]["words"] if row["outcome"] else row["rating"]["label"] for row in of if row["outcome"] or row["rating"])
                for head, count in line.items():
                    if head not in ("Domain", "id", "href"):
                        self.same(f"{folder} distribution, {name}, {head}", count, words[head])
        results = [row for row in self.page(folder).tables.get("results", [])[1:] if not row["group"]]
        if results:
            # an element with two parents stands under each of them, and what a source repeats is shown once more
            ids = {row["id"] for row in said}
            self.same(f"{folder} results", len({tuple(row["cells"][:1]) for row in results}), len(ids))
            self.same(f"{folder} results.csv", len(self.sheet(f"{folder}results.csv")), len(results))
        return data, rows

    def everything(self):
        known = {}
        for path in sorted((self.root / "api/v1/certifications").glob("*.json")):
            if path.name != "index.json":
                data, rows = self.certification(path)
                known[data["id"]] = (data, rows)
        listed = json.loads((self.root / "api/v1/certifications/index.json").read_text("utf-8"))["certifications"]
        self.same("index.json", len(listed), len(known))
        home = self.page("")
        organizations = self.page("organizations").table("organizations")
        self.same("home: Certifications", home.counts.get("Certifications", "0"), len(known))
        self.same("home: Organizations", home.counts.get("Organizations", "0"), len(organizations))
        for path, name in [("", "newest"), ("certifications", "certifications")]:
            for line in self.page(path).table(name):
                identity = (line["id"] or "").removeprefix("c-")
                self.tally(f"{path or 'home'}: {identity}", line, known[identity][1])
        by_organization = Counter(data["organization"]["id"] for data, _ in known.values() if data["organization"])
        for line in organizations:
            self.same(f"organizations: {line['id']}", line["Certifications"], by_organization[line["id"]])
            of = self.page(f"organizations/{line['id']}").table("certifications")
            self.same(f"organizations/{line['id']}: rows", len(of), by_organization[line["id"]])
        frameworks = {data["framework"]["id"] for data, _ in known.values()}
        for framework in sorted(frameworks):
            by_release = Counter(data["release"] for data, _ in known.values() if data["framework"]["id"] == framework)
            for version, line in self.releases(framework).items():
                self.same(f"{framework} {version}", line["Certifications"], by_release[version])
        years = Counter()
        for data, _ in known.values():
            date = data["completed"] or data["valid_from"]
            years[date[:4] if date else None] += 1
        for line in self.page("certifications").table("years"):
            self.same(f"years: {line['Year']}", line["Certifications"], years.get(line["Year"], years[None]))
        self.checks()

    def checks(self):
        page = self.page("checks")
        findings = page.table("findings")
        of = Counter(line["Severity"] for line in findings)
        for head, word in [("Errors", "Error"), ("Warnings", "Warning"), ("Waived", "Waived")]:
            self.same(f"checks: {head}", page.counts[head], of[word])
        codes = Counter(line["Code"] for line in findings)
        for line in page.table("codes"):
            self.same(f"checks: {line['Code']}", line["Findings"], codes[line["Code"]])
        if findings:
            self.same("checks: findings.csv", len(self.sheet("checks/findings.csv")), len(findings))


def main():
    faults = []
    for root in sys.argv[1:]:
        recount = Recount(root)
        recount.everything()
        print(f"{root}: {recount.checked} numbers counted again, {len(recount.faults)} differ")
        faults += recount.faults
    print("\n".join(faults[:40]), file=sys.stderr)
    sys.exit(1 if faults or len(sys.argv) < 2 else 0)


main()
