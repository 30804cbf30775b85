"""Reads a notebook with Jupyter's own nbformat, validates it, and writes it again."""

import json
import sys

import nbformat

text = json.loads(sys.argv[1])
notebook = nbformat.reads(text, as_version=4)
nbformat.validate(notebook)
print(json.dumps(nbformat.writes(notebook) + "\n"))
