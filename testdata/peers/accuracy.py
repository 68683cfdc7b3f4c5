"""How good links are: prints links, F1 at the best weight, and F1 of all, as one JSON line.

usage: accuracy.py TRUTH SQL    where SQL gives (caseload_id, extract_id, weight) and TRUTH is a CSV of the first two
"""

import json
import sys

import duckdb

truth, links = sys.argv[1:]
# F1 is 2 tp / (links + true pairs), for the links at or above each weight.
count, best, of_all = duckdb.connect().execute(
    f"""with truth as (from read_csv('{truth}', all_varchar=true)),
             judged as (select weight, (t.caseload_id is not null)::int as ok
                        from ({links}) l left join truth t using (caseload_id, extract_id)),
             curve as (select count(*) over (order by weight desc) as n, sum(ok) over (order by weight desc) as tp from judged)
        select coalesce(max(n), 0)::bigint, max(2 * tp / (n + (select count(*) from truth))),
               2 * max(tp) / (max(n) + (select count(*) from truth)) from curve"""
).fetchall()[0]
print(json.dumps({"links": count, "f1": round(float(best or 0), 5), "f1_of_all": round(float(of_all or 0), 5)}))
