"""Runs trafilatura over a file of pages (JSON Lines) and writes its text; prints pages per second of CPU time
(median of the rounds, each with its caches of words and addresses emptied: pages are read once in real work)."""

import json
import statistics
import sys
import time

import trafilatura
from trafilatura.meta import reset_caches

ROUNDS = 3

pages = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for mode, options in {"trafilatura": {}, "trafilatura_precision": {"favor_precision": True}}.items():
    took = []
    for _ in range(ROUNDS):
        reset_caches()
        start = time.process_time()
        texts = [
            trafilatura.extract(page["html"], url=page["url"], include_comments=False, with_metadata=False, **options)
            for page in pages
        ]
        took.append(time.process_time() - start)
    with open(f"{sys.argv[2]}/{mode}.jsonl", "w", encoding="utf-8") as out:
        for page, text in zip(pages, texts):
            out.write(json.dumps({"id": page["id"], "text": text or ""}) + "\n")
    speed = len(pages) / statistics.median(took)
    print(json.dumps({"name": mode, "pages_per_cpu_s": speed, "version": trafilatura.__version__}))
