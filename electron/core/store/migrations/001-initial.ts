/**
 * The first schema. Times and durations are REAL milliseconds, flags are 0 and 1, JSON is TEXT, and text that must come
 * back byte for byte (or could hold what UTF-8 cannot) is a packed BLOB: see packed-text.ts.
 */
export const initial = `
CREATE TABLE suite (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  document TEXT NOT NULL, -- JSON of the suite without its prompts
  n INTEGER NOT NULL,
  languages TEXT NOT NULL,
  distances TEXT NOT NULL,
  is_probe_pack INTEGER NOT NULL CHECK (is_probe_pack IN (0, 1)),
  source TEXT NOT NULL CHECK (source IN ('bundled', 'user', 'generated')),
  saved_at_ms REAL NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  written_text BLOB,
  written_format TEXT
) STRICT;
CREATE INDEX suite_by_name ON suite (name, saved_at_ms);

-- A row a prompt, so that one can be read without parsing a suite of 100 000.
CREATE TABLE prompt (
  id INTEGER PRIMARY KEY,
  suite_id INTEGER NOT NULL REFERENCES suite,
  position INTEGER NOT NULL,
  prompt_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (suite_id, position),
  UNIQUE (suite_id, prompt_id)
) STRICT;

CREATE TABLE variant (
  digest TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE file_digest (
  path TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the number of a deleted run is never given again.
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('planned', 'running', 'paused', 'cancelled', 'interrupted', 'done', 'failed')),
  created_at_ms REAL NOT NULL,
  started_at_ms REAL,
  finished_at_ms REAL,
  spec TEXT NOT NULL,
  plan TEXT NOT NULL,
  arms TEXT NOT NULL,
  samples INTEGER NOT NULL CHECK (samples > 0),
  is_probe_run INTEGER NOT NULL CHECK (is_probe_run IN (0, 1)),
  -- The cells of a run lie side by side, in schedule order: the whole run is one range of ids.
  first_cell INTEGER NOT NULL,
  last_cell INTEGER NOT NULL,
  error TEXT
) STRICT;

-- What changes every second while a run executes, apart from the run's long row.
CREATE TABLE execution (
  run_id INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
  active_ms REAL NOT NULL DEFAULT 0,
  owner TEXT,
  expires_at_ms REAL NOT NULL DEFAULT 0,
  wish TEXT CHECK (wish IN ('pause', 'cancel'))
) STRICT;

CREATE TABLE run_variant (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  position INTEGER NOT NULL,
  digest TEXT NOT NULL,
  role TEXT NOT NULL,
  body TEXT NOT NULL, -- JSON of the RunVariant as it was planned
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_variant_by_digest ON run_variant (digest);

-- A text as it was sent, once for all variants.
CREATE TABLE rendered (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE run_prompt (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  position INTEGER NOT NULL,
  prompt_id INTEGER NOT NULL REFERENCES prompt,
  name_rank INTEGER NOT NULL, -- place by prompt id as people sort: p2 before p10
  rendered_id INTEGER REFERENCES rendered,
  rendered_by TEXT,
  template_hash TEXT,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_prompt_by_rendered ON run_prompt (rendered_id) WHERE rendered_id IS NOT NULL;

-- What lists, filters and statistics read: one light row a cell. 'running' is known to the executor only.
CREATE TABLE cell (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  variant_index INTEGER NOT NULL,
  arm TEXT NOT NULL,
  sample INTEGER NOT NULL,
  prompt_index INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'error')),
  think_state TEXT,
  end_reason TEXT,
  error_code TEXT,
  graded INTEGER NOT NULL DEFAULT 0 CHECK (graded IN (0, 1)),
  correct INTEGER CHECK (correct IN (0, 1)),
  outcome TEXT,
  needs_review INTEGER NOT NULL DEFAULT 0 CHECK (needs_review IN (0, 1)),
  prompt_tokens INTEGER,
  tokens INTEGER,
  thinking_tokens INTEGER,
  first_token_ms REAL,
  generate_ms REAL,
  total_ms REAL,
  raw_hash TEXT,
  -- Labels up to this id belong to a text that has been replaced since.
  labels_after INTEGER NOT NULL DEFAULT 0,
  UNIQUE (run_id, variant_index, arm, sample, prompt_index)
) STRICT;
CREATE INDEX cell_by_state ON cell (run_id, state);
CREATE INDEX cell_to_review ON cell (needs_review) WHERE needs_review = 1;

CREATE TABLE fingerprint (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE generation (
  cell_id INTEGER PRIMARY KEY REFERENCES cell ON DELETE CASCADE,
  fingerprint_id INTEGER NOT NULL REFERENCES fingerprint,
  rendered_id INTEGER REFERENCES rendered,
  think_state TEXT NOT NULL,
  thinking_start INTEGER NOT NULL,
  thinking_end INTEGER NOT NULL,
  answer_start INTEGER NOT NULL,
  answer_end INTEGER NOT NULL,
  split_version TEXT NOT NULL,
  end_reason TEXT NOT NULL,
  prompt_tokens INTEGER,
  output_tokens INTEGER,
  first_token_ms REAL,
  prompt_ms REAL,
  generate_ms REAL,
  total_ms REAL NOT NULL,
  seed INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  logprobs_missing INTEGER,
  started_at_ms REAL NOT NULL,
  grade TEXT,
  error TEXT,
  raw BLOB NOT NULL
) STRICT;
CREATE INDEX generation_by_rendered ON generation (rendered_id) WHERE rendered_id IS NOT NULL;

CREATE TABLE token_list (
  cell_id INTEGER PRIMARY KEY REFERENCES generation ON DELETE CASCADE,
  body BLOB NOT NULL -- see token-blob.ts
) STRICT;

-- Words as words.ts makes them, with a space between: the tokenizer has nothing left to decide.
CREATE VIRTUAL TABLE trace_index USING fts5(
  thinking, answer, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE TRIGGER generation_leaves_index AFTER DELETE ON generation BEGIN
  DELETE FROM trace_index WHERE rowid = old.cell_id;
END;

CREATE TABLE label_record (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cell_id INTEGER NOT NULL REFERENCES cell ON DELETE CASCADE,
  outcome TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('rules', 'judge', 'person')),
  author TEXT NOT NULL,
  reason TEXT,
  judgement TEXT,
  at_ms REAL NOT NULL
) STRICT;
CREATE INDEX label_record_by_cell ON label_record (cell_id, id);

-- Append-only. A line goes only with its cell: the cascade comes when the cell is gone already.
CREATE TRIGGER label_record_is_not_changed BEFORE UPDATE ON label_record BEGIN
  SELECT RAISE(ABORT, 'Labels are never changed');
END;
CREATE TRIGGER label_record_is_not_removed BEFORE DELETE ON label_record
  WHEN EXISTS (SELECT 1 FROM cell WHERE id = old.cell_id) BEGIN
  SELECT RAISE(ABORT, 'Labels are never removed while their run exists');
END;
-- INSERT OR REPLACE removes without asking the trigger above.
CREATE TRIGGER label_record_is_not_replaced BEFORE INSERT ON label_record
  WHEN EXISTS (SELECT 1 FROM label_record WHERE id = new.id) BEGIN
  SELECT RAISE(ABORT, 'Labels are never replaced');
END;
`
