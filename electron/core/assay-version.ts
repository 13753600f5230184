/** Kept equal to package.json by a test: the bundle does not carry that file. */
export const assayVersion = '0.1.0'
