#!/usr/bin/env python3
"""Wikidata ids of states and posts, for the importer: data/kb/wikidata.tsv.

    python3 tools/kb/build_wikidata.py SHARED_DATA

Takes states from facts/countries/datasets_country-codes.csv (PDDL 1.0) and posts from facts/ministers/eps_* (Wikidata, CC0),
and adds the hand-made rows below. A position that several states share ("foreign minister") gives no row.
"""
import csv
import sys
from collections import defaultdict

import tables

# Ids that the sources lack or give differently.
STATES = {"Q55": "NLD", "Q756617": "DNK", "Q1246": "KOS", "Q407199": "PSE", "Q219060": "PSE", "Q40362": "ESH", "Q13426199": "TWN"}
# Posts by the title that the eps tables give them, else by id. All from Wikidata.
TITLES = {
    "President of South Korea": "KOR.president", "Prime Minister of South Korea": "KOR.prime_minister",
    "Deputy Prime Minister of South Korea": "KOR.deputy_prime_minister", "Defense minister of South Korea": "KOR.defence_minister",
    "Finance minister of South Korea": "KOR.finance_minister", "Foreign minister of South Korea": "KOR.foreign_minister",
    "Minister of Reunification": "KOR.unification_minister", "Minister of Trade, Industry and Energy": "KOR.trade_minister",
    "Speaker of the National Assembly of South Korea": "KOR.speaker", "Chief Presidential Secretary": "KOR.chief_of_staff",
    "Director of the National Intelligence Service of South Korea": "KOR.intelligence_chief",
    "Emperor of Japan": "JPN.emperor", "Prime Minister of Japan": "JPN.prime_minister",
    "Deputy Prime Minister of Japan": "JPN.deputy_prime_minister", "Minister of Defense of Japan": "JPN.defence_minister",
    "Minister of Economy, Trade and Industry": "JPN.trade_minister", "Chief Cabinet Secretary": "JPN.chief_cabinet_secretary",
    "Minister of Finance": "JPN.finance_minister", "Minister for Foreign Affairs": "JPN.foreign_minister",
    "President of the United States": "USA.president", "Vice President of the United States": "USA.vice_president",
    "United States Secretary of State": "USA.foreign_minister", "United States Secretary of Defense": "USA.defence_minister",
    "United States Secretary of the Treasury": "USA.finance_minister", "United States Secretary of the Interior": "USA.interior_minister",
    "United States Secretary of Commerce": "USA.trade_minister", "United States Secretary of Energy": "USA.energy_minister",
    "United States Attorney General": "USA.attorney_general", "National Security Advisor": "USA.national_security_advisor",
    "Director of National Intelligence": "USA.intelligence_director", "United States Trade Representative": "USA.trade_representative",
    "United States Ambassador to the United Nations": "USA.ambassador_to_UN", "White House Chief of Staff": "USA.chief_of_staff",
    "Speaker of the United States House of Representatives": "USA.speaker",
    "United Nations Secretary-General": "UN.secretary_general",
    "Deputy Secretary-General of the United Nations": "UN.deputy_secretary_general",
    "President of the United Nations General Assembly": "UN.general_assembly_president",
}
POSTS = {"Q191954": "FRA.president", "Q466956": "CHL.president", "Q13592862": "BEL.monarch"}


def main(shared):
    facts = f"{shared}/facts"
    rows = {}

    def add(qid, kind, key, source):
        if qid.startswith("Q"):
            rows.setdefault((qid, kind), {"wikidata": qid, "kind": kind, "key": key, "source": source})

    states = {}
    for row in csv.DictReader(open(f"{facts}/countries/datasets_country-codes.csv", encoding="utf-8")):
        qid, iso3 = row["wikidata_id"].rsplit("/", 1)[-1], row["ISO3166-1-Alpha-3"]
        if qid and iso3:
            states[qid] = iso3
            add(qid, "state", iso3, "datasets/country-codes")
    for qid, iso3 in STATES.items():
        states[qid] = iso3
        add(qid, "state", iso3, "own")
    posts = {row["id"] for row in tables.read(tables.DATA / "kb" / "posts.tsv")}
    for name in ("south-korea_positions", "japan_positions", "us_positions", "world_position-info"):
        for row in csv.DictReader(open(f"{facts}/ministers/eps_{name}.csv", encoding="utf-8")):
            key = TITLES.get(row.get("positionLabel") or row["position"])
            if key in posts and (row["country"] in ("", {"KOR": "Q884", "JPN": "Q17", "USA": "Q30"}.get(key[:3]))):
                add(row.get("id") or row["position"], "post", key, "wikidata")
    foreign = defaultdict(set)
    for row in csv.DictReader(open(f"{facts}/ministers/eps_world_foreign-ministers_wikidata.csv", encoding="utf-8")):
        if row["position"]:
            foreign[row["position"]].add(row["country"])
    for qid, countries in foreign.items():
        key = f"{states.get(min(countries))}.foreign_minister"
        if len(countries) == 1 and key in posts:
            add(qid, "post", key, "wikidata")
    for qid, key in POSTS.items():
        if key in posts:
            add(qid, "post", key, "own")
    tables.write(tables.DATA / "kb" / "wikidata.tsv", ["wikidata", "kind", "key", "source"], rows.values(),
                 ["Which state or post a Wikidata item is, for `demarche actors import`. Made by tools/kb/build_wikidata.py."])


main(sys.argv[1])
