import { ActionIcon, Button, PasswordInput, Select, TextInput, Tooltip } from '@mantine/core'
import { IconCode, IconKey, IconPencil, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import {
  type SecretScope,
  type SecretSummary,
  secretName,
  secretValue,
} from '../../../../lib/protocol/secrets'
import { api } from '../../api'
import { sayFailure } from '../../notices'
import { undoable } from '../../undoable'
import type { Actions } from '../actions'
import { useSession, useView } from '../context'
import { mayEdit } from '../view'
import parts from './parts.module.css'
import classes from './secrets.module.css'

type Secret = Pick<SecretSummary, 'name' | 'scope' | 'updatedBy'>

/** Names of values that cells may use and nobody may read: add, replace, delete, and the code that asks for one. */
export function Secrets({ actions }: { actions: Actions }) {
  const { notebookId } = useSession()
  const editable = useView(mayEdit)
  const path = `/api/notebooks/${notebookId}/secrets`
  const [secrets, setSecrets] = useState<Secret[]>()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [replaced, setReplaced] = useState<Secret>()
  const load = useCallback(
    () =>
      api<{ secrets: Secret[] }>('GET', path).then(
        (answer) => setSecrets(answer.secrets),
        (error) => sayFailure('The secrets were not listed', error),
      ),
    [path],
  )
  useEffect(() => {
    if (editable) void load()
  }, [editable, load])

  if (!editable) return <p className={parts.hint}>Only people who may edit the notebook see its secrets.</p>

  function remove(secret: Secret) {
    const key = keyOf(secret)
    const show = () => setHidden((now) => new Set([...now].filter((each) => each !== key)))
    setHidden((now) => new Set([...now, key]))
    const act = () =>
      api('DELETE', `${path}/${secret.name}?scope=${secret.scope}`)
        .catch((error) => sayFailure(`${secret.name} was not deleted`, error))
        .then(load)
        .finally(show)
    undoable(`${secret.name} is deleted.`, () => void act(), show)
  }

  const shown = (secrets ?? []).filter((secret) => !hidden.has(keyOf(secret)))
  return (
    <div className={classes.panel}>
      <SecretForm key={replaced && keyOf(replaced)} path={path} replaced={replaced} onDone={done} />
      {secrets && shown.length === 0 && (
        <p className={parts.hint}>
          A key for a service, a password: cells ask for it by name, <code>await secret('API_KEY')</code>, and
          it is taken out of everything that they show or print.
        </p>
      )}
      {(['notebook', 'workspace'] as const).map((scope) => (
        <Group
          key={scope}
          title={scopes[scope]}
          secrets={shown.filter((secret) => secret.scope === scope)}
          onInsert={({ name }) => actions.insertCode(codeOf(name))}
          onReplace={setReplaced}
          onRemove={remove}
        />
      ))}
    </div>
  )

  function done() {
    setReplaced(undefined)
    void load()
  }
}

const scopes: Record<SecretScope, string> = { notebook: 'This notebook', workspace: 'Whole workspace' }
const keyOf = ({ scope, name }: Secret) => `${scope} ${name}`
const codeOf = (name: string) =>
  `import { secret } from 'cellar'\n\nconst ${variableOf(name)} = await secret('${name}')`
/** `API_KEY` → `apiKey` */
const variableOf = (name: string) =>
  name.toLowerCase().replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) || 'value'

function Group({
  title,
  secrets,
  onInsert,
  onReplace,
  onRemove,
}: {
  title: string
  secrets: Secret[]
  onInsert: (secret: Secret) => void
  onReplace: (secret: Secret) => void
  onRemove: (secret: Secret) => void
}) {
  if (secrets.length === 0) return null
  const actions = [
    { label: 'Insert code for', icon: IconCode, act: onInsert },
    { label: 'Replace', icon: IconPencil, act: onReplace },
    { label: 'Delete', icon: IconTrash, act: onRemove },
  ]
  return (
    <section>
      <h3 className={parts.title}>{title}</h3>
      <ul className={parts.list} aria-label={title}>
        {secrets.map((secret) => (
          <li key={secret.name} className={parts.item}>
            <IconKey size={15} stroke={1.6} aria-hidden />
            <span className={parts.name} title={secret.updatedBy ? `set by ${secret.updatedBy}` : undefined}>
              {secret.name}
            </span>
            {actions.map(({ label, icon: Icon, act }) => (
              <Tooltip key={label} label={label.replace(' for', '')}>
                <ActionIcon size={24} aria-label={`${label} ${secret.name}`} onClick={() => act(secret)}>
                  <Icon size={14} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function SecretForm({
  path,
  replaced,
  onDone,
}: {
  path: string
  replaced: Secret | undefined
  onDone: () => void
}) {
  const [name, setName] = useState(replaced?.name ?? '')
  const [value, setValue] = useState('')
  const [scope, setScope] = useState<SecretScope>(replaced?.scope ?? 'notebook')
  const [errors, setErrors] = useState<{ name?: string; value?: string }>({})
  const [saving, setSaving] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    const found = { name: problemOf(secretName, name), value: problemOf(secretValue, value) }
    setErrors(found)
    if (found.name || found.value) return
    setSaving(true)
    try {
      await api('PUT', `${path}/${name}`, { value, scope })
      setName('')
      setValue('')
      onDone()
    } catch (error) {
      setErrors({ value: (error as Error).message })
    } finally {
      setSaving(false)
    }
  }

  return (
    <form className={classes.form} onSubmit={save} autoComplete="off">
      <TextInput
        label="Name"
        placeholder="API_KEY"
        size="xs"
        spellCheck={false}
        value={name}
        readOnly={replaced !== undefined}
        error={errors.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={replaced ? 'New value' : 'Value'}
        description="It is not shown again."
        size="xs"
        autoComplete="new-password"
        value={value}
        error={errors.value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Select
        label="For"
        size="xs"
        allowDeselect={false}
        disabled={replaced !== undefined}
        data={Object.entries(scopes).map(([value, label]) => ({ value, label }))}
        value={scope}
        onChange={(next) => next && setScope(next as SecretScope)}
      />
      <div className={classes.buttons}>
        {replaced && (
          <Button size="xs" variant="default" onClick={onDone}>
            Cancel
          </Button>
        )}
        <Button type="submit" size="xs" loading={saving} disabled={name === '' || value === ''}>
          {replaced ? 'Replace' : 'Add secret'}
        </Button>
      </div>
    </form>
  )
}

const problemOf = (schema: typeof secretName | typeof secretValue, text: string) =>
  schema.safeParse(text).error?.issues[0]?.message
