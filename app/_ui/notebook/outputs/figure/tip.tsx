import type { FigureTips } from '../../../../../lib/protocol/figure'
import classes from './figure.module.css'
import type { Pointed } from './nearest'

type Props = {
  tips: FigureTips
  at: Pointed
  /** Pixels of the page per pixel of the figure. */
  scale: number
  /** Where the pointer is in what is seen of the figure: the tip goes to the other side. */
  isRight: boolean
  isLow: boolean
}

/** What is told of the point under the pointer, beside it. */
export function Tip({ tips, at, scale, isRight, isLow }: Props) {
  const mark = tips.marks[at.mark]
  if (!mark) return null
  const i = at.point
  const [x, y] = [mark.x[i]! * scale, mark.y[i]! * scale]
  const [width, height] = [(mark.width?.[i] ?? 0) * scale, (mark.height?.[i] ?? 0) * scale]
  const hasSize = width > 0 || height > 0
  return (
    <>
      <span
        className={hasSize ? classes.outline : classes.ring}
        style={hasSize ? { left: x - width / 2, top: y - height / 2, width, height } : { left: x, top: y }}
      />
      <div
        className={classes.tip}
        role="tooltip"
        data-testid="tip"
        style={{
          left: x,
          top: y,
          translate: `${isRight ? 'calc(-100% - 10px)' : '10px'} ${isLow ? 'calc(-100% - 8px)' : '8px'}`,
        }}
      >
        {mark.lines.map(({ label, texts, colors }) =>
          texts[i] == null ? null : (
            <div key={label}>
              {label && <b>{label}</b>} <span>{texts[i]}</span>
              {colors?.[i] && <i style={{ backgroundColor: colors[i] }} />}
            </div>
          ),
        )}
      </div>
    </>
  )
}
