import { Component, type ReactNode } from 'react'
import classes from './outputs.module.css'

type Props = {
  /** A new one is drawn anew. */
  output: unknown
  /** What to show instead, as text. */
  text: string
  children: ReactNode
}

/**
 * Keeps an output that cannot be drawn from taking the page along: a notebook that came as a file may hold bundles that
 * no kernel of ours made.
 */
export class OutputBoundary extends Component<Props, { broken: unknown }> {
  override state: { broken: unknown } = { broken: undefined }

  static getDerivedStateFromError = () => ({ broken: true })

  override componentDidUpdate(before: Props) {
    if (this.state.broken && before.output !== this.props.output) this.setState({ broken: undefined })
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <div>
        <p className={classes.note}>This output is not shaped as its kind says. It is shown as text.</p>
        <pre className={classes.plain}>{this.props.text}</pre>
      </div>
    )
  }
}
