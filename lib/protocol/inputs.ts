import { z } from 'zod'
import { uploadBytes } from './limits'

/** Inputs: controls that a cell shows, each the value of one of its variables. */

/** A control, as a page draws it. What a page sends and the kernel keeps is its `value`, as JSON. */
export type InputControl =
  /** `value`: a number. */
  | { kind: 'slider'; min: number; max: number; step: number }
  /** `value`: a number. */
  | { kind: 'number'; min?: number; max?: number; step?: number }
  /** `value`: a string. */
  | { kind: 'text'; placeholder?: string; multiline: boolean }
  /** `value`: the place of the option, or the places of all that are chosen. */
  | { kind: 'select'; options: string[]; multiple: boolean }
  /** `value`: a boolean. */
  | { kind: 'checkbox' }
  /** `value`: `YYYY-MM-DD`. */
  | { kind: 'date'; min?: string; max?: string }
  /** `value`: the uploaded files. */
  | { kind: 'file'; accept?: string; multiple: boolean }
  /** `value`: the picked rows, by their place. Only the first rows are sent. */
  | { kind: 'table'; rows: number; columns: string[]; head: TableCell[][]; multiple: boolean }
  /** `value`: how often it was pressed. */
  | { kind: 'button' }

export type TableCell = string | number | boolean | null

/** A file in the notebook's folder, relative to it. */
export type UploadedFile = { path: string; size: number }

/** What an input's bundle holds. */
export type InputOutput = {
  /** The variable. */
  name: string
  label: string
  /** Stands for the control and its first value: a change that was meant for another one is dropped. */
  definition: string
  control: InputControl
  value: z.core.util.JSONType
  /** Of the change that gave the value. */
  stamp?: string
}

export const inputChange = z.object({
  cellId: z.string().regex(/^[0-9a-z]{1,64}$/),
  name: z.string().min(1).max(200),
  definition: z.string().max(64),
  value: z.json().refine((value) => JSON.stringify(value).length <= 1_000_000, 'larger than 1 MB'),
  /** Made by the page: it knows its own changes by it. */
  stamp: z.string().max(64),
})
/** Someone moved an input. */
export type InputChange = z.infer<typeof inputChange>

/** A part of a file that someone chose in an input. */
export const uploadPart = inputChange.omit({ value: true, stamp: true }).extend({
  file: z.string().min(1).max(255),
  offset: z.int().min(0).max(uploadBytes),
  /** Base64. */
  data: z.string().max(2_000_000),
  last: z.boolean(),
})
export type UploadPart = z.infer<typeof uploadPart>
