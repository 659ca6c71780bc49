import { randomUUID } from 'node:crypto'

/** Facts with dense positions, and who listens to them. */
export class Ledger {
  facts = []
  #listeners = new Set()

  get position() {
    return this.facts.length
  }

  append(type, actor, resource, data = {}, at = new Date()) {
    const fact = {
      position: this.facts.length + 1,
      id: randomUUID(),
      type,
      at: at.toISOString(),
      actor,
      resource,
      commandId: randomUUID(),
      correlationId: randomUUID(),
      causationId: null,
      traceId: null,
      data,
    }
    this.facts.push(fact)
    for (const listener of this.#listeners) listener(fact)
    return fact
  }

  listen(listener) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
