import { Textarea } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../../../_ui/api'
import { NameDialog } from '../../../_ui/name-dialog'

type Props = { dataset: string; description: string; onClose: () => void }

/** Gives a data set another name or description. */
export function DescribeDialog({ dataset, description, onClose }: Props) {
  const router = useRouter()
  const [text, setText] = useState(description)
  return (
    <NameDialog
      title="Rename and describe"
      label="Name"
      description={`Notebooks that read dataset('${dataset}') need the new name, too.`}
      value={dataset}
      maxLength={63}
      missing="type a name"
      submit="Save"
      onSubmit={async (name) => {
        await api('PATCH', `/api/datasets/${dataset}`, { name, description: text })
        onClose()
        if (name !== dataset) router.replace(`/data/${name}`)
        else router.refresh()
      }}
      onClose={onClose}
    >
      <Textarea
        mt="sm"
        label="Description"
        placeholder="Where it comes from, and what a row is"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </NameDialog>
  )
}
