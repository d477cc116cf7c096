import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLASSES, ENUMS, findActionSpec, findClass, findEnum, REGISTRY, type WireType } from '@latchkey/wire'

function missing(type: WireType | undefined): string | undefined {
  if (type === undefined || typeof type === 'string') return undefined
  if ('array' in type) return missing(type.array)
  if ('enum' in type) return findEnum(type.enum) ? undefined : type.enum
  return findClass(type.object) ? undefined : type.object
}

test('every type that an action or a class names is declared', () => {
  for (const { service, action, parameters, result } of REGISTRY)
    for (const type of [result, ...parameters.map((parameter) => parameter.type)])
      assert.equal(missing(type), undefined, `${service}.${action}`)
  for (const spec of CLASSES) {
    for (const { name, type } of spec.properties) assert.equal(missing(type), undefined, `${spec.name}::${name}`)
    if (spec.base !== undefined) assert.ok(findClass(spec.base), spec.name)
  }
})

test('no two actions, classes, enumerations, parameters or properties of one thing have the same name in any case', () => {
  const isUnique = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase())).size === names.length
  assert.ok(isUnique(REGISTRY.map(({ service, action }) => `${service}.${action}`)))
  assert.ok(isUnique(CLASSES.map(({ name }) => name)) && isUnique(ENUMS.map(({ name }) => name)))
  for (const { service, action, parameters } of REGISTRY)
    assert.ok(isUnique(parameters.map(({ name }) => name)), `${service}.${action}`)
  for (const start of CLASSES) {
    const names: string[] = []
    for (let spec = findClass(start.name); spec; spec = spec.base === undefined ? undefined : findClass(spec.base))
      names.push(...spec.properties.map(({ name }) => name))
    assert.ok(isUnique(names), start.name)
  }
})

test('no action takes a parameter that the protocol keeps for itself', () => {
  const kept = [
    'service',
    'action',
    'ks',
    'p',
    'format',
    'clientTag',
    'apiVersion',
    'language',
    'responseProfile',
    'callback',
  ]
  for (const { service, action, parameters } of REGISTRY)
    for (const { name } of parameters) assert.ok(!kept.includes(name), `${service}.${action}: ${name}`)
})

test('no class has both a code and a message, which clients take for an error', () => {
  for (const { name, properties } of CLASSES) {
    const names = properties.map((property) => property.name)
    assert.ok(!(names.includes('code') && names.includes('message')), name)
  }
})

test('an abstract class is never the type of a parameter, since nothing could be sent for it', () => {
  for (const { service, action, parameters } of REGISTRY)
    for (const { type } of parameters)
      if (typeof type === 'object' && 'object' in type)
        assert.ok(findClass(type.object)?.isAbstract !== true, `${service}.${action}`)
})

test('actions are found in any case, and nothing else is', () => {
  assert.equal(findActionSpec('APPTOKEN', 'startsession')?.action, 'startSession')
  for (const [service, action] of [
    ['appToken', ''],
    ['', ''],
    ['appToken.add', ''],
    ['__proto__', 'constructor'],
  ] as const)
    assert.equal(findActionSpec(service, action), undefined)
})
