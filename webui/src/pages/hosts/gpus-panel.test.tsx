import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Host } from '../../api/types'
import { aHost } from '../../testing/examples'
import { show, signedIn } from '../../testing/show'

const withGpus = (fields: Partial<NonNullable<Host['capability']>>): Host => {
  const { capability } = aHost()
  return aHost({ capability: capability && { ...capability, ...fields } })
}

const at = '/hosts/host-1'

it('each GPU of a host is shown, and slices by the card that they are of', async () => {
  const gpuDevices = [
    { uuid: 'MIG-1', model: 'A100 MIG 3g.20gb', memoryBytes: 20 * 2 ** 30, parent: 'GPU-1' },
    { uuid: 'MIG-2', model: 'A100 MIG 2g.10gb', memoryBytes: 10 * 2 ** 30, parent: 'GPU-1' },
    { uuid: 'GPU-2', model: 'GB10', memoryBytes: 0, parent: null },
  ]
  signedIn().on(`GET ${at}`, { body: withGpus({ gpus: 3, gpuDriver: '535.1', gpuDevices }) })
  show(at)
  const table = await screen.findByRole('table', { name: 'GPUs of this host' })
  const rows = within(table).getAllByRole('row').slice(1)
  expect(rows.map((row) => row.textContent)).toEqual([
    '0A100 MIG 3g.20gbMIG-120 GiB',
    '0A100 MIG 2g.10gbMIG-210 GiB',
    '1GB10GPU-2–',
  ])
  expect(screen.getByText('NVIDIA driver 535.1')).toBeTruthy()
})

it('what is wrong with them is told with what helps', async () => {
  const gpuReason = {
    code: 'gpu_unavailable',
    message: 'The driver of the host’s GPUs does not work.',
    params: {},
    remedy: { operation: 'GET /api/v1/hosts/{id}', label: 'Run nvidia-smi on the host' },
  }
  signedIn().on(`GET ${at}`, { body: withGpus({ gpuReason }) })
  show(at)
  const panel = await screen.findByRole('region', { name: 'GPUs' })
  expect(within(panel).getByText(gpuReason.message)).toBeTruthy()
  expect(panel.textContent).toContain('Run nvidia-smi on the host')
})

it('a host without GPUs has no word of them', async () => {
  signedIn().on(`GET ${at}`, { body: aHost() })
  show(at)
  await screen.findByRole('region', { name: 'Capability' })
  expect(screen.queryByRole('region', { name: 'GPUs' })).toBeNull()
})
