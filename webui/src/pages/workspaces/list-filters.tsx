import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Phase } from '../../api/types'
import { phases } from '../../rules/phases'
import { SearchIcon } from '../../ui/icons'

const route = getRouteApi('/shell/workspaces')

/** A pause in typing this long asks the server. */
const TYPING_PAUSE_MILLIS = 200

const choices = Object.entries(phases).map(([value, { label }]) => ({ value, label }))

/** The filter lives in the address, so it can be shared and survives the back button. */
export function ListFilters() {
  const { q, state } = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useState(q ?? '')
  const search = useDebouncedCallback((value: string) => {
    const next = value.trim()
    void navigate({
      search: ({ q: _old, ...rest }) => (next === '' ? rest : { ...rest, q: next }),
      replace: true,
    })
  }, TYPING_PAUSE_MILLIS)
  return (
    <Group mb="md" role="search">
      <TextInput
        aria-label="Search workspaces"
        placeholder="Search by name"
        leftSection={<SearchIcon size={16} />}
        type="search"
        w={{ base: '100%', xs: 280 }}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          search(event.currentTarget.value)
        }}
      />
      <Select
        aria-label="Phase"
        placeholder="Any phase"
        data={choices}
        clearable
        w={170}
        value={state ?? null}
        onChange={(value) =>
          void navigate({
            search: ({ state: _old, ...rest }) =>
              value === null ? rest : { ...rest, state: value as Phase },
            replace: true,
          })
        }
      />
    </Group>
  )
}
