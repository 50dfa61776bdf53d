"""Runs trafilatura over a file of pages (JSON Lines) and writes its text; prints pages per second of CPU time."""

import json
import sys
import time

import trafilatura

pages = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for mode, options in {"trafilatura": {}, "trafilatura_precision": {"favor_precision": True}}.items():
    with open(f"{sys.argv[2]}/{mode}.jsonl", "w", encoding="utf-8") as out:
        start = time.process_time()
        for page in pages:
            text = trafilatura.extract(page["html"], url=page["url"], include_comments=False, with_metadata=False, **options)
            out.write(json.dumps({"id": page["id"], "text": text or ""}) + "\n")
        took = time.process_time() - start
    print(json.dumps({"name": mode, "pages_per_cpu_s": len(pages) / took, "version": trafilatura.__version__}))
