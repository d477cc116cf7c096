import type { EpochSeconds } from '@latchkey/core'
import type { Category, Entry, Store, User } from './ports.ts'

/** The two people who own the sample entries. */
export const SANDBOX_OWNERS = ['ana@example.org', 'ben@example.org'] as const

const CATEGORIES = ['lectures', 'product', 'archive'] as const

const SUBJECTS = [
  ['Welcome to the sandbox', 'intro,sample'],
  ['Reading list, week one', 'course,reading'],
  ['Quarterly review', 'review,internal'],
  ['Camera test', 'test'],
  ['How to file a request', 'howto,support'],
  ['Field recording, harbour', 'audio,nature'],
  ['Release notes, narrated', 'product,release'],
  ['Panel: open standards', 'panel,standards'],
  ['Onboarding, first day', 'onboarding,howto'],
  ['Lecture: signatures', 'course,security'],
  ['Lecture: permissions', 'course,security'],
  ['Lecture: revocation', 'course,security'],
  ['Team photo', 'image,internal'],
  ['Interview with a curator', 'interview,archive'],
  ['Demo: search', 'product,demo'],
  ['Demo: import', 'product,demo'],
  ['Workshop, part one', 'workshop'],
  ['Workshop, part two', 'workshop'],
  ['Podcast pilot', 'audio,pilot'],
  ['Tour of the building', 'tour,sample'],
] as const

/** 40 sample entries of two owners in three categories, so that ownership and paging matter. Does nothing twice. */
export async function seedSandbox(store: Store, partnerId: number, now: EpochSeconds): Promise<void> {
  for (const id of SANDBOX_OWNERS) await store.users.create(sampleUser(partnerId, id, now))
  const categories: Category[] = []
  for (const name of CATEGORIES) {
    const found = await store.categories.list(partnerId, { fullNameEqual: name }, [], { offset: 0, limit: 1 })
    const category = { partnerId, name, fullName: name, createdAt: now, updatedAt: now }
    categories.push(found.items[0] ?? (await store.categories.create(category)))
  }
  await store.entries.create(sampleEntries(partnerId, categories, now))
}

function sampleUser(partnerId: number, id: string, now: EpochSeconds): User {
  const name = id.slice(0, id.indexOf('@'))
  const firstName = name.charAt(0).toUpperCase() + name.slice(1)
  return {
    partnerId,
    id,
    status: 1,
    isAdmin: false,
    roleIds: [],
    screenName: id,
    firstName,
    email: id,
    createdAt: now,
    updatedAt: now,
  }
}

function sampleEntries(partnerId: number, categories: readonly Category[], now: EpochSeconds): readonly Entry[] {
  const entries: Entry[] = []
  for (let index = 0; index < SUBJECTS.length * 2; index += 1) {
    const [title, tags] = SUBJECTS[index % SUBJECTS.length] ?? SUBJECTS[0]
    const ownerId = SANDBOX_OWNERS[index % 2 === Math.floor(index / SUBJECTS.length) % 2 ? 0 : 1]
    const category = categories[index % categories.length]
    const createdAt = now - (SUBJECTS.length * 2 - index) * 3600
    entries.push({
      // The partner's id keeps the ids apart where one store holds several sandboxes.
      id: `0_${(partnerId % 36 ** 5).toString(36).padStart(5, '0')}${index.toString(36).padStart(3, '0')}`,
      partnerId,
      ownerId,
      creatorId: ownerId,
      coEditors: [],
      name: index < SUBJECTS.length ? title : `${title} (second take)`,
      description: `Sample entry ${index + 1} of the sandbox`,
      tags,
      categoryIds: category ? [category.id] : [],
      mediaType: tags.startsWith('audio') ? 5 : tags.startsWith('image') ? 2 : 1,
      durationSeconds: tags.startsWith('image') ? 0 : 60 + index * 37,
      status: 2,
      createdAt,
      updatedAt: createdAt,
    })
  }
  return entries
}
