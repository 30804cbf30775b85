'use client'

import { Anchor, Button } from '@mantine/core'
import { IconBraces, IconBrandTypescript, IconPlugConnected } from '@tabler/icons-react'
import Link from 'next/link'
import type { EndpointPage } from '../../../../../lib/registry/page'
import { EmptyState } from '../../../../_ui/empty-state'
import { Card, Section } from '../../../../_ui/page'
import type { Wire } from '../../../../_ui/wire'
import classes from './api.module.css'
import { Reference } from './reference'

type Props = {
  endpoint: string
  production: Wire<EndpointPage>['production'] | undefined
}

/** For who writes a program that calls it: what can be generated from it, and its reference to try. */
export function ApiView({ endpoint, production }: Props) {
  if (!production)
    return (
      <Card>
        <EmptyState
          icon={<IconPlugConnected size={22} stroke={1.6} />}
          title="No version answers"
          action={
            <Button component={Link} href={`/endpoints/${endpoint}`}>
              Choose a version
            </Button>
          }
        >
          What programs may send follows from the version in production: make one production first.
        </EmptyState>
      </Card>
    )
  const base = `/api/v1/${endpoint}`
  return (
    <>
      <p className={classes.lead}>
        Programs call <code>POST {base}/predict</code> with an API key; lines for curl, TypeScript and Python
        to copy are in{' '}
        <Anchor component={Link} href={`/endpoints/${endpoint}#call`} inherit>
          the overview
        </Anchor>
        .
      </p>
      <Section
        title="Generate from it"
        description={`Both describe version ${production.version}, which is in production.`}
      >
        <div className={classes.files}>
          <File
            icon={<IconBrandTypescript size={20} stroke={1.6} />}
            name="TypeScript client"
            what="A module with the types of a record and a prediction, and one function. It needs nothing but fetch."
            href={`${base}/client.ts`}
            file={`${endpoint}.ts`}
          />
          <File
            icon={<IconBraces size={20} stroke={1.6} />}
            name="OpenAPI document"
            what="Version 3.1, for generators of clients in other languages and for tools that test an API."
            href={`${base}/openapi.json`}
            file={`${endpoint}.openapi.json`}
          />
        </div>
      </Section>
      <Section
        title="Reference"
        description="Requests from here are sent as you and logged; with Authorize, as a key."
      >
        <Reference key={production.id} url={`${base}/openapi.json`} />
      </Section>
    </>
  )
}

type FileProps = { icon: React.ReactNode; name: string; what: string; href: string; file: string }

function File({ icon, name, what, href, file }: FileProps) {
  return (
    <Card>
      <div className={classes.file}>
        <span className={classes.icon}>{icon}</span>
        <div>
          <h3>{name}</h3>
          <p>{what}</p>
        </div>
        <Button component="a" variant="default" href={href} download={file} aria-label={`Download: ${name}`}>
          Download
        </Button>
      </div>
    </Card>
  )
}
