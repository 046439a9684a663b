-- Schema 1, the first. README.md tells what each table and column is for. Released schemas are never edited: the next one
-- goes to 2.sql.

-- A document's raw bytes, once.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    raw BLOB NOT NULL,
    learnt TEXT NOT NULL
);

-- Where those bytes were met, and what the user said of them then.
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    told TEXT NOT NULL,
    precedence TEXT NOT NULL,
    origin TEXT,
    learnt TEXT NOT NULL,
    UNIQUE (document, source, told)
);
CREATE INDEX sighting_at_source ON sighting (source);

-- Canonical texts, to which all spans refer.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    body BLOB,
    words INTEGER NOT NULL,
    UNIQUE (document, hash)
);

-- What one version of the reader made of one document.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    sighting INTEGER NOT NULL REFERENCES sighting (id),
    text INTEGER NOT NULL REFERENCES text (id),
    version TEXT NOT NULL,
    made TEXT NOT NULL,
    superseded TEXT,
    title TEXT,
    published TEXT,
    publisher TEXT,
    language TEXT,
    address TEXT,
    words INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    wire TEXT
);
CREATE INDEX reading_of_document ON reading (document, superseded);
CREATE INDEX reading_of_text ON reading (text);
CREATE INDEX reading_in_view ON reading (superseded, published, made, text, words);
CREATE INDEX reading_at_address ON reading (address, document) WHERE address IS NOT NULL;

-- The reading itself, as JSON.
CREATE TABLE record (
    reading INTEGER PRIMARY KEY REFERENCES reading (id),
    record BLOB NOT NULL,
    plover BLOB NOT NULL,
    reports BLOB NOT NULL
);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading (id),
    n INTEGER NOT NULL,
    sorted TEXT NOT NULL,
    day TEXT,
    until TEXT,
    precision TEXT,
    act TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    flat TEXT,
    flat_mode TEXT,
    stances TEXT NOT NULL,
    subjects TEXT NOT NULL,
    place TEXT,
    place_state TEXT,
    sentence_n INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    sentence_start INTEGER NOT NULL,
    quote TEXT NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    confidence REAL NOT NULL,
    corrected INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_of_reading ON event (reading, n);
CREATE INDEX event_by_day ON event (sorted);
CREATE INDEX event_by_act ON event (act, sorted);
CREATE INDEX event_by_status ON event (status, sorted);

-- Those who take part in events or speak of them, each once.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    sector TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (name, code, sector)
);

CREATE TABLE party (
    event INTEGER NOT NULL REFERENCES event (id),
    part TEXT NOT NULL,
    n INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor (id),
    PRIMARY KEY (event, part, n)
) WITHOUT ROWID;
CREATE INDEX party_of_actor ON party (actor, event);

-- Which events which codes, alone (b = '') and in pairs (a < b), have a part in: what --actor and --with ask.
CREATE TABLE dyad (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    sorted TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (id),
    PRIMARY KEY (a, b, sorted, event)
) WITHOUT ROWID;

CREATE TABLE encounter (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading (id),
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rank TEXT,
    stage TEXT NOT NULL,
    day TEXT,
    until TEXT,
    precision TEXT,
    parties TEXT NOT NULL,
    place TEXT,
    quote TEXT NOT NULL
);
CREATE INDEX encounter_of_reading ON encounter (reading, n);

CREATE TABLE doubt (
    id INTEGER PRIMARY KEY,
    reading INTEGER NOT NULL REFERENCES reading (id),
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    sentence_n INTEGER,
    source TEXT
);
CREATE INDEX doubt_of_reading ON doubt (reading, n);

-- What persons say against readings; they hold for every later reading of the document, too.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    quote TEXT NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    act TEXT NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('status', 'act', 'mode', 'rejected')),
    value TEXT,
    author TEXT NOT NULL,
    note TEXT,
    made TEXT NOT NULL,
    withdrawn TEXT
);
CREATE INDEX correction_of_document ON correction (document);

-- Near duplicates: the bands by which they are found, and the pairs that were found.
CREATE TABLE band (
    band INTEGER NOT NULL,
    text INTEGER NOT NULL REFERENCES text (id),
    PRIMARY KEY (band, text)
) WITHOUT ROWID;

CREATE TABLE likeness (
    a INTEGER NOT NULL REFERENCES text (id),
    b INTEGER NOT NULL REFERENCES text (id),
    share REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

-- The full-text index, a row a text. Its words are prepared by the program (words.rs): Chinese, Japanese and Korean as pairs.
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE word_place USING fts5vocab (words, instance);

-- Sources that are asked again and again. `state` changes together with the documents that it speaks of; `revision` counts
-- its changes, so that two processes never take one for another.
CREATE TABLE follow (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    added TEXT NOT NULL,
    polled TEXT,
    removed TEXT
);

-- What other programs say happened, apart from what was read here.
CREATE TABLE foreign_event (
    id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    added TEXT,
    actor_code TEXT,
    actor_name TEXT,
    actor_country TEXT,
    recipient_code TEXT,
    recipient_name TEXT,
    recipient_country TEXT,
    cameo TEXT NOT NULL,
    plover TEXT,
    plover_mode TEXT,
    quad INTEGER,
    goldstein REAL,
    mentions INTEGER,
    articles INTEGER,
    tone REAL,
    place TEXT,
    place_fips TEXT,
    article TEXT,
    doubts TEXT NOT NULL,
    row TEXT NOT NULL,
    row_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    line INTEGER NOT NULL,
    learnt TEXT NOT NULL,
    UNIQUE (dataset, number, row_hash)
);
CREATE INDEX foreign_event_by_day ON foreign_event (day);

-- Which articles speak of which foreign events.
CREATE TABLE foreign_mention (
    id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    event INTEGER NOT NULL,
    mentioned TEXT NOT NULL,
    outlet TEXT,
    article TEXT NOT NULL,
    sentence INTEGER,
    confidence INTEGER,
    doubts TEXT NOT NULL,
    row TEXT NOT NULL,
    row_hash TEXT NOT NULL,
    source TEXT NOT NULL,
    line INTEGER NOT NULL,
    learnt TEXT NOT NULL,
    UNIQUE (dataset, event, row_hash)
);
