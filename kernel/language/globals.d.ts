// What cells see beside Node's globals: the types of the DOM that declarations of packages speak of, without its
// variables, since a kernel has no `document`.

interface Node {
  readonly nodeName: string
  textContent: string | null
}
interface Element extends Node {
  readonly tagName: string
  id: string
  innerHTML: string
  readonly outerHTML: string
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  append(...nodes: (Node | string)[]): void
  querySelector(selectors: string): Element | null
  querySelectorAll(selectors: string): Iterable<Element>
}
interface HTMLElement extends Element {
  title: string
}
interface SVGElement extends Element {
  readonly ownerSVGElement: SVGSVGElement | null
}
interface SVGSVGElement extends SVGElement {}
interface ImageData {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}
