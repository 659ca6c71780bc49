import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { imageQuery, reviseImage } from '../../api/images'
import { isStale } from '../../api/problem'
import type { Image } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { formOf, patchOf, type ImageForm as Values } from './form-values'
import { ImageForm } from './image-form'

const route = getRouteApi('/shell/images/$id/revise')

export function ReviseImagePage() {
  const { id } = route.useParams()
  return <Loaded query={useQuery(imageQuery(id))}>{(data) => <Revising current={data} />}</Loaded>
}

function Revising({ current }: { current: Image }) {
  const [seen, setSeen] = useState(current)
  const navigate = useNavigate()
  const leave = () => void navigate({ to: '/images/$id', params: { id: seen.id } })
  const revise = useCommand((values: Values) => reviseImage(seen, patchOf(seen, values)), {
    quiet: true,
    done: leave,
    said: (_, { latestVersion }) => `Image ${seen.name} is at version ${latestVersion}`,
  })
  const reload = () => {
    revise.reset()
    setSeen(current)
  }
  return (
    <>
      <PageHeader title={`Revise ${seen.name}`} back={{ to: '/images', label: 'Images' }} />
      <ImageForm
        key={seen.generation}
        initial={formOf(seen)}
        existing
        verb="Save new version"
        sending={revise.sending}
        problem={revise.problem}
        problemHelp={
          isStale(revise.problem) && (
            <Button size="xs" variant="default" onClick={reload}>
              Load the current version
            </Button>
          )
        }
        onSubmit={revise.send}
        onCancel={leave}
      />
    </>
  )
}
