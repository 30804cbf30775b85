import protobuf from 'protobufjs/light.js'
import descriptors from './descriptors.json'

const root = protobuf.Root.fromJSON(descriptors as protobuf.INamespace)

/** A message of Spark Connect as plain data, its fields named as in Spark's `.proto` files. */
export type Message = { [field: string]: unknown }

/** Writes a message; throws with the field that does not fit. */
export function encode(type: string, message: Message): Buffer {
  const writer = root.lookupType(`spark.connect.${type}`)
  return Buffer.from(writer.encode(writer.fromObject(message)).finish())
}

/** Reads a message: enums by name, 64-bit numbers as numbers, only the fields that were sent. */
export function decode<Fields>(type: string, bytes: Uint8Array): Fields {
  const reader = root.lookupType(`spark.connect.${type}`)
  return reader.toObject(reader.decode(bytes), { enums: String, longs: Number }) as Fields
}
