"""DuckDB reads extract.csv and counts its rows, nothing else. Needs the peers' common.py on PYTHONPATH."""

import duckdb

from common import Clock, arguments, connect, one_row, report, spent

options = arguments(__doc__)
clock = Clock()
rows = one_row(connect(options), f"select count(*) from read_csv('{options.data / 'extract.csv'}', all_varchar=true)")[0]
clock.mark("read_and_count")
report(clock, spent(), tool=f"duckdb {duckdb.__version__}", job="count", rows=rows)
