import { useView } from './context'

/** Gives each visitor's cursor and selection their colour; y-monaco names them by client. */
export function VisitorStyles() {
  const visitors = useView((view) => view.visitors)
  const rules = visitors.flatMap(({ clients, color }) =>
    clients.map(
      (client) => `.yRemoteSelection-${client},.yRemoteSelectionHead-${client}{--visitor:${color}}`,
    ),
  )
  return <style>{rules.join('\n')}</style>
}
