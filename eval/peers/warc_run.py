"""Reads the sample archives in the source packages of WARC libraries with warcio: one JSON line a file.

    PYTHONPATH=folder-with-warcio python3 warc_run.py folder-with-a-source-package...
"""

import hashlib
import json
import pathlib
import sys
import tarfile

from warcio.archiveiterator import ArchiveIterator

samples = []
for source in map(pathlib.Path, sys.argv[1:]):
    for package in source.glob("*.tar.gz"):
        with tarfile.open(package) as archive:
            archive.extractall(source, filter="data")
    samples += [path for path in source.glob("*/**/*") if path.name.endswith((".warc", ".warc.gz", ".warc.gz.bad"))]
for sample in sorted(samples):
    records = []
    stopped = None
    with open(sample, "rb") as stream:
        archive = ArchiveIterator(stream)
        try:
            for record in archive:
                http = record.http_headers
                body = record.content_stream().read()
                records.append(
                    {
                        "kind": record.rec_type,
                        "url": record.rec_headers.get_header("WARC-Target-URI"),
                        "status": http.get_statuscode() if http else None,
                        "type": http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type"),
                        "offset": archive.get_record_offset(),
                        "length": archive.get_record_length(),
                        "bytes": len(body),
                        "sha256": hashlib.sha256(body).hexdigest(),
                    }
                )
        except Exception as error:  # what a damaged sample does to the reader
            stopped = f"{type(error).__name__}: {error}"
    print(json.dumps({"file": str(sample), "records": records, "stopped": stopped}))
