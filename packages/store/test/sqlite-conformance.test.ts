import { after, before, describe, test } from 'node:test'
import type { OpenStore } from '@latchkey/store'
import { storeBehaviours } from '@latchkey/testkit'
import { openEmbedded, temporaryDirectory } from './open.ts'

describe('on SQLite', () => {
  const directory = temporaryDirectory()
  let store: OpenStore

  before(async () => {
    store = await openEmbedded(directory.path)
  })
  after(async () => {
    await store.close()
    directory[Symbol.dispose]()
  })

  for (const [sentence, holds] of Object.entries(storeBehaviours)) test(sentence, () => holds(store))
})
