/** What a run's results can be taken along as. */
export const reportFormats = ['html', 'markdown', 'csv', 'jsonl', 'junit', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]
