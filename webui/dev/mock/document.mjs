import { readFileSync } from 'node:fs'

/** Holds the mock to the server's document: what it answers must have the shape that is promised. */
const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'))

const typeOf = (value) => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function* faults(value, schema, where) {
  if (schema.$ref) {
    yield* faults(value, document.components.schemas[schema.$ref.split('/').pop()], where)
    return
  }
  if (schema.anyOf) {
    const only = schema.anyOf.find((each) => each.type !== 'null')
    if (value !== null) yield* faults(value, only, where)
    return
  }
  const type = typeOf(value)
  const types = [schema.type].flat()
  if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    yield `${where} is ${type}, not ${types.join(' or ')}`
  } else if (schema.enum && !schema.enum.includes(value)) {
    yield `${where} is ${value}, not one of ${schema.enum.join(', ')}`
  } else if (type === 'array') {
    for (const [at, each] of value.entries()) yield* faults(each, schema.items, `${where}/${at}`)
  } else if (type === 'object' && schema.properties) {
    for (const name of schema.required ?? []) {
      if (value[name] === undefined) yield `${where}/${name} is missing`
    }
    for (const [name, each] of Object.entries(value)) {
      const known = schema.properties[name]
      if (!known) yield `${where}/${name} is not in the document`
      else yield* faults(each, known, `${where}/${name}`)
    }
  }
}

/** @throws Error naming all that differs: status, fields that miss or are too many, types */
export function requireDocumented(method, path, status, body) {
  const template = Object.keys(document.paths).find((each) =>
    new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  const answer = document.paths[template]?.[method.toLowerCase()]?.responses[status]
  const found = answer
    ? [...faults(body, answer.content['application/json'].schema, '')]
    : [`no answer ${status} is promised`]
  if (found.length > 0) throw new Error(`${method} ${path}: ${found.join('; ')}`)
}
