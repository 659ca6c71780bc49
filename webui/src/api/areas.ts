/** First element of every query key: what a fact makes stale is told in these words. */
export const areas = {
  me: 'me',
  workspaces: 'workspaces',
  images: 'images',
  hosts: 'hosts',
  volumes: 'volumes',
  secrets: 'secrets',
  events: 'events',
} as const

export type Area = (typeof areas)[keyof typeof areas]
