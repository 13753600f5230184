import type { Command } from 'commander'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { exitCodes } from '../exit-codes.ts'
import { renderDoctor } from '../render/doctor.ts'
import { jsonText } from '../render/plain-text.ts'

export function addDoctor(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('doctor')
    .description('what was found on this machine, what is missing, and how to get it')
    .addHelpText('after', () =>
      examples(prefix, [
        ['doctor', 'exit code 1 when something is broken'],
        ['doctor --json', 'to send along with a report of a bug'],
      ]),
    )
    .action(act(doctor))
}

const doctor: Verb<object, readonly []> = async ({ terminal, json, lab, interrupts }) => {
  const report = await (await lab())['lab.doctor']({}, { signal: interrupts.signal })
  await terminal.print(json ? jsonText(report, 2) : renderDoctor(report, terminal.style))
  const broken = report.findings.some(({ state }) => state === 'broken')
  return broken ? exitCodes.failure : exitCodes.ok
}
