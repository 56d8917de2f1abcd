CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- The pack the desk reads against, as it came.
CREATE TABLE packs (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, sha256 TEXT NOT NULL,
  toml TEXT NOT NULL, geojson TEXT, since TEXT NOT NULL
);

-- What ledger entries concern, in canonical form.
CREATE TABLE payloads (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY, at TEXT, who TEXT NOT NULL, what TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL
);
CREATE INDEX ledger_subject ON ledger (subject, seq);
CREATE INDEX ledger_at ON ledger (at);
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER payloads_no_update BEFORE UPDATE ON payloads BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER payloads_no_delete BEFORE DELETE ON payloads BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- Reports, byte for byte.
CREATE TABLE sources (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);

CREATE TABLE articles (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL REFERENCES sources (sha256),
  path TEXT NOT NULL, outlet TEXT, url TEXT, address TEXT, title TEXT, language TEXT,
  published TEXT, day TEXT, basis TEXT NOT NULL, received TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1, is_current INTEGER NOT NULL DEFAULT 1, retracted TEXT,
  engine TEXT, read_for TEXT, sentences INTEGER NOT NULL DEFAULT 0,
  payload_sha256 TEXT NOT NULL REFERENCES payloads (sha256), dated TEXT, actors TEXT, problems TEXT
);
CREATE INDEX articles_address ON articles (address);
CREATE INDEX articles_day ON articles (day, n);
CREATE INDEX articles_outlet ON articles (outlet, day) WHERE is_current = 1 AND retracted IS NULL;
CREATE INDEX articles_counted ON articles (n) WHERE is_current = 1 AND retracted IS NULL;
CREATE INDEX articles_unread ON articles (n) WHERE engine IS NULL;

CREATE TABLE statements (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, article TEXT NOT NULL REFERENCES articles (id),
  actor TEXT, mode TEXT NOT NULL, day TEXT, json TEXT NOT NULL
);
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_actor ON statements (actor, day, n);
CREATE INDEX statements_id ON statements (id);
CREATE INDEX statements_day ON statements (day, n);

CREATE TABLE claims (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL REFERENCES articles (id),
  engine TEXT NOT NULL, offered INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL DEFAULT 'proposed', decided_by TEXT, decided_at TEXT, decided_seq INTEGER,
  stance TEXT NOT NULL, claimant TEXT, side TEXT, accused TEXT, kind TEXT, day TEXT,
  json TEXT NOT NULL, eff TEXT
);
CREATE INDEX claims_article ON claims (article);
CREATE INDEX claims_queue ON claims (n) WHERE state = 'proposed' AND offered = 1;
CREATE INDEX claims_state ON claims (state);
CREATE INDEX claims_kind ON claims (kind, n);
CREATE INDEX claims_claimant ON claims (claimant, n);
CREATE INDEX claims_accused ON claims (accused, n);
CREATE INDEX claims_cell ON claims (side, kind, stance) WHERE eff IS NOT NULL;

-- What two coders hold of the same claims; settles nothing.
CREATE TABLE codings (
  claim TEXT NOT NULL REFERENCES claims (id), coder TEXT NOT NULL, verdict TEXT NOT NULL,
  json TEXT, at TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (claim, coder)
);

-- What follows from the rest; made anew after every change.
CREATE TABLE incidents (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT, accused TEXT, standing TEXT NOT NULL,
  day TEXT, weight INTEGER NOT NULL, conflicts INTEGER NOT NULL, json TEXT NOT NULL
);
CREATE INDEX incidents_day ON incidents (day, n);
CREATE INDEX incidents_weight ON incidents (weight, n);
CREATE INDEX incidents_span ON incidents (day, weight);
CREATE INDEX incidents_conflicts ON incidents (day, n) WHERE conflicts > 0;
CREATE TABLE incident_claims (incident TEXT NOT NULL, claim TEXT NOT NULL, role TEXT NOT NULL);
CREATE INDEX incident_claims_i ON incident_claims (incident);
CREATE INDEX incident_claims_c ON incident_claims (claim);
-- Where an incident that was joined otherwise since can be found.
CREATE TABLE incidents_before (id TEXT PRIMARY KEY, claim TEXT NOT NULL);
CREATE TABLE findings (n INTEGER PRIMARY KEY, provision TEXT NOT NULL, period TEXT, finding TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX findings_provision ON findings (provision);
CREATE TABLE lineages (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL, json TEXT NOT NULL);
CREATE TABLE lineage_articles (lineage TEXT NOT NULL, article TEXT NOT NULL);
CREATE INDEX lineage_articles_l ON lineage_articles (lineage);
CREATE INDEX lineage_articles_a ON lineage_articles (article);
CREATE TABLE reuse (n INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX reuse_a ON reuse (a, b);
CREATE INDEX reuse_b ON reuse (b);
CREATE INDEX reuse_kind ON reuse (kind);
CREATE TABLE problems (n INTEGER PRIMARY KEY, article TEXT, stage TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE actors (id TEXT PRIMARY KEY, kind TEXT NOT NULL, side TEXT, name TEXT NOT NULL, json TEXT NOT NULL);
-- What changed from one assessment to the next.
CREATE TABLE changes (
  n INTEGER PRIMARY KEY, generation INTEGER NOT NULL, at TEXT NOT NULL, what TEXT NOT NULL, id TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX changes_at ON changes (at);

-- Reliability and credibility, set by people.
CREATE TABLE ratings (incident TEXT PRIMARY KEY, code TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, seq INTEGER NOT NULL);

-- Names that no output shows. The ledger has the reasons, not the names.
CREATE TABLE masks (id TEXT PRIMARY KEY, name TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, lifted TEXT);

CREATE TABLE people (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, made TEXT NOT NULL, disabled TEXT, seen INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sessions (
  token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), csrf TEXT NOT NULL, expires INTEGER NOT NULL
);
CREATE TABLE invitations (token TEXT PRIMARY KEY, role TEXT NOT NULL, expires INTEGER NOT NULL, made_by TEXT NOT NULL);
CREATE TABLE tokens (
  token TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), label TEXT NOT NULL, made TEXT NOT NULL, revoked TEXT
);
CREATE TABLE audit (n INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, address TEXT);

CREATE TABLE search_rows (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, article TEXT NOT NULL,
  outlet TEXT, day TEXT, actor TEXT, stance TEXT, topic TEXT
);
CREATE INDEX search_rows_article ON search_rows (article, kind);
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
