// Imported before any source: an older Node cannot read TypeScript, and would say so with a stack. Plain JavaScript, and old.

/** The sources need this Node or a newer one. */
const needed = [24, 11]

const found = process.versions.node.split('.').map(Number)
if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    `Assay needs Node ${needed.join('.')} or newer and this is ${process.versions.node}: ` +
      'get it from https://nodejs.org/en/download, or with `nvm install 24`, and try again.',
  )
  process.exit(1)
}
