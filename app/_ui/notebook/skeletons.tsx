import { Skeleton } from '@mantine/core'
import bar from './top-bar.module.css'

/** What stands in place of the cells, and of the page while `title` is all that is known. */
export function Skeletons({ title }: { title?: string }) {
  const cells = [96, 180, 240].map((height) => (
    <Skeleton key={height} height={height} radius="lg" ml={52} mb={24} w="auto" />
  ))
  if (title === undefined) return <div aria-hidden="true">{cells}</div>
  return (
    <>
      <header className={bar.bar}>
        <h1 className={bar.heading}>{title}</h1>
      </header>
      <div style={{ maxWidth: 1032, margin: '0 auto', padding: '20px 40px 0 16px' }} aria-hidden="true">
        {cells}
      </div>
    </>
  )
}
