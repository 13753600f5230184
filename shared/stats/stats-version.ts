/** Version of everything in shared/stats. Raised whenever a figure could come out differently from the same cells. */
export const statsVersion = 'stats-3'
