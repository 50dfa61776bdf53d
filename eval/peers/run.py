#!/usr/bin/env python3
"""Compares extraction with its peers: installs them, runs all over the packs, scores, writes the table.

    python3 eval/peers/run.py [--shared ../shared] [--work target/peers] [--output docs/extraction-peers.md] [--unseen FOLDER]

trafilatura comes from PyPI into a virtual environment, dom_smoothie from crates.io into a project of its own; neither
touches the workspace. Speed is CPU time of one thread. The interval is a paired bootstrap over sites of the difference
in body F1 between Twosource and the better mode of trafilatura. With --unseen FOLDER (what `twosource-train extraction --check
FOLDER` wrote) the interval is that of Twosource on sites its block scorer was not trained on.
"""
import argparse
import datetime
import gzip
import importlib.util
import json
import os
import platform
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PACKS = ["extraction", "extraction-news", "extraction-multi"]
NAMES = ["twosource", "trafilatura", "trafilatura_precision", "dom_smoothie"]


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def scorer(shared):
    spec = importlib.util.spec_from_file_location("score", f"{shared}/bench/score_extraction.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(module, gold, path):
    """Rows of (site, tp, fp, fn) and the mean paragraph F1."""
    pred = {p["id"]: p for p in module.read_jsonl(path)}
    rows, paragraphs = [], []
    for page in gold:
        text = pred.get(page["id"], {}).get("text") or ""
        grams = module.grams(module.WORD.findall(text))
        lines = module.Counter(module.split_paras(text))
        kept = module.gold_paras(page, grams, lines)
        counts = module.match_counts(module.grams(module.WORD.findall("\n".join(kept))), grams)
        total = sum(counts) or 1
        rows.append((page["site"], tuple(n / total for n in counts)))
        paragraphs.append(module.prf(*module.match_counts(module.Counter(kept), lines))[2])
    return rows, sum(paragraphs) / len(paragraphs)


def interval(module, ours, theirs, draws=1000):
    sites = sorted({site for site, _ in ours})
    by_site = {site: [] for site in sites}
    for (site, a), (_, b) in zip(ours, theirs):
        by_site[site].append((a, b))
    rng, found = random.Random(7), []
    for _ in range(draws):
        pairs = [pair for _ in sites for pair in by_site[rng.choice(sites)]]
        f = [module.shingle_summary([pair[k] for pair in pairs])[2] for k in (0, 1)]
        found.append(f[0] - f[1])
    found.sort()
    return found[int(draws * 0.025)], found[int(draws * 0.975)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--work", default="target/peers")
    parser.add_argument("--output", default="docs/extraction-peers.md")
    parser.add_argument("--unseen", help="folder of predictions by forests that saw no page of the site")
    options = parser.parse_args()
    ours = "twosource_unseen" if options.unseen else "twosource"
    names = NAMES + ([ours] if options.unseen else [])
    os.makedirs(options.work, exist_ok=True)
    python = f"{options.work}/venv/bin/python"
    if not os.path.exists(python):
        run(sys.executable, "-m", "venv", f"{options.work}/venv")
        run(python, "-m", "pip", "install", "--quiet", "trafilatura", "lxml_html_clean")
    target = os.environ.get("CARGO_TARGET_DIR", f"{options.work}/build")
    run("cargo", "build", "--release", "--manifest-path", f"{HERE}/Cargo.toml", "--target-dir", target)
    module = scorer(options.shared)
    table = ["| pack | extractor | body F1 | paragraph F1 | pages per CPU second | worst page, ms |", "| --- | --- | --- | --- | --- | --- |"]
    notes = []
    for pack in PACKS:
        folder = f"{options.work}/{pack}"
        os.makedirs(folder, exist_ok=True)
        pages = f"{folder}/pages.jsonl"
        with gzip.open(f"{options.shared}/corpora/{pack}/pages.jsonl.gz", "rb") as f, open(pages, "wb") as out:
            out.write(f.read())
        said = run(f"{target}/release/twosource-peers", pages, folder) + run(python, f"{HERE}/trafilatura_run.py", pages, folder)
        speeds = {s["name"]: s for s in map(json.loads, said.splitlines())}
        if options.unseen:
            with open(f"{options.unseen}/{pack}.jsonl", encoding="utf-8") as f, open(f"{folder}/{ours}.jsonl", "w", encoding="utf-8") as out:
                out.write(f.read())
        gold = [g for g in module.read_jsonl(f"{options.shared}/corpora/{pack}/gold.jsonl") if g.get("text") is not None]
        scores = {name: score(module, gold, f"{folder}/{name}.jsonl") for name in names}
        body = {name: module.shingle_summary([row for _, row in scores[name][0]])[2] for name in names}
        for name in names:
            worst = speeds.get(name, {}).get("worst_ms")
            speed = speeds.get(name, {}).get("pages_per_cpu_s")
            table.append(
                f"| {pack} | {name} | {body[name]:.4f} | {scores[name][1]:.4f} | {'' if speed is None else f'{speed:.0f}'} | {'' if worst is None else f'{worst:.0f}'} |"
            )
        best = max(NAMES[1:3], key=body.get)
        low, high = interval(module, scores[ours][0], scores[best][0])
        notes.append(f"- {pack}: body F1 of {ours} over {best} {body[ours] - body[best]:+.4f}, 95 % interval over sites [{low:+.4f}, {high:+.4f}]")
    lines = [
        "# Extraction beside its peers",
        "",
        f"Written by `python3 eval/peers/run.py` on {datetime.date.today()}, {os.cpu_count()} cores of {platform.machine()}, Python {platform.python_version()};",
        "CPU time of one thread, parsing and metadata included for Twosource and dom_smoothie, text only for trafilatura.",
        "The block scorer was trained on these packs, which flatters the row `twosource`; `twosource_unseen` is each page read by forests",
        "that saw no page of its site (`docs/extraction-scores.md`).",
        "",
        *table,
        "",
        *notes,
        "",
    ]
    with open(options.output, "w", encoding="utf-8") as out:
        out.write("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
