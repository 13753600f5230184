import * as z from 'zod'
import { runDefaultsSchema } from '../domain/run-defaults.ts'

/** What of the settings is to be another way; the rest stays. */
export const settingsPatchSchema = z.strictObject({
  endpoints: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a name of small letters, digits and -, with a letter first'),
        kind: z.literal('ollama'),
        url: z.url({ protocol: /^https?$/ }),
      }),
    )
    .max(20)
    .optional(),
  modelFolders: z.array(z.string()).max(50).optional(),
  builtinThreads: z.int().min(1).max(256).optional(),
  reviewer: z.string().max(100).optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
  runDefaults: runDefaultsSchema.optional(),
  answers: z.enum(['formatted', 'written']).optional(),
  hiddenColumns: z.record(z.string().max(60), z.array(z.string().max(100)).max(100)).optional(),
})
