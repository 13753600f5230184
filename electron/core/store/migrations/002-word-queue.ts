/** Cells whose words are not in the full-text index yet: see word-index.ts. */
export const wordQueue = `
CREATE TABLE word_queue (
  cell_id INTEGER PRIMARY KEY REFERENCES generation ON DELETE CASCADE
) STRICT;
`
