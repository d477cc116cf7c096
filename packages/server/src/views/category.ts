import type { Category } from '@latchkey/authority'

export function categoryView(category: Category) {
  return {
    objectType: 'KalturaCategory',
    id: category.id,
    parentId: category.parentId ?? 0,
    depth: category.fullName.split('>').length - 1,
    partnerId: category.partnerId,
    name: category.name,
    fullName: category.fullName,
    createdAt: category.createdAt,
    updatedAt: category.updatedAt,
    description: category.description,
    tags: category.tags,
    referenceId: category.referenceId,
    owner: category.ownerId,
    privacyContext: category.privacyContext,
  }
}
