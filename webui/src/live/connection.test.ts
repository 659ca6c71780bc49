import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aFact } from '../testing/examples'
import { ScriptedSource } from '../testing/scripted-source'
import { Connection, placeAt } from './connection'

const listener = () => ({ fact: vi.fn(), reset: vi.fn(), state: vi.fn() })

describe('a connection to the stream', () => {
  const dialled: { after: string; source: ScriptedSource }[] = []
  const open = (after: string) => {
    const source = new ScriptedSource()
    dialled.push({ after, source })
    return source
  }
  beforeEach(() => {
    dialled.length = 0
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('goes on right behind the last fact after a cut', () => {
    const heard = listener()
    const connection = new Connection(placeAt(4), heard, open)
    dialled[0]?.source.say('open')
    dialled[0]?.source.say('fact', aFact({ position: 5 }), '5-9f86d081')
    dialled[0]?.source.say('error')
    expect(heard.state).toHaveBeenLastCalledWith('reconnecting')
    vi.advanceTimersByTime(600)
    dialled[1]?.source.say('open')
    expect(dialled.map((each) => each.after)).toEqual(['4', '5-9f86d081'])
    expect(heard.state).toHaveBeenLastCalledWith('live')
    connection.close()
  })

  it('delivers a fact once even when the server repeats it', () => {
    const heard = listener()
    const connection = new Connection(placeAt(4), heard, open)
    dialled[0]?.source.say('fact', aFact({ position: 4 }))
    dialled[0]?.source.say('fact', aFact({ position: 5 }))
    dialled[0]?.source.say('fact', aFact({ position: 5 }))
    expect(heard.fact).toHaveBeenCalledTimes(1)
    connection.close()
  })

  it('waits longer after each failed attempt, up to a limit', () => {
    const connection = new Connection(placeAt(0), listener(), open)
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      const before = dialled.length
      dialled.at(-1)?.source.say('error')
      vi.advanceTimersByTime(wait - 1)
      expect(dialled).toHaveLength(before)
      vi.advanceTimersByTime(1)
      expect(dialled).toHaveLength(before + 1)
    }
    connection.close()
  })

  it('accepts lower positions after a reset', () => {
    const heard = listener()
    const connection = new Connection(placeAt(90), heard, open)
    dialled[0]?.source.say('reset', { code: 'other_timeline' }, '2-0123abcd')
    dialled[0]?.source.say('fact', aFact({ position: 3 }))
    expect(heard.reset).toHaveBeenCalledExactlyOnceWith({ position: 2, id: '2-0123abcd' })
    expect(heard.fact).toHaveBeenCalledOnce()
    connection.close()
  })

  it('waits as long as the server says when it ends the stream', () => {
    const connection = new Connection(placeAt(0), listener(), open)
    dialled[0]?.source.say('end', { code: 'server_stopping', retryMillis: 2_345 })
    dialled[0]?.source.say('error')
    vi.advanceTimersByTime(2_344)
    expect(dialled).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(dialled).toHaveLength(2)
    connection.close()
  })

  it('dials no more once closed', () => {
    const connection = new Connection(placeAt(0), listener(), open)
    dialled[0]?.source.say('error')
    connection.close()
    vi.advanceTimersByTime(60_000)
    expect(dialled).toHaveLength(1)
  })
})
