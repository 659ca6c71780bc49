import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeBrowser } from '../testing/fake-browser'
import { aFact } from '../testing/examples'
import { SharedStream } from './shared'

const listener = () => ({ fact: vi.fn(), reset: vi.fn(), state: vi.fn(), missed: vi.fn() })
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('the tabs of one browser', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('share a single stream and all hear its facts', async () => {
    const browser = new FakeBrowser()
    const [first, second] = [listener(), listener()]
    const leader = new SharedStream(0, first, browser.tab())
    const follower = new SharedStream(0, second, browser.tab())
    await settle()
    expect(browser.sources).toHaveLength(1)
    expect([leader.leads, follower.leads]).toEqual([true, false])
    browser.sources[0]?.source.say('open')
    browser.sources[0]?.source.say('fact', aFact({ position: 7 }))
    expect(first.fact).toHaveBeenCalledOnce()
    expect(second.fact).toHaveBeenCalledOnce()
    expect(second.state).toHaveBeenLastCalledWith('live')
  })

  it('elect another leader, which goes on behind the last fact it was told', async () => {
    const browser = new FakeBrowser()
    const leader = new SharedStream(0, listener(), browser.tab())
    const heard = listener()
    const follower = new SharedStream(0, heard, browser.tab())
    await settle()
    browser.sources[0]?.source.say('fact', aFact({ position: 7 }), '7-9f86d081')
    leader.close()
    await settle()
    expect(follower.leads).toBe(true)
    expect(browser.sources[1]?.after).toBe('7-9f86d081')
    browser.sources[1]?.source.say('fact', aFact({ position: 8 }))
    expect(heard.fact).toHaveBeenCalledTimes(2)
  })

  it('tell a newcomer what it missed before it listened', async () => {
    const browser = new FakeBrowser()
    const leader = new SharedStream(0, listener(), browser.tab())
    await settle()
    browser.sources[0]?.source.say('open')
    browser.sources[0]?.source.say('fact', aFact({ position: 7 }))
    const heard = listener()
    const newcomer = new SharedStream(5, heard, browser.tab())
    await settle()
    expect(heard.missed).toHaveBeenCalledOnce()
    expect([leader.leads, newcomer.leads]).toEqual([true, false])
  })

  it('pass a reset on to every tab', async () => {
    const browser = new FakeBrowser()
    const leader = new SharedStream(9, listener(), browser.tab())
    const heard = listener()
    const follower = new SharedStream(9, heard, browser.tab())
    await settle()
    browser.sources[0]?.source.say('reset', { code: 'unknown-position', message: '' })
    browser.sources[0]?.source.say('fact', aFact({ position: 2 }))
    expect(heard.reset).toHaveBeenCalledOnce()
    expect(heard.fact).toHaveBeenCalledOnce()
    expect([leader.leads, follower.leads]).toEqual([true, false])
  })

  it('take the lead over from a tab that stays silent', async () => {
    const browser = new FakeBrowser()
    const silent = new SharedStream(0, listener(), browser.tab({ mute: true }))
    const heard = listener()
    const front = new SharedStream(0, heard, browser.tab())
    await settle()
    front.wake()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(front.leads).toBe(true)
    expect(silent.leads).toBe(false)
    expect(heard.missed).toHaveBeenCalledOnce()
  })

  it('each dial for themselves where the browser can neither lock nor broadcast', () => {
    const browser = new FakeBrowser()
    const alone = { ...browser.tab(), channel: null, locks: null }
    const tabs = [new SharedStream(1, listener(), alone), new SharedStream(1, listener(), alone)]
    expect(browser.sources).toHaveLength(2)
    for (const tab of tabs) tab.close()
  })
})
