"""The peer of `routing-ml bench --part similar`: the same vectors in a graph of hnswlib.

Usage: python3 docs/bench/similar_peer.py FOLDER DIMENSIONS CANDIDATES...
FOLDER holds `points.i8` and `queries.i8`, one row of signed bytes for each item. It needs numpy and hnswlib
(`pip install hnswlib`). For each number of candidates it writes `candidates-NUMBER.u32`, so many numbers of items for each
query, and prints the seconds of building on all cores and the milliseconds of each query on one.
"""

import json
import pathlib
import sys
import time

import hnswlib
import numpy

folder, dimensions = pathlib.Path(sys.argv[1]), int(sys.argv[2])


def rows(name):
    return numpy.fromfile(folder / name, dtype=numpy.int8).reshape(-1, dimensions).astype(numpy.float32)


points, queries = rows("points.i8"), rows("queries.i8")
began = time.perf_counter()
index = hnswlib.Index(space="l2", dim=dimensions)
index.init_index(max_elements=len(points), ef_construction=200, M=16, random_seed=1)
index.add_items(points)
build_s = time.perf_counter() - began
index.set_num_threads(1)
query_ms = []
for n_candidates in map(int, sys.argv[3:]):
    index.set_ef(n_candidates)
    found, took_ms = [], []
    for query in queries:
        began = time.perf_counter()
        labels, _ = index.knn_query(query, k=n_candidates)
        took_ms.append((time.perf_counter() - began) * 1e3)
        found.append(labels[0])
    numpy.array(found, dtype=numpy.uint32).tofile(folder / f"candidates-{n_candidates}.u32")
    query_ms.append(took_ms)
print(json.dumps({"build_s": build_s, "query_ms": query_ms}))
