// All recipes; recipes-page.ts makes a page of each.
import type { Recipe } from './recipe.ts'
import { LANGUAGE_RECIPES } from './recipes-languages.ts'
import { SERVICE_RECIPES } from './recipes-services.ts'

export const RECIPES: readonly Recipe[] = [...LANGUAGE_RECIPES, ...SERVICE_RECIPES].sort((a, b) =>
  a.id < b.id ? -1 : 1,
)
