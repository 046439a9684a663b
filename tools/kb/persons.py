#!/usr/bin/env python3
"""Dated facts of Demarche: persons, posts, tenures, coverage.

    python3 tools/kb/persons.py SHARED_DATA OUT_DIR [--report DIR]
    python3 tools/kb/persons.py --hand OUT_DIR

SHARED_DATA is the folder with facts/ in it, OUT_DIR holds the hand-made files (persons_hand.tsv, posts_hand.tsv,
tenures_hand.tsv, coverage_hand.tsv), which are read and never written, and receives persons.tsv, posts.tsv, tenures.tsv and
coverage.tsv, into which the hand-made rows are merged. With --hand the bulk rows stay as they stand in OUT_DIR and only the
hand-made rows are put in (new ones added, changed ones replaced), for whoever has not got the shared data. Same inputs, same bytes. Python 3.11, standard library only.
How the facts are made is written in OUT_DIR/README.md.
"""
import csv
import datetime
import difflib
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections import defaultdict

FACTBOOK_END = "2026-01-21"
REIGN_END = "2021-03-01"
EPS_END = {"KOR": "2022-08-03", "JPN": "2022-07-24", "USA": "2022-08-03", "WORLD": "2022-12-31"}

# ---------------------------------------------------------------- names

TRANSLIT = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ə": "a", "Ə": "A", "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'",
    "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "ħ": "h", "Ħ": "H", "ŋ": "n", "ʿ": "'", "ʾ": "'",
})


def fold(s):
    s = s.translate(TRANSLIT)
    s = unicodedata.normalize("NFKD", s)
    return "".join(c for c in s if not unicodedata.combining(c))


def norm(s):
    return re.sub(r"[^a-z0-9 ]+", "", re.sub(r"[-/]", " ", fold(s).lower())).strip()


