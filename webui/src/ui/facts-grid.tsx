import { Box } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import classes from './facts-grid.module.css'

/** Names and values of one thing, as a description list. `null` values are left out. */
export function FactsGrid({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <Box component="dl" className={classes['grid']}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </Box>
  )
}
