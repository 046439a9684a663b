"""Builds kb/states.tsv and kb/state_names.tsv.

    python3 tools/kb/build_states.py [FOLDER OF SHARED DATA]

Hand-made rows come from tools/kb/hand/states.tsv and state_names.tsv and win over the bulk rows. With the folder of shared data
the bulk rows are taken anew from the country-codes table (PDDL), the World Factbook (public domain) and CLDR (Unicode-3.0);
without it they are kept as they stand in the present output.
"""
import csv
import html
import json
import re
import sys
from pathlib import Path

import tables

STATE_COLUMNS = ["iso3", "iso2", "numeric", "cow_code", "cow_abbrev", "name", "official_name", "kind", "sovereign", "plover",
                 "region", "source"]
NAME_COLUMNS = ["iso3", "form", "use", "sector", "lang", "source"]
PDDL, FACTBOOK, CLDR = "datasets/country-codes", "factbook", "cldr48"

# What the country-codes table leaves blank or states in a way that reads badly.
OFFICIAL = {
    "KOS": "Republic of Kosovo", "TUR": "Republic of Türkiye", "PSE": "State of Palestine", "VAT": "Holy See", "COK": "Cook Islands",
    "NIU": "Niue", "TWN": "Republic of China (Taiwan)", "HKG": "Hong Kong Special Administrative Region of China",
    "MAC": "Macao Special Administrative Region of China", "ESH": "Sahrawi Arab Democratic Republic (claimed)",
    "ITA": "Italian Republic", "URY": "Oriental Republic of Uruguay", "CCK": "Territory of Cocos (Keeling) Islands",
    "GBR": "United Kingdom of Great Britain and Northern Ireland", "NLD": "Kingdom of the Netherlands",
}
REGION = {"ATA": "Antarctica", "TWN": "Eastern Asia", "KOS": "Southern Europe"}
# Factbook (GEC) codes where the country-codes table has a list or another territory's.
GEC = {"SRB": "ri", "PSE": "we", "ESH": "wi", "KOS": "kv", "SJM": "sv", "BES": None, "UMI": None, "ALA": None, "REU": None}
# Forms of the bulk sources that are wrong, or too ambiguous, as a name.
NOT_A_NAME = {"none", "The Dominican", "Virgin Islands", "DRC", "Congo - Kinshasa", "Congo - Brazzaville", "Congo (Republic)",
              "Congo (Brazzaville)", "Hong Kong SAR China", "Macao SAR China", "Macau SAR China", "St. Martin", "Saint Martin",
              "Cocos", "Territory of Cocos", "West Bank", "Svalbard"}


def clean(form):
    form = html.unescape(form).replace("’", "'").replace(" & ", " and ")
    form = re.split(r"[;(]|\bprior to\b", form)[0].strip()
    return re.sub(r"^the (?=[A-Z])", "", form).rstrip(" *").strip()


def factbook_names(government, gec):
    fields = government.get(gec, {}).get("Government", {}).get("Country name", {})
    for key in ("conventional long form", "conventional short form"):
        form = clean(fields.get(key, {}).get("text", ""))
        if form and form not in NOT_A_NAME:
            yield form


def bulk(shared, states):
    countries = Path(shared) / "facts" / "countries"
    codes = {}
    with open(countries / "datasets_country-codes.csv", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            codes[row["ISO3166-1-Alpha-3"]] = row
    government = json.loads((Path(shared) / "facts/factbook/government_2026-05-17.json").read_text(encoding="utf-8"))
    cldr = {}
    for lang in ("en", "ko", "ja", "zh", "zh-Hant"):
        names = json.loads((countries / f"cldr48_territories_{lang}.json").read_text(encoding="utf-8"))
        cldr[lang] = names["main"][lang]["localeDisplayNames"]["territories"]

    facts, names = {}, []
    for state in states:
        iso3 = state["iso3"]
        code = codes.get(iso3, {})
        iso2 = code.get("ISO3166-1-Alpha-2") or {"KOS": "XK"}[iso3]
        facts[iso3] = {
            "iso2": iso2,
            "numeric": (code.get("ISO3166-1-numeric") or "").zfill(3) if code else "",
            "official_name": OFFICIAL.get(iso3) or clean(code.get("UNTERM English Formal", "")) or state["name"],
            "region": REGION.get(iso3) or code.get("Sub-region Name") or code.get("Region Name") or "Antarctica",
        }
        names.append((iso3, facts[iso3]["official_name"].removesuffix(" (claimed)").split(" (")[0], "en", PDDL))
        gec = GEC[iso3] if iso3 in GEC else code.get("FIPS", "").lower()
        names += [(iso3, form, "en", FACTBOOK) for form in factbook_names(government, gec)]
        for lang, territories in cldr.items():
            for key, form in territories.items():
                if key == iso2 or key.startswith(iso2 + "-alt"):
                    names.append((iso3, cldr_form(form, lang), lang, CLDR))
    rows = [dict(iso3=i, form=f, use="name", sector="GOV", lang=g, source=s) for i, f, g, s in names if f not in NOT_A_NAME]
    return facts, rows


def cldr_form(form, lang):
    if lang.startswith("zh"):
        return form
    if lang == "en":
        return form.replace("’", "'").replace(" & ", " and ").replace(" (Burma)", "").replace(" (Islas Malvinas)", "")
    return re.sub(r"\s*\(.*\)$", "", form)


def main():
    states = tables.read(tables.HAND / "states.tsv")
    out_states, out_names = tables.DATA / "kb/states.tsv", tables.DATA / "kb/state_names.tsv"
    if len(sys.argv) > 1:
        facts, names = bulk(sys.argv[1], states)
    else:
        facts, names = {row["iso3"]: row for row in tables.read(out_states)}, tables.bulk_rows(out_names)

    rows = []
    for state in states:
        iso3 = state["iso3"]
        plover = state["plover"] or state["sovereign"] or iso3
        rows.append(dict(state, **{k: facts[iso3][k] for k in ("iso2", "numeric", "official_name", "region")}, plover=plover,
                         source=f"own; {PDDL}"))
    tables.write(out_states, STATE_COLUMNS, rows)

    hand = [dict(iso3=s["iso3"], form=s["name"], use="name", sector="GOV", lang="en", source="own") for s in states]
    for column, use, sector in (("adjectives", "adjective", ""), ("people", "people", ""), ("capitals", "capital", "GOV")):
        hand += [dict(iso3=s["iso3"], form=form, use=use, sector=sector, lang="en", source="own")
                 for s in states for form in s[column].split("|") if form]
    hand += tables.read(tables.HAND / "state_names.tsv")
    kept = {}
    for row in hand + names:
        kept.setdefault((row["iso3"], row["form"], row["use"], row["lang"]), row)
    # A traditional Chinese name that equals the simplified one says nothing new.
    rows = [r for (i, f, u, g), r in kept.items() if not (g == "zh-Hant" and (i, f, u, "zh") in kept)]
    tables.write(out_names, NAME_COLUMNS, rows)
    print(f"{len(states)} states, {len(rows)} names")


if __name__ == "__main__":
    main()
