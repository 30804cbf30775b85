import { runInNewContext } from 'node:vm'

/** Those of Node and the web platform that a model child has too; JavaScript's own are asked of a new context. */
const platform = `AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy CompressionStream
CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DecompressionStream Event EventTarget File FormData Headers
MessageChannel MessageEvent MessagePort Performance PerformanceEntry PerformanceObserver ReadableStream Request Response
SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream TransformStream URL URLSearchParams WebAssembly
WritableStream atob btoa clearImmediate clearInterval clearTimeout console crypto fetch global navigator performance process
queueMicrotask setImmediate setInterval setTimeout structuredClone`

let names: Set<string> | undefined

/** Whether a global is there in a fresh process too, or is one that somebody put on `globalThis`. */
export function isStandardGlobal(name: string): boolean {
  names ??= new Set([
    ...platform.split(/\s+/),
    ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]),
  ])
  return names.has(name)
}
