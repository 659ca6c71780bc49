import { useNavigate } from '@tanstack/react-router'
import { defineImage } from '../../api/images'
import type { ImageRequest } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { PageHeader } from '../../ui/page-header'
import { emptyForm, requestOf } from './form-values'
import { ImageForm } from './image-form'

export function DefineImagePage() {
  const navigate = useNavigate()
  const define = useCommand((request: ImageRequest, key) => defineImage(request, key), {
    quiet: true,
    done: ({ id }) => void navigate({ to: '/images/$id', params: { id } }),
  })
  return (
    <>
      <PageHeader title="Define image" back={{ to: '/images', label: 'Images' }} />
      <ImageForm
        initial={emptyForm}
        existing={false}
        verb="Define image"
        sending={define.sending}
        problem={define.problem}
        onSubmit={(values) => define.send(requestOf(values))}
        onCancel={() => void navigate({ to: '/images' })}
      />
    </>
  )
}
