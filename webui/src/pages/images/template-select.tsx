import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { templatesQuery } from '../../api/images'
import type { ImageTemplate } from '../../api/types'

/** Something to begin with; it replaces what the Dockerfile and its files say. */
export function TemplateSelect({ onPick }: { onPick: (template: ImageTemplate) => void }) {
  const { data } = useQuery(templatesQuery)
  const templates = data?.items ?? []
  return (
    <Select
      label="Begin with"
      description="A Dockerfile to go on from; what is written below is replaced"
      placeholder="What is below"
      data={templates.map(({ name, title }) => ({ value: name, label: title }))}
      onChange={(name) => {
        const picked = templates.find((each) => each.name === name)
        if (picked) onPick(picked)
      }}
    />
  )
}
