/** How many prompts of a suite have a grader: only these can show a loss of accuracy. */
export const gradedPrompts = `
ALTER TABLE suite ADD COLUMN graded INTEGER NOT NULL DEFAULT 0;
UPDATE suite SET graded = (
  SELECT count(*) FROM prompt WHERE suite_id = suite.id AND json_type(body, '$.grader') IS NOT NULL
);
`
