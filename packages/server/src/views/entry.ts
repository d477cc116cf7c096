import type { Category, Entry } from '@latchkey/authority'

/** Media clips are all the kinds of entry that the sandbox has. */
const MEDIA_CLIP = 1

/** @param categories those of the entry's account, to name its own by */
export function entryView(entry: Entry, categories: ReadonlyMap<number, Category>) {
  const names = entry.categoryIds.flatMap((id) => categories.get(id)?.fullName ?? [])
  return {
    objectType: 'KalturaMediaEntry',
    id: entry.id,
    name: entry.name,
    description: entry.description,
    partnerId: entry.partnerId,
    userId: entry.ownerId,
    creatorId: entry.creatorId,
    tags: entry.tags,
    adminTags: entry.adminTags,
    categories: names.length > 0 ? names.join(',') : undefined,
    categoriesIds: entry.categoryIds.length > 0 ? entry.categoryIds.join(',') : undefined,
    status: String(entry.status),
    type: String(MEDIA_CLIP),
    createdAt: entry.createdAt,
    updatedAt: entry.updatedAt,
    referenceId: entry.referenceId,
    entitledUsersEdit: entry.coEditors.length > 0 ? entry.coEditors.join(',') : undefined,
    duration: entry.durationSeconds,
    mediaType: entry.mediaType,
  }
}
