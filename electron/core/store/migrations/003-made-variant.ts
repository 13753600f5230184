/** What Assay made, and what from: a variant made of another is of its family, whatever its tag is called. */
export const madeVariant = `
CREATE TABLE made_variant (
  weights_digest TEXT PRIMARY KEY,
  from_digest TEXT NOT NULL,
  source TEXT NOT NULL,  -- id of the variant that it was made from, as it was called then
  family TEXT NOT NULL,
  same_tensors INTEGER NOT NULL CHECK (same_tensors IN (0, 1))
) STRICT, WITHOUT ROWID;
`
