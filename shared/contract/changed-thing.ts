/** What a page may show and another page may have changed. */
export type ChangedThing = 'settings' | 'suites' | 'variants' | 'runs' | 'labels' | 'store'
