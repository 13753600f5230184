import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'

/** Memory of the machine that the lab runs on; 0 until it is known. */
export const useMachineBytes = (): number => dataOf(useLab('lab.info', {}))?.memory.totalBytes ?? 0
