import { hash } from 'node:crypto'
import { digest, type Digest } from '#shared/domain/ids.ts'

/** SHA-256 of a text's UTF-8 bytes. */
export const hashText = (text: string): Digest => digest(hash('sha256', text, 'hex'))
