"""datasketch on a set with known edits, for `docs/measurements.md`.

    pip install datasketch==2.0.0
    python benches/trace-peers/peers.py FILE.jsonl

MinHash (128 permutations) over word 5-grams with LSH, the usual set-up for
near-duplicates, at several thresholds. Prints pair recall for each kind of
edit, precision, and texts per second of processor time (indexing and look-up).
"""

import collections
import itertools
import json
import re
import sys
import time

from datasketch import MinHash, MinHashLSH


def shingles(text, n=5):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + n]).encode() for i in range(max(1, len(words) - n + 1))}


def main():
    items = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    by_gold = collections.defaultdict(list)
    for n, it in enumerate(items):
        by_gold[it["gold"]].append(n)
    gold = {pair for same in by_gold.values() for pair in itertools.combinations(same, 2)}
    for threshold in (0.5, 0.3, 0.2):
        begun = time.process_time()
        lsh = MinHashLSH(threshold=threshold, num_perm=128)
        found = set()
        for n, it in enumerate(items):
            sketch = MinHash(num_perm=128)
            sketch.update_batch(list(shingles(it["text"])))
            found.update((other, n) for other in lsh.query(sketch))
            lsh.insert(n, sketch)
        seconds = time.process_time() - begun
        both = gold & found
        recall = {}
        for kind in sorted({it["id"].rsplit("_", 1)[1] for it in items if "_" in it["id"]}):
            own = [p for p in gold if any(items[i]["id"].endswith("_" + kind) for i in p)]
            recall[kind] = round(sum(p in found for p in own) / len(own), 4)
        print(
            f"datasketch, threshold {threshold}: recall {len(both) / len(gold):.4f} {recall} "
            f"precision {len(both) / max(1, len(found)):.4f} {len(items) / seconds:.0f} texts/s"
        )


main()
