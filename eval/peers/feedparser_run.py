"""Reads the samples of feedparser's source package with feedparser: one JSON line a sample.

    PYTHONPATH=folder-with-feedparser python3 feedparser_run.py folder-with-its-source-package
"""

import json
import pathlib
import sys
import tarfile

import feedparser

source = pathlib.Path(sys.argv[1])
for package in source.glob("*.tar.gz"):
    with tarfile.open(package) as archive:
        archive.extractall(source, filter="data")
for sample in sorted(source.glob("feedparser-*/tests/**/*")):
    if sample.suffix not in (".xml", ".json"):
        continue
    try:
        read = feedparser.parse(
            sample.read_bytes(),
            response_headers={"content-location": "http://base.invalid/feed.xml"},
        )
    except Exception:  # some samples need more than feedparser alone installs
        continue
    entries = []
    for entry in read.entries:
        texts = [content.get("value", "") for content in entry.get("content", [])]
        date = entry.get("published_parsed") or entry.get("updated_parsed")
        entries.append(
            {
                "title": entry.get("title"),
                "link": entry.get("link"),
                "published": list(date)[:6] if date else None,
                "text": max(texts + [entry.get("summary", "")], key=len),
            }
        )
    print(json.dumps({"file": str(sample), "entries": entries}))
