"""Takes the provinces of states from CLDR into hand/subdivisions.tsv, which build_places.py reads.

    python3 tools/kb/build_subdivisions.py EN.JSON PERSONS.TSV WORDS

EN.JSON is subdivisions/en/en.json of the package cldr-subdivisions-full (Unicode-3.0). Left out is what would be taken for something
else: names that two states share, names of states, points of the compass, saints, names that are also words of persons.tsv (a person's
name), and words of the file WORDS (one a line: everyday words in lower case; the present table was made with those that stand so three
times or more in a few thousand documents).
"""
import collections
import json
import re
import sys
import unicodedata
from pathlib import Path

import tables

KIND = re.compile(r" (County|Province|District|Division|Region|Oblast|Governorate|Department|Prefecture|Municipality|City|Island|Islands|AR)$")
COMPASS = re.compile(
    r"\b(Central|North|South|East|West|Northern|Southern|Eastern|Western|Upper|Lower|Inner|Outer|Capital|Rural|Urban|Saint|St\.?|Santa|San|Federal|"
    r"Norte|Sul|Nord|Sud|Est|Ouest|Centre|New|Lake|Port|Point|Bay|Town|Old|Great|City|Plateau|Plateaux|Lacs?|Savanes|Maritime|Littoral|Mountain)\b"
)

# States whose entries are communes and parishes that nobody outside names.
SMALL = set("SVN LVA MKD EST ISL MLT LIE SMR NRU PLW SYC AND LUX MNE MDA KIR TUV MHL MCO LTU BMU CYM VUT TTO MUS WSM WLF ASM GBR IRL".split())
# Names of persons, everyday words, and adjectives.
DROP = set(
    "Angus Antique Arcadia Ariana Alba Abra Ards Aurora Babek Babylon Balkan Barda Bedford Berat Bolu Bong Canary Cayo Chechen Chuvash Buryat Udmurt "
    "Nenets Cher Colonia Como Crooked Drama Embu Enna Fars Fria Gard Gasa Gers Ghat Granma Guarda Gulf Hidalgo Imperia Insular Ionian Isabela Jarvis Jewish "
    "Jura Kara Karas Karenga Kole Kosi Laborie Landes Lara Latina Leste Lira Litoral Lodi Lola Marche Marj Marl Mascara Maule Mila Mono Moyo Orne Ordu "
    "Pando Pella Pest Pita Prato Rhode Ruse Safi Saladin Salto Serres Seti Sila Sinop Sool Tarn Tartar Tasman Tata Thaa Tokat Trang Tubas Valle Vienne "
    "Volta Yoro Yuma Zala Ziro Bulgan Caldas Cartago Cavan Florina Marne Nippes Parma Quezon Quirino Rizal Rivera Sucre Sangha Sakha Setif Wasit Georgia "
    "Victoria Florida Bolívar Córdoba Granada Mérida Trujillo Magdalena Amazonas Atlántico Independencia Libertador Concepción Ascension Nova".split()
)


def plain(name):
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def main():
    source, persons, words = (Path(p) for p in sys.argv[1:4])
    names = json.loads(source.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    iso3 = {row["iso2"].lower(): row["iso3"] for row in tables.read(tables.DATA / "kb/states.tsv")}
    taken = {plain(row["form"]) for row in tables.read(tables.DATA / "kb/state_names.tsv")}
    everyday = set(words.read_text(encoding="utf-8").split())
    for row in tables.read(persons):
        everyday.update(plain(word) for cell in (row["name"], row["family"], row["aliases"]) for word in re.split(r"[ |-]", cell))
    found = collections.defaultdict(set)
    for key, name in names.items():
        name = KIND.sub("", name.replace("’", "'").replace("ʻ", "'"))
        if key[:2] in iso3 and iso3[key[:2]] not in SMALL:
            found[plain(name)].add((name, iso3[key[:2]]))
    rows = []
    for key, some in found.items():
        name, state = min(some)
        odd = any(c in "²³¹" for c in name) or not re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[' .\-–])+", name) or len(key) < 4 or "/" in name or name in DROP
        if len({s for _, s in some}) > 1 or odd or key in taken or COMPASS.search(name) or key in everyday:
            continue
        rows.append(dict(form=name, iso3=state, kind="region", admin="", note="", source="cldr48"))
    tables.write(Path(__file__).parent / "hand/subdivisions.tsv", ["form", "iso3", "kind", "admin", "note", "source"], rows)


if __name__ == "__main__":
    main()
