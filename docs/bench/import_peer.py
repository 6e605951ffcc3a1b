"""The peer of `routing-ml bench --part import`: the same tables into SQLite by pandas, without looking at them.

Usage: python3 docs/bench/import_peer.py FOLDER
It needs pandas (`pip install pandas`). Prints the seconds that reading and storing took.
"""

import pathlib
import sqlite3
import sys
import tempfile
import time

import pandas

folder = pathlib.Path(sys.argv[1])
with tempfile.TemporaryDirectory() as scratch:
    began = time.perf_counter()
    connection = sqlite3.connect(pathlib.Path(scratch) / "peer.sqlite")
    for path in sorted(folder.glob("*.csv")):
        table = pandas.read_csv(path, dtype=str)
        table.to_sql(path.stem, connection, index=False)
    connection.commit()
    connection.close()
    print(time.perf_counter() - began)
