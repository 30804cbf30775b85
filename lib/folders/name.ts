import { z } from 'zod'

export const folderName = z
  .string()
  .trim()
  .min(1, 'enter a name')
  .max(100, 'use at most 100 characters')
  .regex(/^[^\0/]*$/, 'a name holds no slash')
