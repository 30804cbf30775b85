/** A value as JSON carries it: dates are ISO text. */
export type Wire<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Wire<Item>[]
    : unknown extends T
      ? unknown
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T

/** What a browser would get of it from an API route; pages and routes then share their types. */
export const wire = <T>(value: T): Wire<T> => JSON.parse(JSON.stringify(value)) as Wire<T>
