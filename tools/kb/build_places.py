"""Builds kb/places.tsv.

    python3 tools/kb/build_places.py [FOLDER OF SHARED DATA]

Hand-made rows come from tools/kb/hand/places.tsv, capitals from tools/kb/hand/states.tsv; both win over the provinces of
tools/kb/hand/subdivisions.tsv (CLDR, made by build_subdivisions.py) and the bulk rows. With the
folder of shared data the bulk rows are taken anew from the travels of US presidents and secretaries of state (HistoryAtState,
public domain); without it they are kept as they stand in the present output.
"""
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import tables

COLUMNS = ["form", "iso3", "kind", "admin", "note", "source"]
SOURCE = "HistoryAtState/travels"

# Country ids of the travels that are not a slug of a name in state_names.tsv. Empty: the state is gone and its places have
# several successors, or the id is no country.
COUNTRY = {
    "korea-south": "KOR", "korea-north": "PRK", "burma": "MMR", "congo-kinshasa": "COD", "congo-democratic-republic": "COD",
    "bosnia-herzegovina": "BIH", "cote-divoire": "CIV", "palestinian-authority": "PSE", "west-bank": "PSE", "turkiye": "TUR",
    "german-democratic-republic": "DEU", "cape-verde": "CPV", "czechoslovakia": "", "yugoslavia": "", "netherlands-antilles": "",
    "antarctica": "ATA", "russia": "RUS", "macedonia": "MKD", "congo": "",
}
# Forms that are no place name, are a state's name, belong to another state than the one visited, are too old a spelling to be
# met, or are too common a word or name.
DROP = set("""
D.F.|Mexico|Liberia|Trinidad|Jamaica|The Bahamas|West Indies|St. Lucia|Antigua|Victoria|Salisbury|Cambridge|Plymouth|Hull|Newport|
Newtown|Halle|Tuluche|Sal|Hel.|Jurata Hel.|Murray Town|High Rock|Crown Point|St. Martin Island|Kingston|Kingstown|Granada|
Hangchow|Soochow|Guelin|Kishenev|Tblisi|Alma Ata|Djakarta|Porto Cabello|Vina de Lar|Kiev|Minsk|Yalta|Simferopol|Oreanda|Gagra|
Ashkhabad|Krun|Prevrsac|Tien Chau|Heiligen-damm|St. Mere- Eglise|St. Maartin|Potosi|Santa Cruz|San Cristobal|La Libertad|
Hong Kong|Great Bitter Lake|Demilitarized Zone|Dead Sea|Suez Canal|South Pole|Panmunjon|Irbil|Bathurst|Aruba|Bermuda|Curacao|
Guadeloupe|Martinique|Malta|Singapore|Luxembourg|St. Croix|St. Thomas|Christianstadt|Frederikstadt|Svalbard|Gaza|Balboa|Para|
Los Banos|Limon|Colon|Merida|Cambridge|Natal|Normandy|Sussex|Cornwall|Charlevoix|Labrador|Newfoundland|Quebec|Bali|Hainan|Crete|
Corregidor|Bahia|Pernambuco|Rangoon|Nur-Sultan|Queenstown|Georgetown|Shuneh|Erez|Zagorsk|Chelyabinsk-70|Malines|Louvain|Guantanamo|
Chequers|Camp Bonifas|Boa Vista|Newcastle|Blackburn|Nauheim|El Porvenir|Carlisle|Coventry|Brioni|Kasame|Baihos|Hodinin|Karmeil|
Lota|Chaumont|Munster|Wexford|Victoria Falls|Waddington|Al-Assad Air Force Base|Qasim|Hafr al-Batin|Radonezsh|Uzumlu|
Luleå|Cukurca|Goteborg|Lubeck|Grafenwohr|Bodo|Fuerth|Chapultepec|Dundalk|
Cristobal|Halton|Argentia|Bay of Islands|Bonne Bay|Port Antonio|Igaliku|Rayak|Santos|Birch Grove|Windsor Castle|Corinto|Nervi
""".replace("\n", "").split("|"))
BASE = re.compile(r"Air (Force )?Base|Field$|^Camp |Military City|Air Station")
VENUE = re.compile(r"Castle|Beach|^Schloss")


def slug(form):
    plain = unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


def bulk(shared, countries):
    found = {}
    for path in sorted((Path(shared) / "facts/events_us").glob("*-travels/*.xml")):
        for trip in ElementTree.parse(path).getroot().iter("trip"):
            country, locale = trip.find("country"), trip.find("locale")
            if country is None or locale is None or not locale.text:
                continue
            key = country.get("id")
            iso3 = COUNTRY[key] if key in COUNTRY else countries.get(key)
            if iso3 is None:
                raise ValueError(f"{path.name}: no code for the country {key!r}")
            if not iso3:
                continue
            for piece in re.split(r",\s*|;\s*|\s+and\s+", " ".join(locale.text.split())):
                match = re.match(r"^(.*?)\s*(?:\((.*)\))?$", piece.strip())
                form, admin = match[1].replace("’", "'").replace("ʻ", "'"), match[2] or ""
                if not form or form in DROP or slug(form) in countries:
                    continue
                # A place named with another country in brackets lies there, not in the country of the trip.
                if slug(admin) in countries or admin in ("The Gambia", "The Bahamas", "Trinidad", "Antilles", "Virgin Islands"):
                    continue
                kind = "base" if BASE.search(form) else "venue" if VENUE.search(form) else "city"
                found.setdefault((form, iso3), (kind, admin.removeprefix("The ")))
    return [dict(form=f, iso3=i, kind=k, admin=a, note="", source=SOURCE) for (f, i), (k, a) in found.items()]


def main():
    out = tables.DATA / "kb/places.tsv"
    states = tables.read(tables.HAND / "states.tsv")
    rows = tables.read(tables.HAND / "places.tsv")
    known = {row["form"] for row in rows}
    for state in states:
        for form in state["capitals"].split("|"):
            if form and form not in known:
                rows.append(dict(form=form, iso3=state["iso3"], kind="city", admin="", note="capital or seat of government", source="own"))
                known.add(form)
    for row in tables.read(tables.HAND / "subdivisions.tsv"):
        if row["form"] not in known:
            rows.append(row)
            known.add(row["form"])
    if len(sys.argv) > 1:
        names = tables.read(tables.DATA / "kb/state_names.tsv")
        countries = {slug(r["form"]): r["iso3"] for r in names if r["use"] == "name" and r["lang"] == "en"}
        more = bulk(sys.argv[1], countries)
    else:
        more = tables.bulk_rows(out)
    rows += [row for row in more if row["form"] not in known]
    tables.write(out, COLUMNS, rows)
    print(f"{len(rows)} places")


if __name__ == "__main__":
    main()
