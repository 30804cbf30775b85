import { palette, plotStyle } from '../../../../_ui/plot-figure'

/** What the page's figures have in common. */
export const style = { ...plotStyle, overflow: 'visible' }
export const fill = palette[0]!
/** Rows that a filter leaves out. */
export const pale = 'var(--cellar-border)'
/** Of the categories without a colour of their own, and of missing values. */
export const otherColour = '#9498a0'
export const tip = { fill: 'var(--cellar-surface)', stroke: 'var(--cellar-border)', fontSize: 11 }

/** `1.5K` */
export const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** As much of a name as fits. */
export const short = (text: string, most = 18) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
