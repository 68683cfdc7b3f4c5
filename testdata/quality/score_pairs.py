"""Every pair that Splink compares, with its weight and its truth.

usage: score_pairs.py PEERS --config CONFIG --data DIR --model MODEL --out DIR [--name EXTRACT]

Reads the files as PEERS/splink_night.py does, predicts without a threshold with a model that it trained, and writes
DIR/pairs.csv: extract, record_id, subject_id, weight, same. Prints the model's prior as JSON.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, sys.argv.pop(1))

from common import arguments, connect, make_linker  # noqa: E402
from splink_night import CASELOAD, EXTRACT, read_table  # noqa: E402


def options_of(parser):
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--name", default="extract")


def main():
    options = arguments(__doc__, options_of)
    config = json.loads(options.config.read_text())
    con = connect(options)
    for side in (CASELOAD, EXTRACT):
        read_table(con, options, config, side)
    linker = make_linker(con, [CASELOAD, EXTRACT], str(options.model))
    predicted = linker.inference.predict().physical_name
    truth = config["truth"]
    con.execute(
        f"""copy (select '{options.name}' as extract, unique_id_r as record_id, unique_id_l as subject_id,
                    match_weight as weight, (t.s is not null)::int as same
                  from {predicted} left join (
                    select distinct {truth['caseload_id']} as s, {truth['extract_id']} as r
                    from read_csv('{options.data / truth['file']}', all_varchar=true)) t
                  on t.s = unique_id_l and t.r = unique_id_r
                  order by all) to '{options.out}/pairs.csv' (header)"""
    )
    print(json.dumps({"prior": json.loads(options.model.read_text())["probability_two_random_records_match"]}))


if __name__ == "__main__":
    main()
