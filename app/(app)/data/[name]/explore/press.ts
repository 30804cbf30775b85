/** Lets the shapes of the mark with this class be pressed; what a pointer does here, the figure's table does for keys. */
export function pressShapes(
  drawn: Element,
  mark: string,
  press: (index: number, adding: boolean) => void,
): Element {
  for (const [index, shape] of drawn.querySelectorAll(`.${mark} > *`).entries()) {
    const target = shape as SVGElement
    target.style.cursor = 'pointer'
    // Plot would hold its tip there, below the pointer, and the press would be the tip's.
    target.addEventListener('pointerdown', (event) => event.stopPropagation())
    target.addEventListener('click', (event) =>
      press(index, event.shiftKey || event.metaKey || event.ctrlKey),
    )
  }
  return drawn
}