def slug(s):
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", re.sub(r"['.]", "", fold(s).lower()))).strip("-")


PARTICLES = {"de", "da", "do", "dos", "das", "del", "la", "las", "los", "van", "der", "den", "von", "und", "zu", "bin", "ibn",
             "bint", "al", "el", "ul", "ur", "y", "e", "and", "of", "le", "ben", "ould", "af", "di", "the", "san"}
ROMAN = re.compile(r"^[IVXL]+$")
SUFFIX = {"jr", "sr", "jr.", "sr.", "ii", "iii", "iv"}
HONOR = re.compile(
    r"^(?:(?:dr|gen|lt|maj|col|brig|adm|cmdr|capt|ret|mr|mrs|ms|prof|sir|dame|sheikh|shaikh|shaykh|hon|rev|msgr|hrh|he|"
    r"grand chief|field marshal|army gen|air chief marshal|air vice marshal|air vice-marshal|tan sri|datuk|dato|dato'|dato' sri|"
    r"dato' seri|seri|tun|general|colonel|major|captain|admiral|lieutenant|brigadier|cardinal|archbishop|lyonpo|dasho|"
    r"crown prince|prince|princess|his majesty|ustad|eng|engr|amb|pasha|hajji|alhaji|al-hajj|mullah|mawlawi|maulvi|ayatollah)"
    r"\.?\s+)+", re.I)
TRAIL_HONOR = re.compile(r"(?:,?\s+(?:Dr|Gen|Lt|Maj|Col|Brig|Adm|Fd|Mar|Ret|Mrs|Mr|Ms|Field Marshal|General|Army|Corps)\.?)+$")
HISPANIC = {"ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "SLV", "GTM", "HND", "MEX", "NIC", "PAN", "PRY", "PER",
            "ESP", "URY", "VEN", "GNQ", "PRI"}
UPPER_PARTICLE = {"BEL", "USA", "CAN", "PHL", "ZAF", "AUT", "AUS"}


def fix_caps(tok, first, iso):
    """BIDEN -> Biden, O'NEILL -> O'Neill, al-SISI -> al-Sisi, DE -> de (inside a surname)."""
    if ROMAN.match(tok):
        return tok
    if iso not in ("KHM",) and tok.lower() in PARTICLES and (not first or tok.lower() in {"dos", "da", "do", "das", "de", "del", "al", "el", "bin"}
                                     and iso not in UPPER_PARTICLE):
        return tok.lower()

    def part(p):
        if not p:
            return p
        if p.lower() in ("al", "el") and p.isupper():
            return p.lower()
        if not p.isupper():
            return p
        if p.startswith("MC") and len(p) > 3:
            return "Mc" + p[2] + p[3:].lower()
        return p[0] + p[1:].lower()
    out = "-".join(part(p) for p in tok.split("-"))
    m = re.match(r"^(O|D|M|N|K|L)(['’])([a-zA-ZÀ-ÿ])(.*)$", out)
    if m:
        out = m[1] + m[2] + m[3].upper() + m[4].lower()
    return out


def is_caps(tok):
    t = tok.strip(".,\"'()")
    if "-" in t and any(len(x) >= 4 and x.isalpha() and x.isupper() for x in t.split("-")):
        return True                               # SASSOU-Nguesso
    core = re.sub(r"^(?:[Aa]l|[Ee]l|as|ad|an|ar|at|az|ash|d|l)[-'’]\s?", "", t)
    core = core.replace("Mc", "MC").replace("Mac", "MAC") if re.match(r"^(Mc|Mac)[A-Z]{2,}$", core) else core
    core = re.sub(r"[-'’ʻ.]", "", core)
    return len(core) >= 2 and core.isupper() and core.isalpha()


def clean(raw):
    raw = re.sub(r"\s+", " ", raw.replace("\u00a0", " ").replace(" ", " ")).strip(" ,.;:-")
    raw = raw.replace("“", '"').replace("”", '"')
    raw = re.sub(r"\s*\([^)]*$|^/(?:Minister of \w+(?: and \w+)? )?|^(?:Co-Vice|First Vice|Vice) President(?: of the Council of Ministers)? ", "", raw)
    return raw


class Form:
    """One written form of a name, taken apart."""
    __slots__ = ("name", "fam", "nick", "given", "toks", "gender")

    def __init__(self, raw, iso, caps=True):
        raw = clean(raw)
        self.gender = ""
        m = re.match(r"^(?:Ms|Mrs|Dame|Queen|Princess)\b", raw)
        if m:
            self.gender = "f"
        if re.match(r"^(?:Mr|Sir|King|Prince|Sultan|Emperor|Amir)\b", raw):
            self.gender = "m"
        for _ in range(3):
            raw = HONOR.sub("", raw)
            raw = TRAIL_HONOR.sub("", raw).strip(" ,.;")
        self.nick = ""
        m = re.search(r'\s"([^"]+)"', raw)
        if m:
            self.nick = m[1].title() if m[1].isupper() else m[1]
            raw = clean(raw.replace(m[0], ""))
        raw = raw.replace("aka ", "")
        toks = [t for t in raw.replace(",", " ").split() if t]
        if not caps:                               # other people's capitals say nothing of the family name
            toks = [fix_caps(t, True, iso) if is_caps(t) and not ROMAN.match(t) and len(toks) > 1 and len(t) > 1 and not re.match(r"^[A-Z]{2}$", t)
                    else t for t in toks]
            if len(toks) > 1 and re.match(r"^[A-Z]{2}$", toks[0]) and not any(len(t) == 2 for t in toks[1:]):
                toks[0] = toks[0].title()
        out, fam, seen = [], [], False
        has_caps = caps and any(is_caps(t) for t in toks)
        for i, t in enumerate(toks):
            if has_caps and is_caps(t) and not (ROMAN.match(t) and i > 0):
                f = fix_caps(t, not fam, iso)
                out.append(f)
                if fam and fam[-1][0] != i - 1 and fam[-1][1].lower() not in PARTICLES:
                    continue                      # a second, separate group in capitals
                fam.append((i, f))
            else:
                if has_caps and ROMAN.match(t) and fam:
                    out.append(t)
                    continue
                out.append(t)
        # a particle written small directly before the capitals belongs to the family ("von der LEYEN")
        if fam:
            i = fam[0][0]
            pre = []
            while i > 0 and toks[i - 1].lower() in {"von", "van", "der", "de", "dos", "da", "la", "del", "den", "ould", "bin"} \
                    and toks[i - 1].islower():
                i -= 1
                pre.insert(0, (i, toks[i]))
            fam = pre + fam
        self.name = " ".join(out)
        self.fam = " ".join(f for _, f in fam)
        first = fam[0][0] if fam else len(out)
        self.given = [t for t in out[:first] if t.lower().strip(".") not in SUFFIX]
        if fam and first == 0:
            self.given = [t for t in out[len(fam):] if t.lower().strip(".") not in SUFFIX]
        self.toks = [t for t in norm(self.name).split() if (t not in PARTICLES or iso in STRICT) and t not in SUFFIX]

    def __repr__(self):
        return f"<{self.name}|{self.fam}>"


VOWELS = re.compile(r"[aeiouywh']")


def skel(t):
    t = norm(t).replace(" ", "")
    for a, b in (("ph", "f"), ("kh", "h"), ("gh", "g"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("dj", "j"), ("dzh", "j"),
                 ("zh", "j"), ("q", "k"), ("ck", "k"), ("x", "ks"), ("z", "s"), ("c", "k"), ("tch", "s"), ("v", "w")):
        t = t.replace(a, b)
    t = re.sub(r"(.)\1+", r"\1", t)
    return t[:1] + VOWELS.sub("", t[1:])


def tok_like(a, b, initials=False):
    """Are two name tokens spellings of one? An initial stands for a given name only where asked."""
    a, b = norm(a).replace(" ", ""), norm(b).replace(" ", "")
    if not a or not b:
        return False
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return initials and a[0] == b[0]
    sa, sb = skel(a), skel(b)
    if len(sa) >= 3 and sa == sb:
        return True
    r = difflib.SequenceMatcher(None, a, b).ratio()
    return r >= (0.84 if min(len(a), len(b)) >= 5 else 0.87) or (sa == sb and r >= 0.7)


def fam_like(a, b):
    if not a or not b:
        return False
    na, nb = norm(a), norm(b)
    if na == nb:
        return True
    ta = [t for t in na.split() if t not in PARTICLES] or na.split()
    tb = [t for t in nb.split() if t not in PARTICLES] or nb.split()
    if tok_like("".join(ta), "".join(tb)):
        return True
    short, long = (ta, tb) if len(ta) <= len(tb) else (tb, ta)
    return all(any(tok_like(s, x) for x in long) for s in short) and len("".join(short)) >= 3


# States in whose names one syllable tells two persons apart: no guessing there
STRICT = {"KOR", "PRK", "CHN", "TWN", "VNM", "KHM", "LAO", "MMR", "JPN"}


def hangul_key(name):
    """Romanisations of one Korean name fall together: Duck-soo, Deok-su."""
    t = norm(name).replace(" ", "")
    for a, b in (("kyoung", "kyung"), ("young", "yung"), ("yeong", "yung"), ("eo", "u"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("wh", "hw"),
                 ("ck", "k"), ("hyeon", "hyun"), ("rh", "n"), ("ae", "e"), ("ch", "j"), ("g", "k"), ("b", "p"), ("d", "t"), ("l", "r"), ("c", "k")):
        t = t.replace(a, b)
    return t


GULF = {"ARE", "KWT", "QAT", "BHR", "SAU", "OMN"}      # there the own and the father's name tell persons apart, not the house's


def gulf_toks(name):
    n = norm(name)
    n = re.sub(r"\babd(?:\s?[aeu]l|\s?[aeu]r)?\s?(?=[a-z])", "abdul", n)
    return [t for t in n.split() if t not in PARTICLES and t not in ("sheikh", "prince", "king", "abdul")]


def same_name(a, b, iso=""):
    """Two forms (with or without a marked family name), same state: one person?"""
    if not a.toks or not b.toks:
        return False
    if sorted(a.toks) == sorted(b.toks):
        return True
    if iso in GULF:
        x, y = gulf_toks(a.name), gulf_toks(b.name)
        return len(x) >= 2 and len(y) >= 2 and tok_like(x[0], y[0]) and tok_like(x[1], y[1])
    if iso in STRICT:
        if sorted("".join(a.toks)) == sorted("".join(b.toks)) and norm(a.name).replace(" ", "") == norm(b.name).replace(" ", ""):
            return True
        return iso in ("KOR", "PRK") and hangul_key(a.name) == hangul_key(b.name)
    ra = [t for t in a.name.split() if ROMAN.match(t)]
    rb = [t for t in b.name.split() if ROMAN.match(t)]
    if ra != rb and (ra and rb or a.fam and b.fam):
        return False
    if a.fam and b.fam:
        if not fam_like(a.fam, b.fam):
            return False
        ga = [t for t in a.given if norm(t)]
        gb = [t for t in b.given if norm(t)]
        if not ga or not gb:
            return norm(a.fam) == norm(b.fam) or not ga and not gb
        if tok_like("".join(ga), "".join(gb)):
            return True
        if tok_like(ga[0], gb[0], initials=True):
            return True
        # "Matamela Cyril" and "Cyril": a later given name alone
        return (len(ga) == 1 and any(tok_like(ga[0], x) for x in gb[1:]) or
                len(gb) == 1 and any(tok_like(gb[0], x) for x in ga[1:])) and len(norm(ga[0])) > 2 and len(norm(gb[0])) > 2
    f, o = (a, b) if a.fam else (b, a)
    if f.fam:
        ft = [t for t in norm(f.fam).split() if t not in PARTICLES] or norm(f.fam).split()
        if not all(any(tok_like(x, y) for y in o.toks) for x in ft):
            return False
        g = [t for t in f.given if norm(t)]
        rest = [y for y in o.toks if not any(tok_like(x, y) for x in ft)]
        if not rest:
            return not g or len(o.toks) > 1
        if not g:
            return False
        return any(tok_like(x, y, initials=i == 0) for i, x in enumerate(g) for y in rest)
    sa, sb = a.toks, b.toks
    short, long = (sa, sb) if len(sa) <= len(sb) else (sb, sa)
    if len(short) < 2:
        return False
    return all(any(tok_like(x, y) for y in long) for x in short)


# ---------------------------------------------------------------- dates

MONTH = {m: i + 1 for i, m in enumerate(
    "january february march april may june july august september october november december".split())}
for _m in list(MONTH):
    MONTH[_m[:3]] = MONTH[_m]
MONTH["sept"] = 9
DATE = r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(?:([A-Z][a-z]+)\.?,?\s+)?((?:19|20)\d\d)"


def parse_date(s):
    m = re.search(r"(?:since|from)\s*(?:about|early|late|mid-?|seizing power on|his succession on|the death of [^,]* on)?\s*" + DATE, s) \
        or re.search(DATE, s)
    if not m:
        return ""
    d, mo, y = m.groups()
    if mo and mo.lower() not in MONTH:
        return y
    if d and not mo:
        return y
    if mo and d:
        try:
            return datetime.date(int(y), MONTH[mo.lower()], int(d)).isoformat()
        except ValueError:
            return f"{y}-{MONTH[mo.lower()]:02d}"
    if mo:
        return f"{y}-{MONTH[mo.lower()]:02d}"
    return y


def lo(d):
    return (d + "-01-01")[:10] if len(d) == 4 else (d + "-01")[:10] if len(d) == 7 else d


def hi(d):
    if len(d) == 4:
        return d + "-12-31"
    if len(d) == 7:
        y, m = int(d[:4]), int(d[5:7])
        n = datetime.date(y + (m == 12), m % 12 + 1, 1) - datetime.timedelta(days=1)
        return n.isoformat()
    return d


def days(a, b):
    return (datetime.date.fromisoformat(lo(b)) - datetime.date.fromisoformat(lo(a))).days


def shift(d, n):
    return (datetime.date.fromisoformat(d) + datetime.timedelta(days=n)).isoformat()


# ---------------------------------------------------------------- states

FIPS_EXTRA = {"kv": "KOS", "ri": "SRB", "cc": "CUW", "uc": "CUW", "sk": "SXM", "we": "PSE", "gz": "PSE", "nn": "SXM", "od": "SSD",
              "mj": "MNE", "tt": "TLS"}
SKIP_GEC = {"ax", "dx", "sv", "xx", "ay", "ee"}
FORMAL_EXTRA = {"TWN": "Taiwan", "KOS": "Kosovo", "PSE": "the State of Palestine", "HKG": "Hong Kong", "MAC": "Macau",
                "TUR": "the Republic of Türkiye", "NLD": "the Netherlands", "VAT": "the Holy See"}
ISO_UNGDC = {"EU": "EU", "POR": "PRT"}


def load_states(facts):
    fips, formal, short, indep = dict(), {}, {}, set()
    with open(os.path.join(facts, "countries/datasets_country-codes.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f):
            iso = r["ISO3166-1-Alpha-3"]
            for g in r["FIPS"].split(","):
                if g.strip():
                    fips[g.strip().lower()] = iso
            formal[iso] = r["UNTERM English Formal"].strip() or r["CLDR display name"].strip()
            short[iso] = r["CLDR display name"].strip()
            if r["is_independent"] == "Yes":
                indep.add(iso)
    fips.update(FIPS_EXTRA)
    formal.update(FORMAL_EXTRA)
    short.update({"KOS": "Kosovo", "TWN": "Taiwan"})
    indep |= {"KOS", "TWN", "PSE", "VAT"}
    return fips, formal, short, indep


# ---------------------------------------------------------------- the factbook

def split_semi(t):
    out, d, cur = [], 0, ""
    for ch in t:
        if ch == "(":
            d += 1
        if ch == ")":
            d = max(0, d - 1)
        if ch == ";" and d == 0:
            out.append(cur.strip())
            cur = ""
        else:
            cur += ch
    out.append(cur.strip())
    return out


QUAL = r"(?P<q>(?:acting|interim|caretaker|transitional|transition|designated)\s+)?"
TITLES = [  # (pattern, role)
    (r"President of the National Council for (?:the )?Safeguard(?:ing)? of the Homeland (?:\(CNSP\) )?", "president"),
    (r"President of the Swiss Confederation", "president"),
    (r"Head of Government(?: \((?:or Cap de Govern|Prime Minister)\))?", "prime_minister"),
    (r"(?:Overall |overall )?Taliban Leader", "supreme_leader"),
    (r"Presidential Leadership Council Chair(?:man|person)", "president"),
    (r"Crown Prince and Prime Minister", "prime_minister"),
    (r"Sovereign Council Chair(?:man)? (?:and Commander-in-Chief of the Sudanese Armed Forces )?General", "president"),
    (r"President of the (?:Council of State|Government|Territorial|Pontifical)[^A-Z]*\(?(?:of Spain )?(?:\([Pp]rime [Mm]inister-equivalent\)|or Acting Prime Minister|or Prime Minister)?", "@gov"),
    (r"Presidents? of (?:the )?Council of Ministers", "prime_minister"),
    (r"President of (?:the )?Territorial (?:Council|Assembly)|President of French Polynesia|President of the Territorial Assembly", "head_of_government"),
    (r"President of the Republic(?: of the Union of Myanmar)?|President of the Islamic Republic of Afghanistan|President of (?:the )?transitional government,?|Executive President", "president"),
    (r"Chair(?:man|person) of the Presidency", "president"),
    (r"Chair(?:man|person) of the (?:Council|Cabinet) of Ministers", "prime_minister"),
    (r"Chair(?:man|person),? (?:of the )?(?:Presidential|Presidency)(?: Leadership)? Council(?: and Prime Minister-designate)?|Chairman,? Presidential Council|Chairman,? Presidency Council", "president"),
    (r"(?:Sultan|King|Amir) and Prime(?: Minister)?", "monarch"),
    (r"Vice President and Prime Minister", "prime_minister"),
    (r"Prime Minister,? (?:and )?State Administration Council Chair(?:man)?|Prime Minister, State (?:Administration|Security and Peace) (?:Council|Commission) (?:Chair(?:man)?)?", "prime_minister"),
    (r"Prime Minister and (?:First )?Vice President", "prime_minister"),
    (r"First Deputy (?:Prime Minister|Premier|Chairman of the Cabinet of Ministers)(?:s)?|First Vice Premier", "deputy_prime_minister"),
    (r"(?:Second|Third|Fourth|Fifth) (?:Deputy|Vice) (?:Prime Minister|Premier)s?", "deputy_prime_minister"),
    (r"(?:Deputy|Vice) (?:Prime Minister|Premier|Chancellor)s?(?:/| and Ministers? (?:of|for) [^A-Z]*)?|Deputy Taoiseach|Tanaiste", "deputy_prime_minister"),
    (r"(?:First|Executive) Vice President", "vice_president"),
    (r"(?:Second|Third|Fourth) Vice President", "vice_president"),
    (r"(?:Vice|Deputy|Co-Vice) Presidents?", "vice_president"),
    (r"Taoiseach \(Prime Minister\)|Taoiseach", "prime_minister"),
    (r"Prime Minister,", "prime_minister"),
    (r"Prime Ministers?|Prime(?= [A-Z])", "prime_minister"),
    (r"Premier", "prime_minister"),
    (r"Federal Chancellor|Chancellor", "chancellor"),
    (r"Minister of State", "prime_minister"),
    (r"Chief Minister", "prime_minister"),
    (r"Chief Executive", "chief_executive"),
    (r"Secretary of State for Foreign and Political Affairs", "head_of_government"),
    (r"Supreme Leader", "supreme_leader"),
    (r"Pope", "monarch"),
    (r"co-chiefs of state Captains? Regents?|Captains? Regents?", "captain_regent"),
    (r"Co-prince", "co_prince"),
    (r"King Sultan|King|Queen|Emperor|Sultan|Amir|Emir|Grand Duke|Prince|Paramount Chief", "monarch"),
    (r"O le Ao o le Malo(?: \(Head of State\))?|Head of State|Chief of State", "president"),
    (r"(?:Acting )?Governor[- ]General(?: of (?:the )?(?:Commonwealth of )?(?:Australia|New Zealand|Canada))?", "governor_general"),
    (r"State Counsell?or", "state_counsellor"),
    (r"Presidents?", "president"),
]
TITLES = [(re.compile(r"^" + QUAL + r"(?:" + p + r")(?P<e>[- ][Ee]lect|[- ]designate)?\b[,:]?\s*", re.I), r) for p, r in TITLES]
QMAP = {"acting": "acting", "interim": "interim", "caretaker": "interim", "transitional": "interim", "transition": "interim",
        "designated": "designate"}
MONARCH_GENDER = {"queen": "f", "king": "m", "sultan": "m", "emperor": "m", "amir": "m", "emir": "m", "prince": "m", "pope": "m",
                  "grand duke": "m"}
ORDER = [("iso", ""), ("role", "")]
ROLE_FIX = {("DEU", "prime_minister"): "chancellor", ("AUT", "prime_minister"): "chancellor",
            ("HKG", "chief_executive"): "chief_executive", ("MAC", "chief_executive"): "chief_executive"}
KEEP_ALL = {"KOS", "TWN", "PSE", "HKG", "MAC", "GRL", "FRO", "PRI"}


def parse_segment(seg, iso):
    """'Prime Minister X (since D); ...' part -> [(role, quality, raw name, since, end, gender)]."""
    seg = re.sub(r"^(?:co-?chiefs? of state:?\s+)?(?:also\s+)?(?:re)?present?ated by\s+|^represented by\s+", "", seg.strip())
    seg = re.sub(r"^(?:GNU|CNSP|Notification Statement:.*?Venezuela)\s+", "", seg)
    seg = re.sub(r"^co-chiefs of state\s+", "", seg)
    seg = re.sub(r"\s+note\s*[-:–].*$", "", seg)
    seg = re.sub(r"\s*\((?:Prime Minister|President of the Executive Yuan|Vice President of the Executive Yuan|PDP-Laban|"
                 r"ret\.?|Ret\.?|acting|CNSP|vice premier|premier|FPOe|SPOe|OeVP)\)", lambda m: " (acting)" if m[0].strip() == "(acting)" else "", seg)
    seg = re.sub(r"\)\s*\)", ")", seg)
    role = q = None
    g = ""
    for p, r in TITLES:
        m = p.match(seg)
        if m:
            role = r
            q = QMAP.get((m["q"] or "").strip().lower(), "regular")
            if m["e"]:
                q = "elect" if "elect" in m["e"].lower() else "designate"
            title = m[0].strip().lower()
            if role == "monarch":
                for k, v in MONARCH_GENDER.items():
                    if k in title.split() or title.startswith(k):
                        g = v
            rest = seg[m.end():]
            break
    if role is None:
        return []
    if role == "@gov":
        role = {"ESP": "prime_minister", "CUB": "president", "NCL": "head_of_government"}.get(iso, "")
        if not role:
            return []
    if role == "monarch" and iso == "PSE":
        return []
    if role == "monarch":
        rest = re.sub(r"^of (?:[A-Z][a-z]+ ){1,3}(?=[A-Z]{3,})", "", rest)
    rest = re.sub(r"^(?:President of the Republic|Council President|Head of State|designate|elect|-elect|-designate|"
                  r"(?:and )?(?:Foreign Minister|Minister (?:of|for) (?:the )?(?:Interior|Foreign Affairs|Defense|Finance)(?: and [A-Z]\w+)?))\s+", "", rest)
    out, pending = [], []
    chunks = re.split(r"(\([^()]*(?:\([^()]*\)[^()]*)*\))", rest)
    for ch in chunks:
        if ch.startswith("("):
            inner = ch[1:-1]
            since, end = "", ""
            m = re.search(r"for the period\s+(.+?)\s*[-–]\s*(.+)$", inner)
            if m:
                since, end = parse_date(m[1]), parse_date(m[2])
                if since and end and not re.search(r"\d{4}", m[1]):
                    since = ""
            elif re.search(r"\d{4}", inner) and not re.search(r"\bborn\b", inner):
                since = parse_date(inner)
                if iso == "TUR" and role == "president":
                    mm = re.search(r"chief of state since ([^;,)]+)", inner)
                    since = parse_date(mm[1]) if mm else since
                mm = re.search(r"(?:chair(?:man|person)|president|premier|prime minister) since ([^;,)]+)", inner)
                if mm and iso in ("BIH", "CUB"):
                    since = parse_date(mm[1])
            for n in pending:
                out.append((role, q, n, since, end, g))
            if pending:
                pending = []
        else:
            part = re.sub(r"^\s*(?:serving as caretaker|to .*)$", "", ch)
            # "Jr" and titles after a comma belong to the name before
            part = re.sub(r",\s*((?:Jr|Sr|II|III)\b\.?)", r" \1", part)
            part = re.sub(r",\s*(?:(?:Dr|Gen|Lt|Maj|Col|Brig|Adm|Fd|Mar|General|Field Marshal|Army Gen|Corps Gen|Lt\. Gen|Brig\. Gen|Maj\. Gen)\.?\s*)+(?=,|$|\s*$)", "", part)
            for n in re.split(r",|\band\b|\s&\s|:", part):
                n = n.strip(" ,.-")
                n = re.sub(r"\s+(?:of Denmark|of the Netherlands|of Norway|serving as .*|became .*|was .*|is .*|has .*|who .*|as of .*|also .*|- .*|died .*|resign.*|submitted .*)$", "", n)
                n = cut_name(n)
                if named(n) and len(n) < 90 and not re.match(r"(?:UK|US|EU|NZ|CEO)\b", n):
                    pending.append(n)
    for n in pending:
        if any(is_caps(t) for t in n.split()):
            out.append((role, q, n, "", "", g))
    res = []
    for i, (ro, qq, n, since, end, gg) in enumerate(out):
        if "(acting)" in rest and ro in ("president", "prime_minister") and qq == "regular":
            qq = "acting"
        # a second title inside the list ("... , Vice President Y")
        for p, r in TITLES:
            m = p.match(n)
            if m and i > 0:
                ro = r if r != "@gov" else ro
                qq = QMAP.get((m["q"] or "").strip().lower(), "regular")
                n = n[m.end():]
                break
        if ro and n and named(n):
            res.append((ro, qq, n, since, end, gg))
    return res


SMALL = PARTICLES | {"i", "a", "ag", "na", "wa", "oghlu", "ogly", "uulu", "kyzy", "lat", "van", "abu", "um", "ibni", "haji", "abd", "san"}


OFFICE_WORDS = {"Minister", "Ministers", "of", "for", "the", "and", "Infrastructure", "Foreign", "Affairs", "Defense", "Defence", "Interior",
                "Finance", "Economy", "State", "Justice", "Energy", "Oil", "Cabinet", "Transport", "Transportation", "National", "Agriculture",
                "Education", "Health", "Trade", "Industry", "Public", "Works", "Services", "Development", "Planning", "Culture", "Economic",
                "Sheikh", "Council", "Member", "Members", "Coordinator", "Security", "Labor", "Investment", "Tourism", "Chair"}


def cut_name(n):
    """The name ends where a small word that is no part of names begins; an office before it is no part of it."""
    toks = n.split()
    while toks and toks[0] in OFFICE_WORDS:
        toks.pop(0)
    n = " ".join(toks)
    for i, t in enumerate(toks):
        if t.isalpha() and t.islower() and t not in SMALL:
            return " ".join(toks[:i])
    return n


def named(n):
    """A name has a surname in capitals or, where a text forgot that, is two to five capitalised words."""
    if any(is_caps(t) for t in n.split()):
        return True
    return bool(re.match(r"^(?:[A-Z][\w'’.-]+|[A-Z]\.)(?: (?:[A-Z][\w'’.-]+|[A-Z]\.|de|da|dos|bin|al|ould|ag)){1,5}$", n)) \
        and not re.search(r"\b(?:Minister|President|Council|National|Assembly|Court|Party|General|Republic|Commission)\b", n)


def read_factbook(facts, fips, indep):
    """-> observations dict(iso, section, order, role, quality, raw, since, end, gender, first, last)"""
    obs, unparsed, seen_heads = [], [], defaultdict(list)
    path = os.path.join(facts, "factbook/leaders_text_2014_2026.tsv")
    with open(path, encoding="utf-8") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    rows.sort(key=lambda r: (r["gec_code"], r["role"], r["first_commit_date"], r["text"]))
    votes = defaultdict(lambda: defaultdict(int))
    for r in rows:
        iso = fips.get(r["gec_code"])
        ps = parse_segment(split_semi(r["text"])[0], iso or "")
        if ps and ps[0][0] in SINGLE:
            votes[(iso, "cos" if r["role"] == "chief_of_state" else "hog")][ROLE_FIX.get((iso, ps[0][0]), ps[0][0])] += 1
    default = {k: max(sorted(v), key=lambda x: v[x]) for k, v in votes.items()}
    for r in rows:
        gec = r["gec_code"]
        if gec in SKIP_GEC:
            continue
        iso = fips.get(gec)
        if not iso or (iso not in indep and iso not in KEEP_ALL):
            continue
        sec = "cos" if r["role"] == "chief_of_state" else "hog"
        text = r["text"].replace("\u00a0", " ")
        segs = split_semi(text)
        got = False
        primary = False
        for i, seg in enumerate(segs):
            if re.match(r"^(?:note\b|\+\+|the |on |in |he |she |under |following )", seg) or not seg:
                if i == 0 and "Acting President" in seg:
                    pass
                continue
            if iso in NOT_OWN and sec == "cos" and re.match(r"(?:King|Queen|(?:Vice )?President)", seg):
                continue
            ps = parse_segment(seg, iso)
            if not ps and i == 0 and re.match(r"^[A-ZÀ-Ž][^;]{2,60}\((?:since|Acting)", seg) and (iso, sec) in default:
                ps = parse_segment(ROLE_TITLE[default[(iso, sec)]] + " " + seg, iso)
            if iso == "AND":
                ps = parse_andorra(seg) or ps
            for ro, q, n, since, end, g in ps:
                ro = ROLE_FIX.get((iso, ro), ro)
                obs.append(dict(iso=iso, sec=sec, order=i, role=ro, q=q, raw=n, since=since, end=end, g=g,
                                first=r["first_commit_date"], last=r["last_commit_date"], primary=not primary))
                got = True
            if ps and ps[0][0] not in ("vice_president", "deputy_prime_minister", "governor_general"):
                primary = True
        if not got:
            unparsed.append((iso, sec, text))
    return obs, unparsed


NOT_OWN = {"HKG", "MAC", "GRL", "FRO", "PRI"}


def parse_andorra(seg):
    m = re.search(r"Co-prince\s+(?:Emmanuel MACRON|Francois HOLLANDE)", seg)
    if m:
        return []
    return None


# ---------------------------------------------------------------- persons

class Person:
    def __init__(self, pid="", hand=None):
        self.pid = pid
        self.hand = hand                       # row of persons_hand.tsv
        self.isos = set()
        self.forms = []                        # (Form, source)
        self.gender = ""
        self.q = ""
        self.native = []
        self.sources = set()
        self.last = ""

    def add(self, form, source, iso=None, gender=""):
        if form and form.name and not any(f.name == form.name and s == source for f, s in self.forms):
            self.forms.append((form, source))
        self.sources.add(source)
        if iso:
            self.isos.add(iso)
        if gender and not self.gender:
            self.gender = gender


class Registry:
    def __init__(self):
        self.by_iso = defaultdict(list)
        self.all = []
        self.exact = defaultdict(list)         # folded full name -> hand persons

    def new(self, iso=None, pid="", hand=None):
        p = Person(pid, hand)
        self.all.append(p)
        if iso:
            self.by_iso[iso].append(p)
            p.isos.add(iso)
        return p

    def find(self, iso, form):
        """The person of that state whose name this is; the closest one if several."""
        best, score = None, 0
        n = norm(form.name)
        for p in self.by_iso[iso]:
            for f, _ in p.forms:
                if norm(f.name) == n:
                    return p
                if same_name(f, form, iso):
                    s = 1 + difflib.SequenceMatcher(None, norm(f.name), n).ratio()
                    if s > score:
                        best, score = p, s
        if best:
            return best
        if len(n.split()) >= 2:
            c = self.exact.get(n, [])
            if len(c) == 1:
                p = c[0]
                self.by_iso[iso].append(p)
                p.isos.add(iso)
                return p
            for org in ("UN", "WTO"):               # presidents of the General Assembly were ministers at home
                for p in self.by_iso.get(org, []):
                    if any(norm(f.name) == n for f, _ in p.forms):
                        self.by_iso[iso].append(p)
                        p.isos.add(iso)
                        return p
            for p in self.all:                     # hand-made persons no post ties to a state yet
                if p.hand and not p.isos and len(iso) == 3 and any(same_name(f, form, iso) and len(set(f.toks) & set(form.toks)) >= 1 for f, _ in p.forms):
                    self.by_iso[iso].append(p)
                    p.isos.add(iso)
                    return p
        return None


def read_tsv(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as f:
        rows = [ln.rstrip("\n") for ln in f if ln.strip() and not ln.startswith("#")]
    if not rows:
        return []
    head = rows[0].split("\t")
    return [dict(zip(head, (r.split("\t") + [""] * len(head))[:len(head)])) for r in rows[1:]]


COW = {2: "USA", 20: "CAN", 31: "BHS", 40: "CUB", 41: "HTI", 42: "DOM", 51: "JAM", 52: "TTO", 53: "BRB", 54: "DMA", 55: "GRD",
       56: "LCA", 57: "VCT", 58: "ATG", 60: "KNA", 70: "MEX", 80: "BLZ", 90: "GTM", 91: "HND", 92: "SLV", 93: "NIC", 94: "CRI",
       95: "PAN", 100: "COL", 101: "VEN", 110: "GUY", 115: "SUR", 130: "ECU", 135: "PER", 140: "BRA", 145: "BOL", 150: "PRY",
       155: "CHL", 160: "ARG", 165: "URY", 200: "GBR", 205: "IRL", 210: "NLD", 211: "BEL", 212: "LUX", 220: "FRA", 221: "MCO",
       223: "LIE", 225: "CHE", 230: "ESP", 232: "AND", 235: "PRT", 255: "DEU", 260: "DEU", 290: "POL", 305: "AUT", 310: "HUN",
       316: "CZE", 317: "SVK", 325: "ITA", 338: "MLT", 339: "ALB", 341: "MNE", 343: "MKD", 344: "HRV", 345: "SRB", 347: "KOS",
       349: "SVN", 350: "GRC", 352: "CYP", 355: "BGR", 359: "MDA", 360: "ROU", 365: "RUS", 366: "EST", 367: "LVA", 368: "LTU",
       369: "UKR", 370: "BLR", 371: "ARM", 372: "GEO", 373: "AZE", 375: "FIN", 380: "SWE", 385: "NOR", 390: "DNK", 395: "ISL",
       402: "CPV", 403: "STP", 404: "GNB", 411: "GNQ", 420: "GMB", 432: "MLI", 433: "SEN", 434: "BEN", 435: "MRT", 436: "NER",
       437: "CIV", 438: "GIN", 439: "BFA", 450: "LBR", 451: "SLE", 452: "GHA", 461: "TGO", 471: "CMR", 475: "NGA", 481: "GAB",
       482: "CAF", 483: "TCD", 484: "COG", 490: "COD", 500: "UGA", 501: "KEN", 510: "TZA", 516: "BDI", 517: "RWA", 520: "SOM",
       522: "DJI", 530: "ETH", 531: "ERI", 540: "AGO", 541: "MOZ", 551: "ZMB", 552: "ZWE", 553: "MWI", 560: "ZAF", 565: "NAM",
       570: "LSO", 571: "BWA", 572: "SWZ", 580: "MDG", 581: "COM", 590: "MUS", 591: "SYC", 600: "MAR", 615: "DZA", 616: "TUN",
       620: "LBY", 625: "SDN", 626: "SSD", 630: "IRN", 640: "TUR", 645: "IRQ", 651: "EGY", 652: "SYR", 660: "LBN", 663: "JOR",
       666: "ISR", 670: "SAU", 679: "YEM", 690: "KWT", 692: "BHR", 694: "QAT", 696: "ARE", 698: "OMN", 700: "AFG", 701: "TKM",
       702: "TJK", 703: "KGZ", 704: "UZB", 705: "KAZ", 710: "CHN", 712: "MNG", 731: "PRK", 732: "KOR", 740: "JPN", 750: "IND",
       760: "BTN", 770: "PAK", 771: "BGD", 775: "MMR", 780: "LKA", 781: "MDV", 790: "NPL", 800: "THA", 811: "KHM", 812: "LAO",
       816: "VNM", 820: "MYS", 830: "SGP", 835: "BRN", 840: "PHL", 850: "IDN", 860: "TLS", 900: "AUS", 910: "PNG", 920: "NZL",
       935: "VUT", 940: "SLB", 946: "KIR", 947: "TUV", 950: "FJI", 955: "TON", 970: "NRU", 983: "MHL", 986: "PLW", 987: "FSM",
       990: "WSM"}
# REIGN leaders who are not holders of a head's post in these states (party leaders, warlords, collective heads)
REIGN_SKIP = {"BIH", "SMR", "LBY", "YEM", "MMR", "VNM", "CHN", "PRK"}
SINGLE = {"president", "prime_minister", "chancellor", "monarch", "governor_general", "chief_executive", "supreme_leader",
          "head_of_government", "state_counsellor"}
HEADS = ("president", "prime_minister", "chancellor", "monarch")


def read_attested(facts):
    """UN speakers and visitors to the US: (iso, name, post role, date) — used for full names, spelling and as a check."""
    out = []
    with open(os.path.join(facts, "leaders/UNGDC_Speakers_by_session.csv"), encoding="utf-8-sig") as f:
        for r in csv.DictReader(f):
            iso = ISO_UNGDC.get(r["ISO Code"].strip(), r["ISO Code"].strip())
            role = post_role(r["Post"])
            name = clean(r["Name of Person Speaking"])
            if role and name:
                out.append((iso, name, role, r["Year"].strip() + "-09-24", "ungdc"))
    return out


def post_role(p):
    p = p.strip().lower()
    if re.match(r"^(deputy|vice)[- ]prime|^deputy head|^first deputy|^second deputy", p):
        return "deputy_prime_minister"
    if re.match(r"^(first |second |executive )?vice[- ]?president|^deputy president", p):
        return "vice_president"
    if re.match(r"^(deputy|vice|acting minister|second minister|minister of state|former|special envoy|chair of|permanent)", p):
        return ""
    if p.startswith("president of the european") or p.startswith("president of the general"):
        return ""
    if p.startswith("president of the council of ministers") or p.startswith("president of the government") \
            or p.startswith("premier") or p.startswith("taoiseach"):
        return "prime_minister"
    if p.startswith("chancellor") or p.startswith("federal chancellor"):
        return "chancellor"
    if p.startswith("prime minister") or p.startswith("rime minister"):
        return "prime_minister"
    if p.startswith("president") or p.startswith("constitutional president") or p.startswith("chairman of the presidency"):
        return "president"
    if re.match(r"^(king|queen|emir|amir|sultan|prince|emperor|grand duke|pope)\b", p):
        return "monarch"
    if re.match(r"^(crown prince)", p):
        return "crown_prince"
    if re.search(r"minister (for|of|responsible for) (foreign|external)|secretary for foreign|minister (for|of) international relations", p) \
            and not p.startswith("deputy"):
        return "foreign_minister"
    return ""


def is_fm(p):
    p = p.strip().lower()
    if re.match(r"^(deputy minister|vice[- ]minister|minister of state(?! and)|second minister|former|special|chair|permanent|acting|deputy foreign)", p):
        return False
    return bool(re.search(r"(minister|secretary) (for|of|responsible for) (the )?(foreign|external)|minister (for|of) international (relations|affairs)|"
                          r"minister for europe|secretary for relations with states|union minister of the office of the state coun", p))


def read_fm_attested(facts, reg, ts, formal):
    """Foreign ministers who spoke at the UN General Debate and whom no other source gives for that day."""
    held = defaultdict(list)
    for t in ts:
        if t.role == "foreign_minister":
            held[t.iso].append(t)
    got = defaultdict(set)
    with open(os.path.join(facts, "leaders/UNGDC_Speakers_by_session.csv"), encoding="utf-8-sig") as f:
        rows = sorted((ISO_UNGDC.get(r["ISO Code"].strip(), r["ISO Code"].strip()), r["Year"].strip(), clean(r["Name of Person Speaking"]), r["Post"])
                      for r in csv.DictReader(f) if r["Year"].strip() >= "2000")
    for iso, year, name, post in rows:
        if iso not in formal or not is_fm(post):
            continue
        form = Form(re.sub(r"^(?:H\. ?E\. |His Excellency |Her Excellency )", "", name), iso, caps=False)
        if len(form.toks) < 2:
            continue
        day = year + "-09-24"
        now = [t for t in held[iso] if lo(t.start) <= day and (not t.end or day <= hi(t.end))]
        if any(same_loose(t.person, form, iso) for t in now):
            continue
        if any("own" in t.sources for t in now):          # the hand-made list says otherwise
            continue
        p = reg.find(iso, form) or next((x for x in reg.by_iso[iso] if same_loose(x, form, iso)), None) or reg.new(iso)
        p.add(form, "ungdc", iso, "f" if re.match(r"(?:H\.E\. )?(?:Ms|Mrs)\b", name) else "m" if re.match(r"(?:H\.E\. )?Mr\b", name) else "")
        got[(iso, id(p))].add(int(year))
        got[(iso, id(p), "p")] = p
    out = []
    for k in sorted((k for k in got if len(k) == 2), key=lambda k: (k[0], min(got[k]), got[k + ("p",)].forms[0][0].name)):
        p, years = got[k + ("p",)], sorted(got[k])
        runs = []
        for y in years:
            if runs and y - runs[-1][-1] <= 2:
                runs[-1].append(y)
            else:
                runs.append([y])
        for run in runs:
            out.append(Tenure(k[0], "foreign_minister", p, str(run[0]), str(run[-1]), "regular", "unknown", {"ungdc"},
                              "in office on 24 September " + ", ".join(str(y) for y in run), str(run[0]), str(run[-1])))
    return out


def read_visits(facts, short):
    """(country name, visitor without title, role, date)"""
    names = {}
    for iso, n in short.items():
        names[norm(n)] = iso
    names.update({norm(k): v for k, v in {
        "United Kingdom": "GBR", "South Korea": "KOR", "Korea, South": "KOR", "Burma": "MMR", "Turkey": "TUR", "Cote d'Ivoire": "CIV",
        "Congo, Democratic Republic of": "COD", "Democratic Republic of the Congo": "COD", "Cabo Verde": "CPV", "Micronesia": "FSM",
        "Palestinian Authority": "PSE", "Palestine": "PSE", "Holy See": "VAT", "The Vatican": "VAT", "Czech Republic": "CZE",
        "Macedonia": "MKD", "North Macedonia": "MKD", "The Bahamas": "BHS", "Bahamas": "BHS", "Bosnia-Herzegovina": "BIH",
        "Bosnia and Herzegovina": "BIH", "Antigua and Barbuda": "ATG", "Trinidad and Tobago": "TTO", "The Gambia": "GMB",
        "Federated States of Micronesia": "FSM", "Russian Federation": "RUS", "Kyrgyz Republic": "KGZ", "Saint Lucia": "LCA",
        "People's Republic of China": "CHN", "Republic of Korea": "KOR", "Republic of the Congo": "COG", "Swaziland": "SWZ",
        "Saint Kitts and Nevis": "KNA", "Saint Vincent and the Grenadines": "VCT", "St. Vincent and the Grenadines": "VCT",
        "East Timor": "TLS", "Brunei Darussalam": "BRN", "Sao Tome and Principe": "STP", "Slovak Republic": "SVK",
        "European Union": "EU", "NATO": "NATO", "Hong Kong": "HKG"}.items()})
    out, unknown = [], set()
    d = os.path.join(facts, "events_us/visits")
    for fn in sorted(os.listdir(d)):
        if not fn.endswith(".xml"):
            continue
        for v in ET.parse(os.path.join(d, fn)).getroot().iter("visit"):
            who = clean("".join((v.find("visitor").itertext())) if v.find("visitor") is not None else "")
            frm = v.find("from")
            st = (v.findtext("start-date") or "").strip()
            if not who or frm is None or not st:
                continue
            iso = names.get(norm("".join(frm.itertext())))
            if not iso:
                unknown.add("".join(frm.itertext()).strip())
                continue
            out.append((iso, who, st))
    return out, unknown


VISIT_TITLE = [
    (r"(?:President|Federal President|Interim President|Acting President|Chairman of the Presidency)[- ]elect", ""),
    (r"(?:Former|Ex-) ?\w+( Minister)?", ""),
    (r"(?:First |Second )?Vice President|Deputy President", "vice_president"),
    (r"(?:First )?(?:Deputy|Vice) (?:Prime Minister|Premier|Chancellor)", "deputy_prime_minister"),
    (r"(?:Interim |Acting |Caretaker )?(?:Prime Minister|Premier|Taoiseach|Chairman of the Council of Ministers)(?: and \w+ Minister)?", "prime_minister"),
    (r"(?:Federal )?Chancellor", "chancellor"),
    (r"Foreign Minister|Minister of Foreign Affairs|Minister for Foreign Affairs|Foreign Secretary", "foreign_minister"),
    (r"Crown Prince(?: and Prime Minister)?", "crown_prince"),
    (r"King|Queen|Amir|Emir|Sultan|Emperor|Grand Duke|Pope", "monarch"),
    (r"(?:Interim |Acting |Transitional )?President(?: of the (?:Republic|Swiss Confederation))?", "president"),
]
VISIT_TITLE = [(re.compile(r"^(?:His |Her )?(?:" + p + r")\s+"), r) for p, r in VISIT_TITLE]


def visit_parse(who):
    who = re.sub(r"\s+", " ", who)
    for p, r in VISIT_TITLE:
        m = p.match(who)
        if m:
            name = re.sub(r",.*$| and (?:Queen|Mrs|Crown|Prince|President|First).*$|\[.*", "", who[m.end():]).strip()
            return r, name
    return "", who


# ---------------------------------------------------------------- posts

ROLE_TITLE = {
    "president": "President", "prime_minister": "Prime Minister", "chancellor": "Chancellor", "monarch": "King",
    "governor_general": "Governor-General", "vice_president": "Vice President", "deputy_prime_minister": "Deputy Prime Minister",
    "chief_executive": "Chief Executive", "supreme_leader": "Supreme Leader", "head_of_government": "Head of Government",
    "captain_regent": "Captain Regent", "state_counsellor": "State Counsellor", "crown_prince": "Crown Prince",
    "foreign_minister": "Minister of Foreign Affairs",
    "defence_minister": "Minister of Defence", "finance_minister": "Minister of Finance", "trade_minister": "Minister of Trade",
    "interior_minister": "Minister of the Interior", "unification_minister": "Minister of Unification",
    "national_security_advisor": "National Security Advisor", "chief_cabinet_secretary": "Chief Cabinet Secretary",
}
ROLE_SPOKEN = {
    "president": "President", "prime_minister": "Prime Minister|Premier|PM", "chancellor": "Chancellor|Federal Chancellor",
    "monarch": "King|Queen|monarch", "governor_general": "Governor-General|Governor General", "vice_president": "Vice President|Vice-President",
    "deputy_prime_minister": "Deputy Prime Minister|Vice Premier|deputy premier", "chief_executive": "Chief Executive",
    "supreme_leader": "Supreme Leader", "head_of_government": "Head of Government|Premier|Prime Minister",
    "captain_regent": "Captain Regent", "state_counsellor": "State Counsellor", "crown_prince": "Crown Prince",
    "foreign_minister": "Foreign Minister|Minister of Foreign Affairs|Minister for Foreign Affairs|Minister for External Affairs|top diplomat",
    "defence_minister": "Defence Minister|Defense Minister|Minister of Defence|Minister of Defense|Minister of National Defense|defence chief|defense chief",
    "finance_minister": "Finance Minister|Minister of Finance", "trade_minister": "Trade Minister|Minister of Trade",
    "interior_minister": "Interior Minister|Minister of the Interior",
    "unification_minister": "Unification Minister|Minister of Unification",
    "national_security_advisor": "National Security Advisor|National Security Adviser|NSA",
    "chief_cabinet_secretary": "Chief Cabinet Secretary",
}
SECTOR = {"foreign_minister": "foreign", "defence_minister": "defence", "finance_minister": "finance", "trade_minister": "trade",
          "interior_minister": "interior", "unification_minister": "unification", "national_security_advisor": "security",
          "igo_head": "organisation"}
MONARCH_TITLE = {"BHR": "King", "BRN": "Sultan", "KWT": "Amir", "QAT": "Amir", "OMN": "Sultan", "LUX": "Grand Duke", "MCO": "Prince",
                 "LIE": "Prince", "VAT": "Pope", "JPN": "Emperor", "MYS": "King (Yang di-Pertuan Agong)", "DNK": "King", "GBR": "King",
                 "SAU": "King"}
PM_TITLE = {"IRL": "Taoiseach", "CHN": "Premier", "TWN": "Premier", "BIH": "Chairman of the Council of Ministers", "MCO": "Minister of State",
            "ESP": "President of the Government", "ITA": "President of the Council of Ministers", "TGO": "President of the Council of Ministers",
            "PER": "President of the Council of Ministers", "RUS": "Chairman of the Government", "PRK": "Premier", "CUB": "Prime Minister",
            "POL": "President of the Council of Ministers"}
MONARCH_SPOKEN = {"KWT": "Amir|Emir", "QAT": "Amir|Emir", "OMN": "Sultan", "BRN": "Sultan", "LUX": "Grand Duke", "MCO": "Prince",
                  "LIE": "Prince", "VAT": "Pope|Pontiff|Holy Father", "JPN": "Emperor", "MYS": "King|Agong"}
PRES_TITLE = {"CHE": "President of the Swiss Confederation", "BIH": "Chairman of the Presidency", "WSM": "O le Ao o le Malo (Head of State)",
              "YEM": "Chairman of the Presidential Leadership Council", "LBY": "Chairman of the Presidential Council"}


def post_id(iso, role):
    return "JPN.emperor" if (iso, role) == ("JPN", "monarch") else f"{iso}.{role}"


def post_title(iso, role, formal):
    of = formal.get(iso, iso)
    if role == "monarch":
        t = MONARCH_TITLE.get(iso, "King")
        if iso in ("VAT", "JPN"):
            return t if iso == "VAT" else "Emperor of Japan"
    elif role == "prime_minister":
        t = PM_TITLE.get(iso, "Prime Minister")
    elif role == "president" and iso in PRES_TITLE:
        return PRES_TITLE[iso] if iso == "CHE" else PRES_TITLE[iso] + " of " + of
    else:
        t = ROLE_TITLE.get(role) or role.replace("_", " ").title()
    return f"{t} of {of}"


# ---------------------------------------------------------------- tenures

class Tenure:
    __slots__ = ("iso", "role", "post", "person", "start", "end", "q", "basis", "sources", "note", "first", "last", "hand", "order", "cap")

    def __init__(self, iso, role, person, start, end="", q="regular", basis="", sources=(), note="", first="", last="", post="", hand=False):
        self.iso, self.role, self.person, self.start, self.end = iso, role, person, start, end
        self.q, self.basis, self.sources, self.note = q, basis, set(sources), note
        self.first, self.last, self.hand, self.cap = first, last, hand, ""
        self.post = post or post_id(iso, role)

    def key(self):
        return (self.post, lo(self.start) if self.start else "", self.q != "regular", self.person.pid, self.end)


# Slips and doubles of the factbook's since-dates: (iso, role, family folded) -> right start ("" drops the sighting)
START_FIX = {
}
# The texts name them otherwise than as holders
DROP_OBS = {
    ("COD", "prime_minister", "anatole collinet makosso"),     # the neighbour's prime minister
    ("SVN", "prime_minister", "natasa pirc musar"),            # the president
    ("LBY", "president", "speaker of the house of representatives aqilah salah issa"),
    ("THA", "monarch", "privy council president prem tinsulanonda"),
    ("NLD", "prime_minister", "hugo de jonge"), ("NLD", "prime_minister", "carola schouten"),
    ("NLD", "prime_minister", "karin kajsa ollongren"), ("NLD", "prime_minister", "kajsa ollongren"),        # deputies of a list without a title
}
DROP_PERSON = {("BDI", "president", "ndirakobuca"), ("PRK", "prime_minister", "kim jong un")}


def factbook_spells(obs, reg, report):
    """Observations -> tenures (ends still open)."""
    per = defaultdict(list)
    for o in sorted(obs, key=lambda o: (o["iso"], o["first"], o["last"], o["sec"], o["order"], o["raw"], o["since"])):
        f = Form(o["raw"], o["iso"])
        if not f.name:
            continue
        f.gender = f.gender or o["g"]
        p = None
        # one start, one post: one person, however the name is spelled
        if o["since"] and len(o["since"]) == 10:
            for other in per[(o["iso"], o["role"], "@" + o["since"])]:
                of = other["form"]
                if o["role"] in ("vice_president", "deputy_prime_minister"):
                    if norm(of.fam) == norm(f.fam) and o["iso"] not in GULF | STRICT:
                        p = other["p"]
                        break
                    continue
                if fam_like(of.fam, f.fam) or difflib.SequenceMatcher(None, norm(of.name), norm(f.name)).ratio() >= 0.62 \
                        or (set(of.toks) & set(f.toks) and o["role"] not in ("vice_president", "deputy_prime_minister")):
                    p = other["p"]
                    break
        p = p or reg.find(o["iso"], f)
        if p is None and len(f.toks) == 1 and o["role"] != "monarch":
            c = [x for x in reg.by_iso[o["iso"]] if any(norm(g.fam) == norm(f.name) for g, _ in x.forms)]
            if not c:
                report.setdefault("bare", []).append((o["iso"], o["role"], o["raw"], o["since"]))
                continue
            p = c[-1]
        if p is None:
            p = reg.new(o["iso"])
        if len(f.toks) > 1 or o["role"] == "monarch":
            p.add(f, "factbook", o["iso"], f.gender)
        p.last = max(p.last, o["last"])
        rec = dict(o, p=p, form=f)
        per[(o["iso"], o["role"])].append(rec)
        if o["since"]:
            per[(o["iso"], o["role"], "@" + o["since"])].append(rec)
    out = []
    for key in sorted(k for k in per if len(k) == 2):
        iso, role = key
        groups = defaultdict(list)
        for r in per[key]:
            groups[(id(r["p"]), r["q"])].append(r)
        recs = per[key]
        for gk in sorted(groups, key=lambda k: (groups[k][0]["first"], groups[k][0]["raw"], k[1])):
            rs = groups[gk]
            p, q = rs[0]["p"], rs[0]["q"]
            dated = [r for r in rs if r["since"]]
            if not dated:
                if q in ("elect", "designate") or role in ("vice_president", "deputy_prime_minister"):
                    continue
                first, last = min(r["first"] for r in rs), max(r["last"] for r in rs)
                if any(r["p"] is p and r["since"] for r in recs):
                    continue
                out.append(Tenure(iso, role, p, first[:7], "", q, "", {"factbook"}, "start not stated; first listed then", first, last))
                continue
            dated.sort(key=lambda r: (lo(r["since"]), r["first"]))
            runs = []
            others = [r for r in recs if r["p"] is not p and r["q"] not in ("elect", "designate") and r["since"]]
            for r in dated:
                if runs:
                    prev = runs[-1][-1]["since"]
                    seen = max(x["last"] for x in runs[-1])
                    between = role in SINGLE and any(lo(prev) < lo(x["since"]) < lo(r["since"])
                                                     and (x["q"] == "regular" or seen <= shift(lo(x["since"]), 31)) for x in others)
                    if r["since"] == prev or not between:
                        runs[-1].append(r)
                        continue
                runs.append([r])
            for run in runs:
                sinces = sorted({r["since"] for r in run}, key=lo)
                start = sinces[0]
                note = ""
                ends = sorted({r["end"] for r in run if r["end"]})
                if len(sinces) > 1:
                    span = days(sinces[0], sinces[-1])
                    if span <= 62:
                        best = max(run, key=lambda r: (len(r["since"]), r["last"]))
                        start = best["since"]
                    if len(start) < 10:
                        for s in sinces:
                            if len(s) == 10 and lo(start) <= s <= hi(start):
                                start = s
                    report.setdefault("many_since", []).append((iso, role, q, p.forms[0][0].name, " ".join(sinces), start))
                    note = "also dated " + ", ".join(s for s in sinces if s != start)
                t = Tenure(iso, role, p, start, "", q, "", {"factbook"}, note, min(r["first"] for r in run), max(r["last"] for r in run))
                if ends and len(ends) == 1 and len(sinces) == 1:
                    t.end, t.basis = ends[0], "stated"
                out.append(t)
    return out


def read_reign(facts, reg, fb, attested, report):
    with open(os.path.join(facts, "leaders/REIGN_leaderlist_3_21.csv"), encoding="utf-8", errors="replace") as f:
        rows = list(csv.DictReader(f))
    spells = defaultdict(list)
    for r in rows:
        if not r["ccode"].strip():
            continue
        iso = COW.get(int(r["ccode"]))
        if not iso or iso in REIGN_SKIP or not r["syear"]:
            continue
        ey = r["eyear"].strip()
        if ey and (int(ey) < 1989 or int(ey) < 2005 and iso in ("BHR", "QAT", "KWT", "OMN", "ARE", "SAU")):
            continue                              # before that the list gives no names one could join by
        try:
            start = datetime.date(int(r["syear"]), int(r["smonth"]), int(r["sdate"])).isoformat()
        except ValueError:
            start = f"{int(r['syear'])}-{int(r['smonth'] or 1):02d}"
        end = f"{int(ey)}-{int(r['emonth'] or 12):02d}" if ey else ""
        name = r["leader"]
        q = "acting" if re.search(r"\((?:acting|interim)", name) else "regular"
        if "interim president" in (r.get("notes") or "") and not "until 2020" in (r.get("notes") or ""):
            q = "interim"
        name = re.sub(r"\(.*?\)", "", name).strip()
        name = re.sub(r"^([A-Z])\.(?=[A-Z])", r"\1. ", name)
        g = {"0": "f", "1": "m"}.get(r["gender"].strip(), "")
        spells[iso].append(dict(start=start, end=end, name=name, q=q, g=g))
    fbi = defaultdict(list)
    for t in fb:
        if t.role in HEADS or t.role in ("supreme_leader", "chief_executive"):
            fbi[t.iso].append(t)
    att = defaultdict(list)
    for iso, name, role, date, src in attested:
        if role in HEADS:
            att[iso].append((name, role, date, src))
    out = []
    for iso in sorted(spells):
        sp = sorted(spells[iso], key=lambda s: s["start"])
        for s in sp:
            f = Form(s["name"], iso, caps=False)
            s["form"], s["role"], s["p"], s["full"] = f, "", None, ""
            # (a) a head the other sources know
            cands = []
            for t in fbi[iso]:
                if same_loose(t.person, f, t.iso) and (t.q == "regular" or abs(days(t.start, s["start"])) < 60):
                    d = abs(days(t.start, s["start"]))
                    cands.append((d > 400, t.role == "prime_minister" and d > 60, d, t.role, t))
            if cands:
                cands.sort(key=lambda c: c[:4])
                t = cands[0][4]
                far = cands[0][0] and not (lo(t.start) <= s["start"] <= (hi(t.end) if t.end else "9999"))
                if not far or len(f.toks) >= 2 and same_loose(t.person, f, iso):
                    s["p"] = t.person
                if not cands[0][0] or len({c[3] for c in cands}) == 1 and not (s["end"] and hi(s["end"]) < lo(t.start)):
                    s["role"], s["t"] = t.role, t
            # (b) spoke at the UN or came to the US under a title in that time
            e = hi(s["end"]) if s["end"] else REIGN_END
            hits = defaultdict(list)
            for name, role, date, src in att[iso]:
                if s["start"] <= date <= e:
                    af = Form(name, iso, caps=False)
                    if loose(f, af):
                        hits[role].append(name)
            if hits:
                role = max(sorted(hits), key=lambda r: len(hits[r]))
                s["full"] = sorted(hits[role], key=lambda n: (-hits[role].count(n), n))[0]
                if not s["role"]:
                    s["role"] = role
        known = [s["role"] for s in sp if s["role"]]
        for i, s in enumerate(sp):
            if not s["role"] and known:
                if len(set(known)) == 1:
                    s["role"] = known[0]
                else:
                    prev = next((x["role"] for x in reversed(sp[:i]) if x["role"]), None)
                    nxt = next((x["role"] for x in sp[i + 1:] if x["role"]), None)
                    if prev and prev == nxt:
                        s["role"] = prev
        for i, s in enumerate(sp):
            if iso == "IRN" and s["start"] < "1997":
                s["role"] = ""                    # Khomeini was no president
            if (iso, s["role"], norm(s["name"]).split()[-1:]) == ("SVN", "president", ["jansa"]) \
                    or s["role"] == "president" and any(t.role == "monarch" for t in fbi[iso]):
                s["role"] = "prime_minister"
            if not s["role"]:
                report.setdefault("reign_norole", []).append((iso, s["name"], s["start"], s["end"]))
                continue
            t = s.get("t")
            if t is not None and (abs(days(t.start, s["start"])) <= 62 or lo(t.start) <= s["start"]
                                  and not (t.end and hi(t.end) < s["start"]) and (not s["end"] or not t.last or True)
                                  and not _between(sp, i, t.start)):
                t.sources.add("reign")
                t.person.add(None, "reign", iso, s["g"])
                if abs(days(t.start, s["start"])) > 31:
                    report.setdefault("reign_start", []).append((iso, t.role, t.person.forms[0][0].name, t.start, s["start"]))
                s["use"] = t
                continue
            p = s["p"]
            full = s["full"] or s["name"]
            form = Form(full, iso, caps=False)
            if sum(len(t) > 1 for t in form.toks) < 2:
                form.toks = form.toks[:1]
            if p is None:
                p = reg.find(iso, form) or next((x for x in reg.by_iso[iso] if same_loose(x, form, iso) and len(form.toks) > 1), None)
            if p is None:
                # a second spell of someone the list itself knows
                for x in sp[:i]:
                    if x.get("p") and loose(x["form"], s["form"]) and norm(x["name"]) == norm(s["name"]) \
                            and x["end"] and days(x["end"], s["start"]) < 4400:
                        p = x["p"]
            if p is None:
                if len(form.toks) < 2:
                    report.setdefault("reign_onename", []).append((iso, s["role"], s["name"], s["start"], s["end"]))
                    s["skip"] = True
                    continue
                p = reg.new(iso)
            p.add(form, "reign" if not s["full"] else "ungdc", iso, s["g"])
            p.sources.add("reign")
            s["p"] = p
            end, basis = s["end"], "stated" if s["end"] else ""
            if i + 1 < len(sp) and sp[i + 1]["start"][:7] == end:
                end, basis = sp[i + 1]["start"], "next_holder"
            nt = Tenure(iso, s["role"], p, s["start"], end, s["q"], basis, {"reign"}, "", s["start"], hi(s["end"]) if s["end"] else REIGN_END)
            s["use"] = nt
            out.append(nt)
    return out, spells


def _between(sp, i, start):
    """Is there another leader's spell between start and spell i?"""
    return any(lo(start) < x["start"] < sp[i]["start"] for j, x in enumerate(sp) if j != i)


def loose(a, b):
    """A bare family name against a full name."""
    if len(a.toks) >= 2 and len(b.toks) >= 2:
        short, long = (a.toks, b.toks) if len(a.toks) <= len(b.toks) else (b.toks, a.toks)
        n = sum(any(tok_like(x, y) for y in long) for x in short)
        return n == len(short) or n >= 2
    x = a if len(a.toks) < 2 else b
    y = b if x is a else a
    return bool(x.toks) and any(tok_like(x.toks[0], t) for t in y.toks)


def same_loose(p, f, iso=""):
    for g, _ in p.forms:
        if len(f.toks) >= 2 and same_name(g, f, iso):
            return True
        if iso in GULF:
            if len(f.toks) == 1 and tok_like(f.toks[0], (gulf_toks(g.name) or [""])[0]):
                return True
            continue
        if iso in STRICT:
            if len(f.toks) == 1 and g.fam and norm(g.fam) == norm(f.name):
                return True
            if iso in ("LAO", "MMR", "KHM", "VNM") and loose(g, f):
                return True
            continue
        if len(f.toks) == 1 and g.fam and any(tok_like(f.toks[0], x) for x in norm(g.fam).split() if x not in PARTICLES):
            return True
        if len(f.toks) >= 2 and g.fam and len(g.toks) >= 2 and loose(f, Form(g.name, "", caps=False)) \
                and any(tok_like(x, y) for x in norm(g.fam).split() if x not in PARTICLES for y in f.toks) \
                and any(tok_like(x, y) for x in g.given for y in f.toks):
            return True
        if len(f.toks) >= 2 and not g.fam and loose(g, f) and len(g.toks) > 1:
            return True
    return False


EPS_ROLE = {
    "KOR": {"President": "president", "Prime Minister": "prime_minister", "Deputy Prime Minister": "deputy_prime_minister",
            "Minister of Foreign Affairs": "foreign_minister", "Minister of Defence": "defence_minister", "Minister of Finance": "finance_minister",
            "Minister of Trade, Industry and Energy": "trade_minister", "Minister of Reunification": "unification_minister",
            "Minister of Unification": "unification_minister", "Director of the National Security Office": "national_security_advisor",
            "Director of the National Intelligence Service": "intelligence_chief"},
    "JPN": {"Emperor": "monarch", "Prime Minister": "prime_minister", "Deputy Prime Minister": "deputy_prime_minister",
            "Minister of Defence": "defence_minister", "Minister of Finance": "finance_minister",
            "Minister for Foreign Affairs": "foreign_minister", "Chief Cabinet Secretary": "chief_cabinet_secretary",
            "Minister of Economy, Trade and Industry": "trade_minister"},
    "USA": {"President": "president", "Vice President": "vice_president", "Secretary of State": "foreign_minister",
            "Secretary of Defence": "defence_minister", "Secretary of the Treasury": "finance_minister", "Secretary of Commerce": "trade_minister",
            "National Security Advisor": "national_security_advisor", "Secretary of Homeland Security": "interior_minister",
            "United States Trade Representative": "trade_representative", "Director of National Intelligence": "intelligence_director",
            "Director of the CIA": "cia_director", "Ambassador to the United Nations": "ambassador_to_UN",
            "Deputy Secretary of State": "deputy_foreign_minister", "White House Chief of Staff": "chief_of_staff",
            "Speaker of the House of Representatives": "speaker", "ambassador to Japan": "ambassador_to_JPN",
            "ambassador to China": "ambassador_to_CHN", "Attorney General": "attorney_general", "Secretary of Energy": "energy_minister",
            "ambassador to the Russian Federation": "ambassador_to_RUS", "ambassador to Ukraine": "ambassador_to_UKR",
            "ambassador to the United Kingdom": "ambassador_to_GBR", "ambassador to Germany": "ambassador_to_DEU",
            "ambassador to France": "ambassador_to_FRA", "ambassador to Australia": "ambassador_to_AUS", "ambassador to Canada": "ambassador_to_CAN",
            "ambassador to the European Union": "ambassador_to_EU", "Permanent Representative to NATO": "ambassador_to_NATO",
            "ambassador to Israel": "ambassador_to_ISR"},
}
EPS_FILE = {"KOR": "eps_south-korea_holders21.csv", "JPN": "eps_japan_holders21.csv", "USA": "eps_us_holders21.csv"}
EPS_ORG = {"Secretary-General of the United Nations": ("UN", "secretary_general"),
           "Deputy Secretary-General of the United Nations": ("UN", "deputy_secretary_general"),
           "President of the United Nations General Assembly": ("UN", "general_assembly_president"),
           "Director-General of the World Trade Organization": ("WTO", "director_general")}
POST_EXTRA = {  # titles and spoken forms of posts whose role does not say them: id -> (title, spoken, sector, role)
    "USA.foreign_minister": ("Secretary of State", "Secretary of State|US Secretary of State|Secretary|top diplomat|foreign minister", "foreign", ""),
    "USA.defence_minister": ("Secretary of Defense", "Secretary of Defense|Defense Secretary|Pentagon chief|Secretary of War|defense chief|Secretary", "defence", ""),
    "USA.finance_minister": ("Secretary of the Treasury", "Secretary of the Treasury|Treasury Secretary|Secretary", "finance", ""),
    "USA.trade_minister": ("Secretary of Commerce", "Secretary of Commerce|Commerce Secretary|Secretary", "trade", ""),
    "USA.interior_minister": ("Secretary of Homeland Security", "Secretary of Homeland Security|Homeland Security Secretary|Secretary", "interior", ""),
    "USA.energy_minister": ("Secretary of Energy", "Secretary of Energy|Energy Secretary|Secretary", "energy", ""),
    "USA.attorney_general": ("Attorney General of the United States", "Attorney General", "justice", ""),
    "USA.trade_representative": ("United States Trade Representative", "Trade Representative|USTR|trade envoy", "trade", ""),
    "USA.intelligence_director": ("Director of National Intelligence", "Director of National Intelligence|DNI|intelligence chief", "security", ""),
    "USA.cia_director": ("Director of the Central Intelligence Agency", "CIA Director|Director of the CIA|Director", "security", ""),
    "USA.deputy_foreign_minister": ("Deputy Secretary of State", "Deputy Secretary of State|Deputy Secretary", "foreign", ""),
    "USA.eap_assistant_secretary": ("Assistant Secretary of State for East Asian and Pacific Affairs", "Assistant Secretary of State for East Asian and Pacific Affairs|Assistant Secretary of State|Assistant Secretary", "foreign", ""),
    "USA.chief_of_staff": ("White House Chief of Staff", "White House Chief of Staff|Chief of Staff", "government", ""),
    "USA.speaker": ("Speaker of the House of Representatives", "House Speaker|Speaker", "legislature", ""),
    "USA.ambassador_to_UN": ("United States Ambassador to the United Nations", "Ambassador to the United Nations|UN Ambassador|Ambassador", "diplomatic", ""),
    "USA.national_security_advisor": ("Assistant to the President for National Security Affairs", "National Security Advisor|National Security Adviser|NSA", "security", ""),
    "KOR.intelligence_chief": ("Director of the National Intelligence Service", "Director of the National Intelligence Service|spy chief|Director", "security", ""),
    "KOR.national_security_advisor": ("Director of the Office of National Security", "National Security Advisor|National Security Adviser|Director of National Security|National Security Director|Director", "security", ""),
    "KOR.foreign_minister": ("Minister of Foreign Affairs of the Republic of Korea", "Foreign Minister|Minister of Foreign Affairs|Minister for Foreign Affairs|Minister|top diplomat", "foreign", ""),
    "KOR.defence_minister": ("Minister of National Defense of the Republic of Korea", "Defense Minister|Defence Minister|Minister of National Defense|Minister of Defense|defense chief", "defence", ""),
    "KOR.unification_minister": ("Minister of Unification of the Republic of Korea", "Unification Minister|Minister of Unification", "unification", ""),
    "KOR.trade_minister": ("Minister of Trade, Industry and Energy of the Republic of Korea", "Trade Minister|Industry Minister|Minister of Trade, Industry and Energy|Minister of Trade and Industry", "trade", ""),
    "KOR.finance_minister": ("Minister of Economy and Finance of the Republic of Korea", "Finance Minister|Minister of Economy and Finance|Minister of Finance", "finance", ""),
    "JPN.foreign_minister": ("Minister for Foreign Affairs of Japan", "Foreign Minister|Minister for Foreign Affairs|Minister of Foreign Affairs|Minister|top diplomat", "foreign", ""),
    "JPN.trade_minister": ("Minister of Economy, Trade and Industry of Japan", "Trade Minister|Industry Minister|Economy Minister|Minister of Economy, Trade and Industry|METI Minister", "trade", ""),
    "JPN.chief_cabinet_secretary": ("Chief Cabinet Secretary of Japan", "Chief Cabinet Secretary|top government spokesman|top government spokesperson", "government", ""),
    "UN.secretary_general": ("Secretary-General of the United Nations", "Secretary-General|Secretary General|UN Secretary-General|UN chief", "organisation", "igo_head"),
    "UN.deputy_secretary_general": ("Deputy Secretary-General of the United Nations", "Deputy Secretary-General", "organisation", "igo_deputy"),
    "UN.general_assembly_president": ("President of the United Nations General Assembly", "General Assembly President|President of the General Assembly", "organisation", "igo_head"),
    "WTO.director_general": ("Director-General of the World Trade Organization", "Director-General|WTO chief", "organisation", "igo_head"),
}
PREFERRED = {}


def stitch(rows):
    """Spells of one person that touch or overlap become one."""
    rows = sorted(rows, key=lambda r: (lo(r["start"]), r["end"] or "9999"))
    out = []
    for r in rows:
        if out and (not out[-1]["end"] or lo(r["start"]) <= shift(hi(out[-1]["end"]), 2)):
            if not r["end"] or out[-1]["end"] and hi(r["end"]) > hi(out[-1]["end"]):
                out[-1]["end"] = r["end"]
            if lo(r["start"])[:4] == out[-1]["start"] and len(r["start"]) > 4:
                pass
            continue
        out.append(dict(r))
    return out


def by_start(known, iso, role, start, form):
    """The holder another source gives for that post and that very day, if a token of the name agrees."""
    for t in known:
        if t.iso == iso and t.role == role and len(start) == 10 and len(t.start) == 10 and abs(days(t.start, start)) <= 3:
            for f, _ in t.person.forms:
                if set(f.toks) & set(form.toks) or any(tok_like(x, y) for x in f.toks for y in form.toks if len(x) > 3):
                    return t.person
    return None


def read_eps(facts, reg, fips_short, known=()):
    out = []
    d = os.path.join(facts, "ministers")
    for iso in ("JPN", "KOR", "USA"):
        per = defaultdict(list)
        with open(os.path.join(d, EPS_FILE[iso]), encoding="utf-8") as f:
            for r in csv.DictReader(f):
                role = EPS_ROLE[iso].get(r["position"])
                if not role or not r["start"]:
                    continue
                if r["end"] and hi(r["end"]) < "1998-01-01":
                    continue
                per[(role, r["personID"])].append(dict(start=r["start"], end=r["end"], name=r["person"], q=r["personID"],
                                                       g={"male": "m", "female": "f"}.get(r.get("gender") or "", "")))
        gen = {}
        bio = os.path.join(d, "eps_south-korea_bio.csv")
        if iso == "KOR":
            with open(bio, encoding="utf-8") as f:
                for r in csv.DictReader(f):
                    gen[r["id"]] = {"male": "m", "female": "f"}.get(r["gender"], "")
        for key in sorted(per):
            role, q = key
            for r in stitch(per[key]):
                form = Form(r["name"], iso, caps=False)
                p = find_q(reg, q) or reg.find(iso, form) or by_start(known, iso, role, r["start"], form)
                if p is None:
                    p = reg.new(iso)
                p.q = p.q or q
                if re.search(r"[A-Za-z]", r["name"]):
                    p.add(form, "eps", iso, r["g"] or gen.get(q, ""))
                basis = "stated" if r["end"] else "unknown"
                brief = role.startswith("ambassador") and r["end"] and days(r["start"], r["end"]) < 75      # chargés d'affaires
                out.append(Tenure(iso, role, p, r["start"], r["end"], "acting" if brief else "regular", basis, {"eps"},
                                  "" if r["end"] else "in office " + EPS_END[iso], r["start"], hi(r["end"]) if r["end"] else EPS_END[iso]))
    # heads of international organisations
    per = defaultdict(list)
    with open(os.path.join(d, "eps_world_holders21.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["position"] in EPS_ORG and r["start"]:
                per[(EPS_ORG[r["position"]], r["personID"])].append(dict(start=r["start"], end=r["end"], name=r["person"], q=r["personID"]))
    for key in sorted(per):
        (org, sub), q = key
        for r in stitch(per[key]):
            form = Form(r["name"], org, caps=False)
            p = find_q(reg, q) or reg.find(org, form) or reg.new(org)
            p.q = p.q or q
            p.add(form, "eps", org)
            out.append(Tenure(org, "igo_head", p, r["start"], r["end"], "regular", "stated" if r["end"] else "unknown", {"eps"},
                              "" if r["end"] else "in office 2023-01", r["start"], hi(r["end"]) if r["end"] else "2023-01-10", post=f"{org}.{sub}"))
    # foreign ministers of the world, late 2022
    bad = {"Quebec", "Cantabria", "Catalonia", "Scotland", "Puerto Rico", "Somaliland", "Tibet", "South Ossetia", "Transnistria",
           "Republic of Abkhazia", "Republic of Artsakh", "Turkish Republic of Northern Cyprus", "Sahrawi Arab Democratic Republic",
           "Luhansk People's Republic", "Donetsk People's Republic", "Jersey", "Bailiwick of Guernsey", "Faroe Islands", "Kurdistan Region",
           "European Union", "Japan", "South Korea", "United States of America"}
    q2iso = {}
    with open(os.path.join(facts, "countries/datasets_country-codes.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f):
            m = re.search(r"Q\d+$", r["wikidata_id"])
            if m:
                q2iso[m[0]] = r["ISO3166-1-Alpha-3"]
    q2iso.update({"Q1246": "KOS", "Q219060": "PSE", "Q865": "TWN", "Q148": "CHN", "Q237": "VAT", "Q35": "DNK", "Q55": "NLD", "Q29999": "NLD", "Q756617": "DNK"})
    with open(os.path.join(d, "eps_world_foreign-ministers_wikidata.csv"), encoding="utf-8") as f:
        for r in csv.DictReader(f):
            if r["countryLabel"] in bad or not r["name"] or not r["person"] or not r["start"]:
                continue
            iso = q2iso.get(r["country"])
            if not iso:
                continue
            if (iso, r["person"]) in {("MMR", "Q17985658"), ("YEM", "Q16187308")}:
                continue                          # ministers of governments that do not govern
            name = re.sub(r"^(Dr\.|Sheikh|Prince|Archbishop) ", "", r["name"])
            form = Form(name, iso, caps=False)
            p = find_q(reg, r["person"]) or reg.find(iso, form) or reg.new(iso)
            if p not in reg.by_iso[iso]:
                reg.by_iso[iso].append(p)
                p.isos.add(iso)
            p.q = p.q or r["person"]
            p.add(form, "eps", iso)
            out.append(Tenure(iso, "foreign_minister", p, r["start"], "", "regular", "unknown", {"eps"},
                              "in office 2022-12", r["start"], EPS_END["WORLD"]))
            PREFERRED[post_id(iso, "foreign_minister")] = r["position"] and r["positionLabel"]
    return out


def find_q(reg, q):
    for p in reg.all:
        if q and p.q == q:
            return p
    return None


POCOM = [("secretary.xml", "foreign_minister"), ("deputy-secretary.xml", "deputy_foreign_minister"),
         ("assistant-secretary-for-east-asian-pacific-affairs.xml", "eap_assistant_secretary"),
         ("mission_korea.xml", "ambassador_to_KOR"), ("mission_japan.xml", "ambassador_to_JPN"), ("mission_china.xml", "ambassador_to_CHN")]
POCOM_NAMES = {}


def read_pocom(facts, reg, known=()):
    out = []
    d = os.path.join(facts, "us_principals")
    for fn, role in POCOM:
        root = ET.parse(os.path.join(d, fn)).getroot()
        for el in list(root.iter("principal")) + list(root.iter("chief")):
            st = (el.findtext("started/date") or "").strip()
            en = (el.findtext("ended/date") or "").strip()
            if not st or (en and en < "1989"):
                continue
            pid = el.findtext("person-id").strip()
            parts = [w for w in pid.split("-")]
            if len(parts) < 2:
                continue
            suffix = ""
            p = None
            fam = parts[0]
            given = [re.sub(r"\d+$", "", x) for x in parts[1:]]
            given = [x for x in given if x not in ("jr", "ii", "iii")]
            name = " ".join(x.capitalize() for x in given) + " " + fam.capitalize()
            name = POCOM_NAMES.get(pid, name)
            form = Form(name, "USA", caps=False)
            form.fam, form.given = fam.capitalize(), [x.capitalize() for x in given]
            p = reg.find("USA", form) or by_start(known, "USA", role, st, form)
            note = " ".join((el.findtext("note") or "").split())
            if p is None:
                p = reg.new("USA")
            p.add(form, "pocom", "USA")
            charge = "charge" in (el.findtext("role-title-id") or "")
            out.append(Tenure("USA", role, p, st, en, "acting" if charge else "regular", "stated" if en else "unknown", {"pocom"}, "", st, en or st))
    return out


# ---------------------------------------------------------------- putting together

def merge_same(ts):
    """One person, one post, the same time, several sources: one tenure. Order of trust for dates: hand, factbook, eps, pocom, reign."""
    trust = ["own", "factbook", "pocom", "eps", "reign"]

    def rank(t):
        return min((trust.index(s) for s in t.sources if s in trust), default=9)
    by = defaultdict(list)
    for t in ts:
        by[(t.post, id(t.person), t.q if t.q in ("elect", "designate", "acting", "interim") else "regular")].append(t)
    out = []
    for k in by:
        rows = sorted(by[k], key=lambda t: (lo(t.start), rank(t)))
        acc = []
        for t in rows:
            hit = None
            for a in acc:
                a_end = hi(a.end or a.cap) if a.end or a.cap else "9999-12-31"
                t_end = hi(t.end or t.cap) if t.end or t.cap else "9999-12-31"
                if abs(days(a.start, t.start)) <= 62 or (lo(t.start) <= a_end and lo(a.start) <= t_end and (a.end or t.end or k[2] == "regular")):
                    hit = a
                    break
            if hit is None:
                acc.append(t)
                continue
            a, b = (hit, t) if rank(hit) <= rank(t) else (t, hit)
            if b.start and len(b.start) > len(a.start) and b.start.startswith(a.start):
                a.start = b.start
            if not a.end and b.end and b.basis != "unknown":
                a.end, a.basis = b.end, b.basis
            elif a.end and b.end and len(b.end) > len(a.end) and b.end.startswith(a.end):
                a.end = b.end
            if abs(days(a.start, b.start)) > 62 and lo(b.start) < lo(a.start) and rank(b) <= rank(a) + 2 and b.sources != {"reign"}:
                a.note = (a.note + "; " if a.note else "") + "also dated " + a.start
                a.start = b.start
            a.sources |= b.sources
            a.first, a.last = min(a.first or b.first, b.first or a.first), max(a.last, b.last)
            a.hand = a.hand or b.hand
            if hit is not a:
                acc[acc.index(hit)] = a
        out.extend(acc)
    return out


def settle_quality(ts):
    """The same spell called now regular, now acting or caretaker: once; a caretaker's time inside one's own tenure is part of it."""
    by = defaultdict(list)
    for t in ts:
        by[(t.post, id(t.person))].append(t)
    gone = set()
    for rows in by.values():
        for r in rows:
            if r.q != "regular":
                continue
            for x in rows:
                if x.q not in ("acting", "interim") or id(x) in gone or id(r) in gone:
                    continue
                if abs(days(r.start, x.start)) <= 31:
                    if r.last > shift(x.last or x.start, 120) and (x.first or "") <= (r.first or "9"):
                        gone.add(id(x))
                    else:
                        gone.add(id(r))
                        x.sources |= r.sources
                        x.last = max(x.last, r.last)
                elif lo(r.start) < lo(x.start) and (not r.end or lo(x.start) < hi(r.end)):
                    gone.add(id(x))
    return [t for t in ts if id(t) not in gone]


def derive_ends(ts, obs_last):
    """Ends from the next holder of the same post; acting spells inside a tenure do not cut it."""
    by = defaultdict(list)
    for t in ts:
        by[t.post].append(t)
    for post, rows in by.items():
        role = rows[0].role
        single = role in SINGLE or post in SINGLE_POSTS or rows[0].role.startswith("ambassador") or role in (
            "foreign_minister", "defence_minister", "finance_minister", "national_security_advisor", "chief_cabinet_secretary", "igo_head")
        rows.sort(key=lambda t: (lo(t.start), t.q != "regular"))
        inc = [t for t in rows if t.q not in ("elect", "designate")]
        inc = [t for t in inc if t.sources != {"ungdc"}]     # attested days only: no neighbour's end
        for i, t in enumerate(inc):
            if t.end or t.hand:
                continue
            later = [x for x in inc[i + 1:] if lo(x.start) > lo(t.start) and (x.person is not t.person or x.q == t.q)]
            reg = [x for x in later if x.q == "regular" and x.person is not t.person or x.q == t.q and x.person is t.person]
            if not single:
                one = len({id(x.person) for x in inc if lo(x.start) == lo(t.start)}) == 1
                gone = obs_last.get((post, id(t.person), t.q))
                nxt = min((x for x in reg), key=lambda x: lo(x.start), default=None)
                if t.last and gone and gone[1]:
                    a, b = gone
                    if one and nxt and a <= shift(lo(nxt.start), 31) and lo(nxt.start) <= b and len(nxt.start) == 10:
                        t.end, t.basis = nxt.start, "next_holder"
                    elif days(a, b) <= 62:
                        t.end, t.basis = b[:7], "removed"
                    else:
                        t.end, t.basis = b[:4], "removed"
                        t.note = (t.note + "; " if t.note else "") + "last listed " + a
                continue
            if t.q == "regular":
                stop = reg[0].start if reg else ""
                for x in later:
                    if x.q in ("acting", "interim") and lo(x.start) >= (t.last or lo(x.start)) and (not stop or lo(x.start) < lo(stop)):
                        stop = x.start
                        break
                    if x.q == "interim" and t.sources == {"reign"} and (not stop or lo(x.start) < lo(stop)):
                        stop = x.start
                        break
                if stop:
                    t.end, t.basis = stop, "next_holder"
            else:
                nx = later[0] if later else None
                same_later = [x for x in inc if x.q == "regular" and x.person is t.person and lo(x.start) >= lo(t.start)]
                over = [x for x in inc if x.q == "regular" and x.person is not t.person and lo(x.start) < lo(t.start) and (not x.end or lo(x.end) > (t.last or lo(t.start)))]
                if same_later and (not nx or lo(same_later[0].start) <= lo(nx.start)):
                    if lo(same_later[0].start) > lo(t.start):
                        t.end, t.basis = same_later[0].start, "next_holder"
                elif nx:
                    t.end, t.basis = nx.start, "next_holder"
            if not t.end:
                gone = obs_last.get((post, id(t.person), t.q))
                if gone and gone[1]:
                    a, b = gone
                    if days(a, b) <= 62:
                        t.end, t.basis = b[:7], "removed"
                    else:
                        t.end, t.basis = b[:4], "removed"
                        t.note = (t.note + "; " if t.note else "") + "last listed " + a
        for t in rows:
            if t.q in ("elect", "designate") and not t.end:
                took = [x for x in inc if x.person is t.person and lo(x.start) >= lo(t.start)]
                if took:
                    t.end, t.basis = took[0].start, "next_holder"
                else:
                    gone = obs_last.get((post, id(t.person), t.q))
                    if gone:
                        t.end, t.basis = (gone[1] or gone[0])[:7], "removed"
    return ts


SINGLE_POSTS = set()


def listed_until(obs_rows, fbt):
    """(post, person, quality) -> (last text that lists them, first later text of that section that does not)."""
    firsts = defaultdict(set)
    sec_of = defaultdict(set)
    multi = ("vice_president", "deputy_prime_minister")
    for o in obs_rows:
        firsts[(o["iso"], o["sec"], o["role"] if o["role"] in multi else "")].add(o["first"])
        sec_of[(o["iso"], o["role"])].add(o["sec"])
    out = {}
    for t in fbt:
        nxt = ""
        for sec in sec_of[(t.iso, t.role)]:
            c = [d for d in firsts[(t.iso, sec, t.role if t.role in multi else "")] if d > t.last]
            if c and (not nxt or min(c) < nxt):
                nxt = min(c)
        if not nxt and t.last < "2026-01-01" and t.role not in multi:
            # the section itself stopped changing: a later text without them would show as a later last date
            lasts = [o["last"] for o in obs_rows if o["iso"] == t.iso and o["sec"] in sec_of[(t.iso, t.role)]]
            if lasts and max(lasts) > t.last and days(t.last, max(lasts)) > 7:
                nxt = shift(t.last, 14)
        k = (t.post, id(t.person), t.q)
        if k not in out or t.last > out[k][0]:
            out[k] = (t.last, nxt)
    return out


# ---------------------------------------------------------------- coverage

def union(iv, tol):
    iv = sorted(iv)
    out = []
    for a, b in iv:
        if b < a:
            continue
        if out and a <= shift(out[-1][1], tol):
            out[-1][1] = max(out[-1][1], b)
        else:
            out.append([a, b])
    return out


def intersect(x, y):
    out = []
    for a, b in x:
        for c, d in y:
            lo_, hi_ = max(a, c), min(b, d)
            if lo_ < hi_:
                out.append([lo_, hi_])
    return sorted(out)


def coverage(ts, hand_cov, fb_known, single):
    by = defaultdict(list)
    for t in ts:
        by[t.post].append(t)
    rows = []
    hand_by = defaultdict(list)
    for h in hand_cov:
        hand_by[h["post"]].append((h["from"], h["to"]))
    for post in sorted(set(by) | set(hand_by)):
        iv, srcs = [], set()
        role = by[post][0].role if by[post] else ""
        ok = single(post, role)
        if ok:
            for a, b, s in fb_known.get(post, []):
                iv.append((a, min(b, FACTBOOK_END)))
                srcs.add(s)
            for t in by[post]:
                if t.q in ("elect", "designate"):
                    continue
                if t.sources != {"ungdc"} and t.sources & {"eps", "pocom"} and t.start and (t.end or t.last or "eps" in t.sources):
                    iv.append((hi(t.start) if len(t.start) < 10 else t.start, hi(t.end) if t.end and len(t.end) == 10 else lo(t.end) if t.end else t.last or EPS_END.get(t.iso, EPS_END["WORLD"])))
                    srcs |= t.sources & {"eps", "pocom"}
        tol = 31 if role in HEADS else 4
        known = union(iv, tol)
        if role == "foreign_minister":             # someone else spoke as the minister: the start must be wrong
            against = [f"{t.end}-09-24" for t in by[post] if t.sources == {"ungdc"}]
            known = [[max([a] + [shift(x, 1) for x in against if a <= x <= b]), b] for a, b in known]
        # only where the tenures really say someone
        held = union([(hi(t.start) if len(t.start) < 10 else t.start, (lo(t.end) if len(t.end) < 10 else t.end) if t.end else "2026-12-31")
                      for t in by[post] if t.start and t.q not in ("elect", "designate") and t.sources != {"ungdc"}], tol)
        known = intersect(known, held)
        cuts = hand_by.get(post, [])
        for a, b in cuts:
            known.append([lo(a), hi(b)])
            srcs.add("own")
        known = union(known, 0)
        for a, b in known:
            if days(a, b) >= 30:
                rows.append((post, a, b, "|".join(sorted(srcs))))
    return rows


# ---------------------------------------------------------------- main

def hand_form(row):
    f = Form(row["name"], "", caps=False)
    fam = row["family"].split("|")[0] if row["family"] else ""
    if fam:
        f.fam = fam
        ft = {norm(x) for x in fam.split()}
        f.given = [t for t in f.name.split() if norm(t) not in ft and t.lower().strip(".") not in SUFFIX]
    return f


def put_hand(out):
    """Hand-made rows into the tables as they stand."""
    def load(n):
        return read_tsv(os.path.join(out, n))
    heads = {"persons": ["id", "name", "family", "aliases", "native", "gender", "wikidata", "source"],
             "posts": ["id", "state", "role", "title", "spoken", "head", "sector", "source"],
             "tenures": ["post", "person", "start", "end", "quality", "end_basis", "source", "note"],
             "coverage": ["post", "from", "to", "source"]}
    t = {n: load(n + ".tsv") for n in heads}
    h = {n: load(n + "_hand.tsv") for n in heads}
    have = {r["id"]: r for r in t["persons"]}
    for r in h["persons"]:
        old = have.get(r["id"])
        if old is None:
            t["persons"].append(dict(r))
            continue
        old["name"] = r["name"]
        for c in ("family", "aliases", "native"):
            xs = [x for x in r[c].split("|") if x]
            old[c] = "|".join(xs + [x for x in old[c].split("|") if x and x not in xs]) if c != "aliases" else \
                "|".join(sorted({x for x in xs + old[c].split("|") if x and x != r["name"] and x not in old["family"].split("|")},
                                    key=lambda a: (fold(a).lower(), a)))
        for c in ("gender", "wikidata"):
            old[c] = r[c] or old[c]
        old["source"] = "|".join(sorted(set(old["source"].split("|")) | {"own"}))
    by = {r["id"]: r for r in t["posts"]}
    for r in h["posts"]:
        by[r["id"]] = {k: r[k] for k in heads["posts"]}
        by[r["id"]]["state"] = ORG_ID.get(r["state"], r["state"])
    t["posts"] = list(by.values())
    for r in h["tenures"]:
        same = [x for x in t["tenures"] if x["post"] == r["post"] and x["person"] == r["person"] and x["quality"] == (r["quality"] or "regular")
                and x["start"] and r["start"] and abs(days(x["start"], r["start"])) <= 62]
        keep = set("|".join(x["source"] for x in same).split("|")) - {""}
        t["tenures"] = [x for x in t["tenures"] if x not in same]
        new = dict(r)
        new["source"] = "|".join(sorted(keep | {r["source"] or "own"}))
        role = by.get(r["post"], {}).get("role", "")
        if not same and new["quality"] == "regular" and role not in ("vice_president", "deputy_prime_minister", "captain_regent"):
            for x in t["tenures"]:                 # the holder before ends where a new one begins
                if x["post"] == r["post"] and x["quality"] == "regular" and lo(x["start"]) < lo(r["start"]) and not x["end"]:
                    x["end"], x["end_basis"] = r["start"], "next_holder"
        t["tenures"].append(new)
    own = [r for r in t["coverage"] if not ("own" in r["source"].split("|") and any(
        h_["post"] == r["post"] and lo(h_["from"]) <= r["to"] and r["from"] <= hi(h_["to"]) for h_ in h["coverage"]))]
    gone = [r for r in t["coverage"] if r not in own]
    for post in sorted({r["post"] for r in h["coverage"]} | {r["post"] for r in gone}):
        iv = union([[lo(r["from"]), hi(r["to"])] for r in h["coverage"] if r["post"] == post] +
                   [[r["from"], r["to"]] for r in gone if r["post"] == post], 0)
        src = sorted({x for r in gone if r["post"] == post for x in r["source"].split("|")} | {"own"})
        own += [{"post": post, "from": a, "to": b, "source": "|".join(src)} for a, b in iv]
    t["coverage"] = own
    t["persons"].sort(key=lambda r: r["id"])
    t["posts"].sort(key=lambda r: r["id"])
    t["tenures"].sort(key=lambda r: (r["post"], lo(r["start"]) if r["start"] else "", r["quality"] != "regular", r["person"], r["end"]))
    t["coverage"].sort(key=lambda r: (r["post"], r["from"]))
    for n, head in heads.items():
        with open(os.path.join(out, n + ".tsv"), "w", encoding="utf-8", newline="\n") as f:
            f.write("\t".join(head) + "\n")
            for r in t[n]:
                f.write("\t".join(r.get(c, "") for c in head) + "\n")
    print("  ".join(f"{n} {len(t[n])}" for n in heads))


def main(argv):
    if len(argv) == 3 and argv[1] == "--hand":
        return put_hand(argv[2])
    if len(argv) < 3:
        sys.exit(__doc__)
    facts, out = os.path.join(argv[1], "facts"), argv[2]
    rep_dir = argv[argv.index("--report") + 1] if "--report" in argv else ""
    report = {}
    fips, formal, short, indep = load_states(facts)
    hand_dir = out
    h_persons = read_tsv(os.path.join(hand_dir, "persons_hand.tsv"))
    h_posts = read_tsv(os.path.join(hand_dir, "posts_hand.tsv"))
    h_tenures = read_tsv(os.path.join(hand_dir, "tenures_hand.tsv"))
    h_cov = read_tsv(os.path.join(hand_dir, "coverage_hand.tsv"))
    h_post_by = {r["id"]: r for r in h_posts}

    reg = Registry()
    by_id = {}
    for r in h_persons:
        p = reg.new(pid=r["id"], hand=r)
        by_id[r["id"]] = p
        f = hand_form(r)
        p.add(f, "own")
        p.gender, p.q = r.get("gender", ""), r.get("wikidata", "")
        p.native = [x for x in r.get("native", "").split("|") if x]
        for a in r.get("aliases", "").split("|"):
            if a:
                af = Form(a, "", caps=False)
                if f.fam and norm(f.fam) in norm(a):
                    af.fam = f.fam
                    ft = {norm(x) for x in f.fam.split()}
                    af.given = [t for t in af.name.split() if norm(t) not in ft]
                if len(af.toks) >= 2 or not f.toks[1:]:
                    p.add(af, "own")
        for n in {norm(r["name"])} | {norm(a) for a in r.get("aliases", "").split("|") if len(a.split()) >= 2}:
            if p not in reg.exact[n]:
                reg.exact[n].append(p)
    hand_t = []
    for r in h_tenures:
        p = by_id.get(r["person"])
        if p is None:
            sys.exit(f"tenures_hand.tsv: no such person in persons_hand.tsv: {r['person']} ({r['post']})")
        iso = r["post"].rsplit(".", 1)[0]
        state = h_post_by.get(r["post"], {}).get("state") or iso
        role = h_post_by.get(r["post"], {}).get("role") or ("monarch" if r["post"] == "JPN.emperor" else r["post"].rsplit(".", 1)[1])
        if p not in reg.by_iso[state]:
            reg.by_iso[state].append(p)
            p.isos.add(state)
        hand_t.append(Tenure(state, role, p, r["start"], r["end"], r["quality"] or "regular", r["end_basis"], {r["source"] or "own"}, r["note"],
                             post=r["post"], hand=True))

    obs, unparsed = read_factbook(facts, fips, indep)
    obs = [o for o in obs if (o["iso"], o["role"], norm(o["raw"])) not in DROP_OBS
           and not any(o["iso"] == i and o["role"] == r and n in norm(o["raw"]) for i, r, n in DROP_PERSON)]
    for o in obs:
        k = (o["iso"], o["role"], o["since"])
        if k in START_FIX:
            o["since"] = START_FIX[k]
    fbt = factbook_spells(obs, reg, report)
    last = listed_until(obs, fbt)
    attested = read_attested(facts)
    visits, unknown_places = read_visits(facts, short)
    for iso, who, date in visits:
        role, name = visit_parse(who)
        if role and name:
            attested.append((iso, name, role, date, "visits"))
    reign, reign_spells = read_reign(facts, reg, fbt + hand_t, attested, report)
    eps = read_eps(facts, reg, short, hand_t + fbt)
    pocom = read_pocom(facts, reg, hand_t + eps)

    gen = fbt + reign + eps + pocom
    # where the hand-made list claims a post for a range, it alone speaks there
    claims = defaultdict(list)
    for r in h_cov:
        if r["source"] != "bridge":
            claims[r["post"]].append((lo(r["from"]), hi(r["to"])))
    hand_of = defaultdict(list)
    for t in hand_t:
        hand_of[t.post].append(t)
    kept = []
    for t in gen:
        drop = False
        for a, b in claims.get(t.post, []):
            e = hi(t.end) if t.end else "9999-12-31"
            if t.q in ("elect", "designate"):
                continue
            if lo(t.start) >= shift(a, -62) and lo(t.start) <= b:
                drop = True
            elif lo(t.start) < a <= e:
                hs = [h for h in hand_of[t.post] if h.person is t.person and lo(h.start) <= shift(a, 5) and (not h.end or hi(h.end) >= a)]
                if hs:
                    drop = True
                else:
                    nxt = min((h.start for h in hand_of[t.post] if lo(h.start) > lo(t.start)), default=a)
                    if not t.end or lo(t.end) > lo(nxt):
                        t.end, t.basis = nxt, "next_holder"
        if drop:
            for h in hand_of[t.post]:
                if h.person is t.person and abs(days(h.start, t.start)) < 370:
                    h.sources |= t.sources - {"own"}
            continue
        for h in hand_of.get(t.post, []):
            if h.person is t.person:
                he, te = (hi(h.end) if h.end else "9999"), (hi(t.end) if t.end else "9999")
                if lo(h.start) <= te and lo(t.start) <= he and (h.q == t.q or abs(days(h.start, t.start)) <= 62):
                    drop = True
                    h.sources |= t.sources
        if not drop:
            kept.append(t)
    one = defaultdict(list)
    for t in kept:
        one["factbook" if "factbook" in t.sources else sorted(t.sources)[0]].append(t)
    derive_ends(one["factbook"], last)
    for t in one["factbook"]:                      # an end derived across a time without texts is only an upper bound
        if t.end and t.basis == "next_holder" and t.role in SINGLE and t.last and t.last < shift(lo(t.end), -62):
            t.cap, t.end, t.basis = t.end, "", ""
    ts = settle_quality(merge_same(kept)) + hand_t
    ts += read_fm_attested(facts, reg, ts, formal)
    ts = [t for t in ts if t.start or t.hand]
    derive_ends(ts, last)
    for t in ts:                                   # a source's "unknown" end that the next holder settles
        if t.end and t.basis == "unknown" and t.sources != {"ungdc"}:
            t.basis = "next_holder"
    clean_up(ts)

    fbk = defaultdict(list)
    for o in obs:
        if o["q"] in ("elect", "designate") or o["role"] not in SINGLE:
            continue
        a = hi(o["since"]) if o["since"] and len(o["since"]) < 10 else (o["since"] or o["first"])
        fbk[post_id(o["iso"], o["role"])].append((min(a, o["last"]), o["last"], "factbook"))
    for s in (x for sp in reign_spells.values() for x in sp):
        t = s.get("use")
        if t is not None and not s.get("skip"):
            fbk[t.post].append((max(s["start"], "2005-01-01"), hi(s["end"]) if s["end"] else REIGN_END, "reign"))

    def single(post, role):
        return role in SINGLE or role in ("foreign_minister", "defence_minister", "finance_minister", "trade_minister", "chief_cabinet_secretary",
                                          "national_security_advisor", "igo_head", "eap_assistant_secretary", "deputy_foreign_minister",
                                          "unification_minister") \
            or role.startswith("ambassador") or post in ("USA.vice_president",)
    cov = coverage(ts, h_cov, fbk, single)

    name_persons(ts, reg, attested, facts, report)
    write_all(out, ts, reg, h_posts, cov, formal, obs, report)
    if rep_dir:
        os.makedirs(rep_dir, exist_ok=True)
        for k in sorted(set(report) - {"n", "np"}):
            with open(os.path.join(rep_dir, k + ".txt"), "w", encoding="utf-8") as f:
                for r in sorted(report[k]):
                    f.write("\t".join(str(x) for x in r) + "\n")
        with open(os.path.join(rep_dir, "unparsed.txt"), "w", encoding="utf-8") as f:
            for r in sorted(unparsed):
                f.write("\t".join(r)[:300] + "\n")
    print(f"persons {len(report['n'])}  posts {report['np']}  tenures {len(ts)}  coverage {len(cov)}")


def clean_up(ts):
    """Ends before starts, doubles, spells that hold nothing."""
    for t in list(ts):
        if t.end and hi(t.end) < lo(t.start):
            if t.hand:
                raise SystemExit(f"end before start: {t.post} {t.person.pid} {t.start} {t.end}")
            t.end, t.basis = "", "unknown"
        if not t.end and not t.basis and t.last and t.last < "2025-11-01" and not t.hand:
            t.basis = "unknown"
    ts.sort(key=lambda t: t.key())


def display_forms(p):
    return [f for f, _ in p.forms]


def name_persons(ts, reg, attested, facts, report):
    """English name, family name, aliases, native names, id."""
    used = {id(t.person): t.person for t in ts}
    isos = defaultdict(list)
    for t in ts:
        if t.iso not in isos[id(t.person)]:
            isos[id(t.person)].append(t.iso)
    # other people's spelling of the same person
    span = defaultdict(list)
    for t in ts:
        if t.q not in ("elect", "designate"):
            span[t.iso].append(t)
    for iso, name, role, date, src in sorted(attested):
        if date < "2000":
            continue
        f = Form(name, iso, caps=False)
        if len(f.toks) < 2:
            continue
        hits = {id(t.person): t.person for t in span.get(iso, []) if (t.role == role or role in HEADS and t.role in HEADS)
                and shift(lo(t.start), -40) <= date <= (shift(hi(t.end), 40) if t.end else "9999")
                and same_loose(t.person, f, t.iso)}
        if len(hits) == 1:
            p = list(hits.values())[0]
            p.add(f, src)
    native_q = {}
    for fn in ("eps_south-korea_assembly20_native-names.csv", "eps_japan_reps49_native-names.csv"):
        with open(os.path.join(facts, "ministers", fn), encoding="utf-8") as f:
            for r in csv.DictReader(f):
                if not re.search(r"[A-Za-z]", r["itemLabel"]):
                    native_q[r["item"]] = r["itemLabel"]
    for r in read_tsv(os.path.join(facts, "leaders/kr_jp_native_seed.tsv")):
        iso = {"KR": "KOR", "JP": "JPN", "CN": "CHN", "KP": "PRK"}[r["country"]]
        f = Form(r["name_latin"], iso, caps=False)
        p = reg.find(iso, f)
        if p is None:
            toks = f.name.split()
            p = reg.find(iso, Form(" ".join(toks[1:] + toks[:1]), iso, caps=False))
        if p:
            for x in (r["name_ko"], r["name_hanzi"]):
                if x and x not in p.native:
                    p.native.append(x)
    for p in used.values():
        if p.q in native_q and native_q[p.q] not in p.native:
            p.native.append(native_q[p.q])
        p.iso0 = sorted(isos[id(p)])
        build_name(p)
    # ids
    taken = {p.pid for p in reg.all if p.hand}
    want = defaultdict(list)
    for p in used.values():
        if not p.pid:
            want[slug(p.name)].append(p)
    for s in sorted(want):
        ps = want[s]
        if len(ps) == 1 and s not in taken:
            ps[0].pid = s
            continue
        per_iso = defaultdict(list)
        for p in ps:
            per_iso[p.iso0[0].lower() if p.iso0 else "x"].append(p)
        for iso in sorted(per_iso):
            qs = sorted(per_iso[iso], key=lambda p: (min(lo(t.start) for t in ts if t.person is p), p.name))
            for n, p in enumerate(qs):
                p.pid = f"{s}-{iso}" + (f"-{n + 1}" if n else "")
        report.setdefault("id_clash", []).append((s, ", ".join(p.pid for p in ps)))
    for p in reg.all:                               # hand-made persons without a tenure stay
        if p.hand and id(p) not in used:
            p.iso0 = sorted(p.isos)
            build_name(p)
            used[id(p)] = p
    report["persons"] = []
    report["n"] = sorted(used.values(), key=lambda p: p.pid)
    del report["persons"]


KOREAN = {"KOR", "PRK"}
DIA_GIVEN = {}


def build_name(p):
    isos = set(p.iso0)
    forms = p.forms
    hand = p.hand
    src_rank = {"own": 0, "eps": 1, "factbook": 2, "visits": 3, "ungdc": 4, "reign": 5, "pocom": 6}
    name = fam = ""
    if hand:
        name, fam = hand["name"], hand["family"]
    fams = [f.fam for f, _ in forms if f.fam]
    if not name:
        eps = [f.name for f, s in forms if s == "eps" and re.search(r"[A-Za-z]", f.name)]
        fb = [f for f, s in forms if s == "factbook"]
        if eps:
            name = eps[0]
        elif fb:
            f = fb[-1]
            toks = f.name.split()
            core = f.name
            if isos & HISPANIC and f.fam:
                i = core.find(f.fam)
                core = core[:i + len(f.fam)].strip() if i >= 0 else core
            # the shortest form others use, if it is part of this one
            cand = [g.name for g, s in forms if s in ("ungdc", "visits", "reign") and len(g.toks) >= 2
                    and len(g.toks) < len([t for t in norm(core).split() if t not in PARTICLES])
                    and all(any(tok_like(x, y) for y in f.toks) for x in g.toks)
                    and (not f.fam or all(any(tok_like(x, y) for y in g.toks) for x in norm(f.fam).split() if x not in PARTICLES))
                    and not re.search(r"\b[A-Z]\.", g.name)]
            if cand:
                keep = [t for t in toks if any(tok_like(t, y) for y in norm(cand[0]).split()) or t.lower() in PARTICLES]
                core = " ".join(keep) if len(keep) >= 2 else core
            name = core
        else:
            order = sorted(forms, key=lambda x: (src_rank.get(x[1], 9), -len(x[0].toks) if x[1] == "reign" else len(x[0].toks), x[0].name))
            name = order[0][0].name if order else "?"
            if name.isupper():
                name = name.title()
        name = re.sub(r"\s+(of Spain|of the Netherlands)$", "", name)
        # diacritics: the same letters as someone writes them in full
        best = name
        for f, s in forms:
            if norm(f.name) == norm(name) and sum(ord(c) > 127 for c in f.name) > sum(ord(c) > 127 for c in best) and s != "reign":
                best = f.name
        name = best
        toks = []
        for t in name.split():
            alt = [x for f, s in forms if s in ("factbook", "ungdc", "visits", "eps") for x in f.name.split()
                   if norm(x) == norm(t) and sum(ord(c) > 127 for c in x) > sum(ord(c) > 127 for c in t) and not x.isupper()]
            toks.append(sorted(alt)[0] if alt else t)
        name = " ".join(toks)
    if not fam:
        if fams:
            fb = [f.fam for f, s in forms if s == "factbook" and f.fam] or fams
            fam = fb[-1]
            # as written in the name
            nt = name.split()
            ft = [t for t in norm(fam).split()]
            hit = [x for x in nt if norm(x).replace(" ", "") in {"".join(y) for y in ft} or any(tok_like(x, y) for y in ft if y not in PARTICLES)]
            if len(fam.split()) == 1 and len(hit) == 1:
                fam = hit[0]
            elif norm(fam) in norm(name):
                k = len(fam.split())
                for i in range(len(nt) - k + 1):
                    if norm(" ".join(nt[i:i + k])) == norm(fam):
                        fam = " ".join(nt[i:i + k])
        else:
            toks = [t for t in name.split() if t.lower() not in SUFFIX]
            if len(toks) >= 2 and (isos & KOREAN or isos & {"CHN", "TWN"} and len(toks[0]) <= 5):
                fam = toks[0]
            else:
                i = len(toks) - 1
                while i > 1 and toks[i - 1].lower() in {"van", "von", "der", "de", "da", "dos", "bin", "al", "el", "di", "della", "la", "del"}:
                    i -= 1
                fam = " ".join(toks[i:])
                if i == 0:
                    fam = toks[-1]
    al = []

    def put(x):
        x = re.sub(r"\s+", " ", x).strip(" ,")
        if x and x != name and x not in al and x not in fam.split("|"):
            al.append(x)
    if hand:
        for a in hand.get("aliases", "").split("|"):
            put(a)
    fam1 = fam.split("|")[0]
    extra_fam = [x for x in fam.split("|")]
    for f, s in forms:
        if s == "own":
            continue
        put(f.name)
        nm = f.name
        if f.nick and f.fam:
            put(f.nick + " " + f.fam)
        g = [t for t in f.given if not re.match(r"^[A-Z]\.?$", t)]
        if not hand and f.fam and len(f.given) > 1 and f.name.split()[0] == f.given[0] and not isos & GULF \
                and not any(re.match(r"^(?:[Aa]l|[Ee]l|Abd|Abdul|Abdel|Abu|bin|ibn|Ould|[A-Z]\.?$)", x) or x.lower() in PARTICLES for x in f.given):
            put(f.given[0] + " " + f.fam)
            if len(g) > 1 and len(g[-1]) > 2:
                put(g[-1] + " " + f.fam)
        if f.fam and norm(f.fam) != norm(fam1) and len(f.fam) > 2 and f.name.split()[0] != "":
            if f.fam not in extra_fam and s == "factbook" and not hand and not isos & GULF and tok_like(f.fam.replace(" ", ""), fam1.replace(" ", "")):
                extra_fam.append(f.fam)
    base = [name] + list(al)
    for x in base:
        fx = fold(x)
        if fx != x:
            put(fx)
    if isos & KOREAN and fam1 and name.startswith(fam1 + " "):
        for x in [name] + list(al):
            toks = x.split()
            if norm(toks[0]) != norm(fam1) or len(toks) < 2:
                continue
            g = re.split(r"[- ]", " ".join(toks[1:]))
            g = [y for y in g if y]
            if len(g) == 1:
                continue
            if len(g) == 2:
                a, b = g
                for v in (f"{toks[0]} {a}-{b.lower()}", f"{toks[0]} {a} {b.capitalize()}", f"{toks[0]} {a}-{b.capitalize()}", f"{toks[0]} {a}{b.lower()}",
                          f"{a}-{b.lower()} {toks[0]}"):
                    put(v)
    if "TWN" in isos and fam1 and name.startswith(fam1 + " ") and "-" in name:
        g = name.split()[1]
        put(f"{g} {fam1}")
        a, b = (g.split("-") + [""])[:2]
        put(f"{fam1} {a}-{b.capitalize()}")
        put(f"{fam1} {a} {b.capitalize()}")
    if "JPN" in isos and len(name.split()) == 2 and name.split()[1] == fam1:
        for x in [name] + [a for a in al if len(a.split()) == 2]:
            g, f_ = x.split()
            put(f"{f_} {g}")
        for x in list(al) + [name]:
            put(fold(x))
    if "HUN" in isos and len(name.split()) == 2:
        put(" ".join(reversed(name.split())))
    # bare article names: al-Sisi, el-Sisi, Sisi
    m = re.match(r"^(?:al|el|Al|El)[- ](.+)$", fam1)
    if m and m[1] not in extra_fam:
        extra_fam.append(m[1])
        put(re.sub(r"\b(?:al|Al)-(?=" + re.escape(m[1]) + ")", "el-", name))
        put(re.sub(r"\b(?:al|Al|el|El)[- ](?=" + re.escape(m[1]) + ")", "", name))
    ff = fold(fam1)
    if ff != fam1 and ff not in extra_fam:
        extra_fam.append(ff)
    seen, fams_out = set(), []
    for x in extra_fam:
        x = x.strip()
        if x and x not in seen:
            seen.add(x)
            fams_out.append(x)
    p.name, p.family = name, "|".join(fams_out)
    p.aliases = sorted({a for a in al if a not in seen and a != name}, key=lambda a: (fold(a).lower(), a))
    if not p.gender:
        for f, _ in forms:
            if f.gender:
                p.gender = f.gender


ORG_ID = {"UN": "un", "NATO": "nato", "EU": "eu", "EU.commission": "eu_commission", "EU.council": "eu_council", "EU.parliament": "eu_parliament",
          "UNHCR": "unhcr", "OHCHR": "un_ohchr", "WHO": "who", "IAEA": "iaea", "IMF": "imf", "WBG": "world_bank", "WTO": "wto", "OECD": "oecd",
          "ECB": "ecb", "ASEAN": "asean", "AU": "au_commission", "OAS": "oas", "LAS": "arab_league", "GCC": "gcc", "UNESCO": "unesco",
          "COMMONWEALTH": "commonwealth", "WFP": "wfp", "TCS": "tcs"}
SRC_NAME = {"factbook": "factbook", "reign": "reign", "eps": "wikidata", "pocom": "pocom", "own": "own", "ungdc": "ungdc", "visits": "visits"}


def head_of(iso, role, heads):
    return heads.get((iso, role), "")


def head_table(obs):
    """Which post is head of state and which head of government, by the first-named person of the latest text that has the post."""
    best = {}
    for o in obs:
        if not o["primary"] or o["q"] in ("elect", "designate"):
            continue
        if o["role"] in ("vice_president", "deputy_prime_minister", "governor_general"):
            continue
        k = (o["iso"], o["sec"])
        best.setdefault(k, {})
        best[k][o["role"]] = max(best[k].get(o["role"], ""), o["last"])
    out = {}
    isos = sorted({k[0] for k in best})
    for iso in isos:
        cur = {}
        for sec, lab in (("cos", "state"), ("hog", "government")):
            roles = best.get((iso, sec), {})
            if not roles:
                continue
            top = max(sorted(roles), key=lambda r: roles[r])
            cur[lab] = top
            for r in roles:
                cur.setdefault("_" + lab, set()).add(r)
        for r in set(cur.get("_state", ())) | set(cur.get("_government", ())):
            st = cur.get("state") == r
            go = cur.get("government") == r
            if not st and not go:                   # a post of the past: what it was then
                st = r in cur.get("_state", ())
                go = r in cur.get("_government", ())
                if r in ("prime_minister", "chancellor"):
                    st = False
            out[(iso, r)] = "both" if st and go else "state" if st else "government" if go else ""
    return out


HEAD_FIX = {("KOR", "president"): "both", ("KOR", "prime_minister"): "", ("IRN", "supreme_leader"): "state", ("IRN", "president"): "government",
            ("PRK", "prime_minister"): "government", ("SAU", "prime_minister"): "government", ("SAU", "monarch"): "state"}


def write_all(out, ts, reg, h_posts, cov, formal, obs, report):
    heads = head_table(obs)
    heads.update(HEAD_FIX)
    w = {}
    rows = []
    for p in report["n"]:
        rows.append([p.pid, p.name, p.family, "|".join(p.aliases), "|".join(p.native), p.gender, p.q,
                     "|".join(sorted({SRC_NAME.get(s, s) for s in p.sources}))])
    w["persons.tsv"] = (["id", "name", "family", "aliases", "native", "gender", "wikidata", "source"], rows)
    posts = {}
    for r in h_posts:
        posts[r["id"]] = [r["id"], r["state"], r["role"], r["title"], r["spoken"], r["head"], r["sector"], r["source"]]
    srcs = defaultdict(set)
    for t in ts:
        srcs[t.post] |= {SRC_NAME.get(s, s) for s in t.sources}
    for t in ts:
        if t.post in posts:
            continue
        if t.post in POST_EXTRA:
            title, spoken, sector, role = POST_EXTRA[t.post]
            role = role or t.role
        else:
            role = t.role
            if role.startswith("ambassador_to_"):
                to = role[len("ambassador_to_"):]
                title = f"Ambassador of {formal.get(t.iso, t.iso)} to {formal.get(to, to)}"
                spoken, sector = "Ambassador", "diplomatic"
            else:
                title = post_title(t.iso, role, formal)
                spoken = ROLE_SPOKEN.get(role, "")
                if role == "monarch":
                    spoken = MONARCH_SPOKEN.get(t.iso, spoken)
                if role == "prime_minister" and t.iso == "IRL":
                    spoken = "Taoiseach|Prime Minister|Premier|PM"
                if role == "president" and t.iso == "CHE":
                    spoken = "President|Federal President"
                if role == "chancellor":
                    spoken = "Chancellor|Federal Chancellor"
                sector = SECTOR.get(role, "head" if role in HEADS or role in SINGLE else "government")
        posts[t.post] = [t.post, t.iso, role, title, spoken, heads.get((t.iso, t.role), ""), sector, "|".join(sorted(srcs[t.post]))]
    for r in posts.values():
        r[1] = ORG_ID.get(r[1], r[1])
    w["posts.tsv"] = (["id", "state", "role", "title", "spoken", "head", "sector", "source"], [posts[k] for k in sorted(posts)])
    report["np"] = len(posts)
    rows = []
    for t in ts:
        if t.post in posts:
            rows.append([t.post, t.person.pid, t.start, t.end, t.q, t.basis, "|".join(sorted({SRC_NAME.get(s, s) for s in t.sources})), t.note])
    rows.sort(key=lambda r: (r[0], lo(r[2]) if r[2] else "", r[4] != "regular", r[1], r[3]))
    w["tenures.tsv"] = (["post", "person", "start", "end", "quality", "end_basis", "source", "note"], rows)
    w["coverage.tsv"] = (["post", "from", "to", "source"],
                         [[p, a, b, "|".join(sorted({SRC_NAME.get(x, x) for x in s.split("|") if x}))] for p, a, b, s in sorted(cov) if p in posts])
    for fn, (head, rows) in w.items():
        with open(os.path.join(out, fn), "w", encoding="utf-8", newline="\n") as f:
            f.write("\t".join(head) + "\n")
            for r in rows:
                f.write("\t".join(str(x).replace("\t", " ").replace("\n", " ") for x in r) + "\n")


if __name__ == "__main__":
    main(sys.argv)
