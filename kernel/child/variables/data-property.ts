import { types } from 'node:util'

/**
 * The value of a data property, own or inherited; undefined for an accessor or on a proxy, where reading would run code of
 * the person.
 */
export function dataProperty(value: object, key: PropertyKey): unknown {
  for (let at: object | null = value; at !== null && !types.isProxy(at); at = Object.getPrototypeOf(at)) {
    const property = Object.getOwnPropertyDescriptor(at, key)
    if (property) return property.value
  }
  return undefined
}

/** The name of an object's class; undefined for a plain object. */
export function className(value: object): string | undefined {
  const prototype: object | null = types.isProxy(value) ? null : Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return undefined
  const maker = dataProperty(prototype, 'constructor')
  const name = typeof maker === 'function' ? dataProperty(maker, 'name') : undefined
  return typeof name === 'string' && name !== '' ? name : undefined
}
