import type { FigureTips } from '../../../../../lib/protocol/figure'
import classes from './figure.module.css'
import type { Pointed } from './nearest'

/** What is told of the point under the pointer, beside it. `scale`: pixels of the page per pixel of the figure. */
export function Tip({ tips, at, scale }: { tips: FigureTips; at: Pointed; scale: number }) {
  const mark = tips.marks[at.mark]
  if (!mark) return null
  const i = at.point
  const [x, y] = [mark.x[i]! * scale, mark.y[i]! * scale]
  const [width, height] = [(mark.width?.[i] ?? 0) * scale, (mark.height?.[i] ?? 0) * scale]
  const isRight = mark.x[i]! > tips.width * 0.6
  const isLow = mark.y[i]! > tips.height * 0.5
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
              {colors?.[i] && <i style={{ background: colors[i] }} />}
            </div>
          ),
        )}
      </div>
    </>
  )
}
