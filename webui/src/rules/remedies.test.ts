import { expect, it } from 'vitest'
import { offerOf } from './remedies'

it.each([
  ['POST /api/v1/workspaces/{id}/restart', { kind: 'action', action: 'restart' }],
  ['POST /api/v1/workspaces/{id}/start', { kind: 'action', action: 'start' }],
  ['PATCH /api/v1/workspaces/{id}', { kind: 'action', action: 'edit' }],
  ['GET /api/v1/hosts/{id}', { kind: 'screen', of: 'host' }],
  ['PATCH /api/v1/images/{id}', { kind: 'screen', of: 'image' }],
  ['call the owner', { kind: 'words' }],
])('the remedy %s is offered as %o', (operation, offer) => {
  expect(offerOf({ operation, label: '' })).toEqual(offer)
})
